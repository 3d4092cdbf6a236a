"""Where a commitment stands in one sentence, what has to happen next, who owes it and by when. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from donations.pledges.states import CommitmentState, RedirectState
from donations.pledges.way import Facts
from regions.notation import when

# Within how many hours an office does what it owes, and a recipient reports what arrived.
OFFICE_HOURS = 72
REPORT_HOURS = 48


class Owner(StrEnum):
    """Who owes a step."""

    GIVER = "giver"
    ASSESSOR = "assessor"
    AGGREGATOR = "aggregator"
    EXECUTOR = "executor"
    RECIPIENT = "recipient"

    @property
    def label(self) -> str | Promise:
        return _OWNERS[self]


_OWNERS = {
    Owner.GIVER: gettext_lazy("kolaborator"),
    Owner.ASSESSOR: gettext_lazy("asesor"),
    Owner.AGGREGATOR: gettext_lazy("agregator"),
    Owner.EXECUTOR: gettext_lazy("pelaksana"),
    Owner.RECIPIENT: gettext_lazy("penerima"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """How the parties of one commitment are called, and its quantities ("300 paket") written."""

    amount: Callable[[int], str]
    giver: str = ""
    aggregator: str = ""
    executor: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen, who owes it (in words, too), and by when, if there is a time for it."""

    what: str
    owner: Owner
    who: str
    due: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < clock.now()


def contact_before_answer() -> timedelta:
    """How far the first contact lies from the end of the hold (negative: before it)."""
    return timedelta(hours=settings.KSBB_CONTACT_HOURS - settings.KSBB_HOLD_HOURS)


def next_step(facts: Facts, names: Names) -> NextStep | None:
    """The next step of a commitment, or None when nothing is left to do."""
    if facts.state == CommitmentState.SUBMITTED:
        return _to_answer(facts, names)
    if facts.state == CommitmentState.ACCEPTED:
        return _to_settle(facts, names) or _to_report(facts, names) or _to_send(facts, names)
    return None


def _step(names: Names, owner: Owner, what: str, due: datetime | None = None) -> NextStep:
    named = {Owner.GIVER: names.giver, Owner.AGGREGATOR: names.aggregator, Owner.EXECUTOR: names.executor}
    return NextStep(what, owner, named.get(owner) or str(owner.label), due)


def _to_answer(facts: Facts, names: Names) -> NextStep:
    if facts.redirect == RedirectState.PROPOSED:
        return _redirected(facts, names)
    if facts.contacted:
        return _step(names, Owner.ASSESSOR, _("Menerima atau menolak ikrar ini"), facts.answer_by)
    due = facts.answer_by + contact_before_answer() if facts.answer_by else None
    return _step(names, Owner.ASSESSOR, _("Menghubungi kolaborator"), due)


def _redirected(facts: Facts, names: Names) -> NextStep:
    due = _after(facts.redirect_at, OFFICE_HOURS)
    if facts.redirect == RedirectState.PROPOSED:
        return _step(names, Owner.GIVER, _("Menjawab usulan pengalihan"), due)
    return _step(names, Owner.ASSESSOR, _("Menjawab permintaan pengalihan"), due)


def _to_settle(facts: Facts, names: Names) -> NextStep | None:
    """What somebody asked, or what is wrong: before everything else."""
    if facts.redirect:
        return _redirected(facts, names)
    if facts.returned_at:
        due = _after(facts.returned_at, OFFICE_HOURS)
        return _step(names, Owner.RECIPIENT, _("Memperbaiki berita acara"), due)
    if facts.disputed:
        due = _after(facts.submitted_at, OFFICE_HOURS)
        return _step(names, Owner.ASSESSOR, _("Menyelesaikan sengketa berita acara"), due)
    if facts.unsettled:
        what = _("Memutuskan %(amount)s yang rusak atau tidak ada") % {
            "amount": names.amount(facts.unsettled)
        }
        return _step(names, Owner.ASSESSOR, what)
    return None


def _to_report(facts: Facts, names: Names) -> NextStep | None:
    """What is on the way or has arrived."""
    if facts.received > facts.verified or facts.submitted_at:
        what = _("Memeriksa berita acara %(amount)s") % {
            "amount": names.amount(facts.received - facts.verified)
        }
        return _step(names, Owner.ASSESSOR, what, _after(facts.submitted_at, OFFICE_HOURS))
    if facts.uncounted:
        what = _("Menghitung %(amount)s dan membuat berita acara") % {"amount": names.amount(facts.uncounted)}
        return _step(names, Owner.RECIPIENT, what, _after(facts.dispatched_at, REPORT_HOURS))
    return None


def _to_send(facts: Facts, names: Names) -> NextStep:
    if facts.planned:
        what = _("Mengirim %(amount)s yang direncanakan") % {"amount": names.amount(facts.planned)}
        return _step(names, Owner.EXECUTOR, what, _end_of(facts.planned_on))
    if facts.unallocated:
        what = _("Mengalokasikan %(amount)s ke kebutuhan") % {"amount": names.amount(facts.unallocated)}
        return _step(names, Owner.ASSESSOR, what, _after(facts.accepted_at, OFFICE_HOURS))
    if facts.through_aggregator and facts.converted < facts.live:
        if facts.funded <= facts.spent:
            what = _("Mengirim dana kepada %(name)s") % {"name": names.aggregator or Owner.AGGREGATOR.label}
            return _step(names, Owner.GIVER, what, _end_of(facts.schedule))
        return _step(names, Owner.AGGREGATOR, _("Membelanjakan dana menjadi bantuan"))
    if facts.free:
        return _step(names, Owner.EXECUTOR, _("Merencanakan pengiriman"), _end_of(facts.schedule))
    return _step(names, Owner.ASSESSOR, _("Menutup ikrar ini"))


def _after(moment: datetime | None, hours: int) -> datetime | None:
    return moment + timedelta(hours=hours) if moment else None


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def standing(facts: Facts, names: Names) -> str:
    """Where it stands, in one sentence."""
    live = names.amount(facts.live)
    match facts.state:
        case CommitmentState.SUBMITTED:
            if facts.held and facts.answer_by:
                return _("Menunggu jawaban asesor; %(amount)s ditahan sampai %(until)s.") % {
                    "amount": names.amount(facts.held), "until": when(facts.answer_by),
                }  # fmt: skip
            if facts.is_offer:
                return _("Menunggu asesor, yang menjadikan tawaran ini kebutuhan atau mengarahkannya.")
            return _("Menunggu jawaban asesor, yang memilihkan kebutuhannya.")
        case CommitmentState.DECLINED:
            return _("Ditolak asesor. Tidak ada lagi yang ditahan.")
        case CommitmentState.CANCELLED:
            return _("Dibatalkan. Jumlahnya terbuka lagi untuk kolaborator lain.")
        case CommitmentState.EXPIRED:
            return _(
                "Tidak dijawab pada waktunya, sehingga jumlahnya terbuka lagi. Anda dapat mengajukannya lagi."
            )
        case CommitmentState.LAPSED:
            return _("Gugur karena tidak dikirim. Jumlahnya terbuka lagi.")
        case CommitmentState.FULFILLED:
            return _("Selesai: %(amount)s diterima baik dan terverifikasi.") % {"amount": live}
        case CommitmentState.CLOSED_SHORT:
            return _("Ditutup: %(amount)s diterima baik dan terverifikasi, selebihnya tidak jadi tiba.") % {
                "amount": names.amount(facts.verified)
            }
    return _under_way(facts, names, live)


def _under_way(facts: Facts, names: Names, live: str) -> str:
    """Of an accepted one: what has come farthest."""
    if facts.verified == facts.live:
        return _("Seluruhnya, %(amount)s, diterima baik dan terverifikasi.") % {"amount": live}
    if facts.received:
        return _("%(amount)s sudah diterima baik; %(verified)s terverifikasi.") % {
            "amount": _share(facts.received, facts, names),
            "verified": names.amount(facts.verified),
        }
    if facts.dispatched:
        return _sent(facts) % {"amount": _share(facts.dispatched, facts, names)}
    if facts.planned:
        day = when(facts.planned_on, "day") if facts.planned_on else _("hari yang ditentukan")
        return _("%(amount)s direncanakan berangkat %(day)s.") % {
            "amount": _share(facts.planned, facts, names),
            "day": day,
        }
    if facts.unallocated and not facts.reserved:
        return _("Diterima asesor, yang sedang memilihkan kebutuhannya.")
    return _("Diterima asesor dan dialokasikan: %(amount)s. Pengirimannya belum direncanakan.") % {
        "amount": names.amount(facts.reserved)
    }


def _sent(facts: Facts) -> str:
    """Of what was sent, when nothing of it has arrived in good state yet."""
    if facts.returned_at:
        return _("%(amount)s sudah dikirim; berita acaranya dikembalikan untuk diperbaiki.")
    if not facts.uncounted:
        return _("%(amount)s sudah dikirim; menurut berita acaranya tidak ada yang diterima baik.")
    return _("%(amount)s sudah dikirim dan belum ada berita acaranya.")


def _share(part: int, facts: Facts, names: Names) -> str:
    """ "60 paket dari 100 paket", or all of it: "100 paket"."""
    if part == facts.live:
        return names.amount(part)
    return _("%(part)s dari %(live)s") % {"part": names.amount(part), "live": names.amount(facts.live)}
