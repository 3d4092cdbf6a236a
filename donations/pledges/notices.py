"""Who is told of a commitment's verbs, and in which words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import members, officers
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import Value, both, day, moment, rupiah
from accounts.roles import Permission, Role
from donations.pledges.models import Commitment
from donations.pledges.wording import contact_due
from programs.wording import quantity_of

PAGE = _("Buka komitmen")


def _giving(name: str, title: Any, text: Any, **more: Any) -> Kind:
    return Kind(f"commitment.{name}", Group.GIVING, title, text, PAGE, **more)


RECEIVED = _giving(
    "received", _("Ikrar Anda untuk %(place)s sudah kami terima"),
    _("%(what)s, nomor %(number)s. Asesor menghubungi Anda sebelum %(by)s."), tells_actor=True,
)  # fmt: skip
CONTACTED = _giving(
    "contacted", _("Asesor mencatat bahwa Anda sudah dihubungi"),
    _("Tentang %(what)s untuk %(place)s (%(number)s). Catatannya ada di riwayat komitmen."),
)  # fmt: skip
ACCEPTED = _giving(
    "accepted", _("Asesor menerima ikrar Anda untuk %(place)s"),
    _("%(what)s (%(number)s) sekarang dialokasikan. Langkah berikutnya ada di halaman komitmen."),
)  # fmt: skip
DECLINED = _giving(
    "declined", _("Asesor tidak menerima ikrar Anda untuk %(place)s"),
    _("%(what)s (%(number)s). Alasannya tertulis di halaman komitmen; Anda dapat mengajukannya lagi."),
)  # fmt: skip
ALLOCATED = _giving(
    "allocated", _("Bantuan Anda dialokasikan ke kebutuhan"),
    _("Dari %(number)s, %(what)s untuk %(place)s. Ke mana saja ada di halaman komitmen."),
)  # fmt: skip
RELEASED = _giving(
    "released", _("Alokasi bantuan Anda dilepaskan"),
    _("Sebagian %(number)s (%(what)s untuk %(place)s) belum punya kebutuhan lagi. Alasannya di halaman komitmen."),
)  # fmt: skip
CARRIER_NAMED = _giving(
    "carrier_named", _("%(executor)s ditunjuk mengantar bantuan Anda"), _("%(what)s untuk %(place)s (%(number)s)."),
)  # fmt: skip
FUNDED = _giving(
    "funded", _("Agregator menerima dana Anda"),
    _("%(money)s untuk %(what)s di %(place)s (%(number)s) dicatat %(aggregator)s."),
)  # fmt: skip
CONVERTED = _giving(
    "converted", _("Dana Anda dibelanjakan menjadi bantuan"),
    _("%(bought)s untuk %(place)s (%(number)s). Harga satuan dan biayanya ada di halaman komitmen."),
)  # fmt: skip
REDUCED = _giving(
    "reduced", _("Petugas mengurangi ikrar Anda untuk %(place)s"),
    _("Tinggal %(what)s (%(number)s). Alasannya tertulis di halaman komitmen."),
)  # fmt: skip
CANCELLED = _giving(
    "cancelled", _("Petugas membatalkan ikrar Anda untuk %(place)s"),
    _("%(what)s (%(number)s). Alasannya tertulis di halaman komitmen; Anda dapat mengajukannya lagi."),
)  # fmt: skip
EXPIRING = _giving(
    "expiring", _("Ikrar Anda untuk %(place)s hampir lewat waktu"),
    _("%(what)s (%(number)s) belum dijawab asesor. Sesudah %(until)s jumlahnya terbuka lagi untuk yang lain; kami "
      "sudah mengingatkan asesornya."),
)  # fmt: skip
EXPIRED = _giving(
    "expired", _("Ikrar Anda untuk %(place)s lewat waktu"),
    _("%(what)s (%(number)s) tidak dijawab pada waktunya. Itu bukan salah Anda: ajukan lagi dari halaman komitmen, "
      "kalau masih bersedia."),
)  # fmt: skip
LAPSED = _giving(
    "lapsed", _("Ikrar Anda untuk %(place)s dinyatakan gugur"),
    _("%(what)s (%(number)s). Alasannya tertulis di halaman komitmen; Anda dapat mengajukannya lagi."),
)  # fmt: skip
RESTORED = _giving(
    "restored", _("Ikrar Anda untuk %(place)s diajukan lagi"),
    _("%(what)s (%(number)s) menunggu asesor sampai %(until)s."),
)  # fmt: skip
FULFILLED = _giving(
    "fulfilled", _("Ikrar Anda untuk %(place)s terpenuhi"),
    _("%(what)s (%(number)s) seluruhnya diterima dan terverifikasi. Terima kasih."),
)  # fmt: skip
CLOSED_SHORT = _giving(
    "closed_short", _("Ikrar Anda untuk %(place)s ditutup dengan jumlah kurang"),
    _("Yang tiba dan terverifikasi %(what)s (%(number)s). Alasannya tertulis di halaman komitmen."),
)  # fmt: skip

WAITING = Kind(
    "commitment.waiting", Group.WORK, _("Ikrar baru untuk %(place)s menunggu jawaban"),
    _("%(what)s (%(number)s). Hubungi kolaboratornya sebelum %(by)s."), PAGE,
)  # fmt: skip
WAITING_LONG = Kind(
    "commitment.waiting_long", Group.WORK, _("Ikrar untuk %(place)s hampir lewat waktu"),
    _("%(what)s (%(number)s) belum dijawab. Sesudah %(until)s jumlahnya terbuka lagi."), PAGE,
    urgent=True,
)  # fmt: skip
WITHDRAWN = Kind(
    "commitment.withdrawn", Group.WORK, _("Kolaborator membatalkan ikrarnya"),
    _("%(what)s untuk %(place)s (%(number)s). Alasannya tertulis di halaman komitmen."), PAGE,
)  # fmt: skip
LESSENED = Kind(
    "commitment.lessened", Group.WORK, _("Kolaborator mengurangi ikrarnya"),
    _("Tinggal %(what)s untuk %(place)s (%(number)s). Alasannya tertulis di halaman komitmen."), PAGE,
)  # fmt: skip

COLLECTING = Kind(
    "commitment.collecting", Group.CARRYING, _("Sebuah ikrar akan lewat Anda sebagai agregator"),
    _("%(what)s untuk %(place)s (%(number)s), begitu asesor menerimanya."), PAGE,
)  # fmt: skip
COLLECT = Kind(
    "commitment.collect", Group.CARRYING, _("Ikrar lewat Anda diterima asesor"),
    _("%(what)s untuk %(place)s (%(number)s). Catat dana yang masuk di halaman komitmen."), PAGE,
)  # fmt: skip
CARRY = Kind(
    "commitment.carry", Group.CARRYING, _("Anda dipercaya mengantar bantuan ke %(place)s"),
    _("%(what)s (%(number)s). Rencanakan pengirimannya."), PAGE,
)  # fmt: skip

# Who was asked for an answer hears of it no more once a colleague gave one, or nothing waits for it any longer.
settles(
    Commitment, "accept", "decline", "found_need", "redirect", "cancel", "expire",
    kinds=(WAITING, WAITING_LONG),
)  # fmt: skip


@tells(Commitment, "submit", "restore")
def sent(act: Performance) -> Iterator[News]:
    item = _full(act)
    about = {**told(item), "by": moment(contact_due(item))}
    if act.verb.name == "submit":
        yield News(RECEIVED, givers(item), item, about)
    elif not _by_giver(act):
        yield News(RESTORED, givers(item), item, about)
    yield News(WAITING, officers(Permission.COMMITMENT_ANSWER, item), item, about)
    yield News(COLLECTING, members(item.aggregator_id, Role.AGGREGATOR), item, about)


@tells(Commitment, "accept")
def accepted(act: Performance) -> Iterator[News]:
    item = _full(act)
    yield News(ACCEPTED, givers(item), item, told(item))
    yield News(COLLECT, members(item.aggregator_id, Role.AGGREGATOR), item, told(item))
    yield News(CARRY, members(_other_carrier(item), Role.EXECUTOR), item, told(item))


# Each of these tells the givers and nobody else; the officer who did it knows.
SIMPLE = {
    "contact": CONTACTED, "decline": DECLINED, "allocate": ALLOCATED, "release": RELEASED, "expire": EXPIRED,
    "lapse": LAPSED, "fulfil": FULFILLED, "close_short": CLOSED_SHORT,
}  # fmt: skip


@tells(Commitment, *SIMPLE)
def answered(act: Performance) -> Iterator[News]:
    item = _full(act)
    yield News(SIMPLE[act.verb.name], givers(item), item, told(item))


@tells(Commitment, "entrust")
def entrusted(act: Performance) -> Iterator[News]:
    item = _full(act)
    about = {**told(item), "executor": str(item.executor or "")}
    yield News(CARRY, members(item.executor_id, Role.EXECUTOR, Role.AGGREGATOR), item, about)
    if item.executor_id != item.pledge.collaborator_id:
        yield News(CARRIER_NAMED, givers(item), item, about)


@tells(Commitment, "fund")
def funded(act: Performance) -> Iterator[News]:
    item = _full(act)
    about = {**told(item), "money": rupiah(act.data["amount"]), "aggregator": str(item.aggregator or "")}
    yield News(FUNDED, givers(item), item, about)


@tells(Commitment, "convert")
def converted(act: Performance) -> Iterator[News]:
    item = _full(act)
    bought = both(lambda: quantity_of(item.aid_type, act.data["quantity"]))
    yield News(CONVERTED, givers(item), item, {**told(item), "bought": bought})


@tells(Commitment, "reduce", "cancel")
def withdrawn(act: Performance) -> Iterator[News]:
    item = _full(act)
    whole = act.verb.name == "cancel"
    if _by_giver(act):
        nearest = officers(Permission.COMMITMENT_ANSWER, item)
        yield News(WITHDRAWN if whole else LESSENED, nearest, item, told(item))
    else:
        yield News(CANCELLED if whole else REDUCED, givers(item), item, told(item))


def expiring(item: Commitment) -> Iterator[News]:
    """What is said of a commitment whose time for an answer is nearly over."""
    yield News(EXPIRING, givers(item), item, told(item))
    yield News(WAITING_LONG, officers(Permission.COMMITMENT_ANSWER, item), item, told(item))


def givers(item: Commitment) -> Any:
    return members(item.pledge.collaborator_id, Role.COLLABORATOR)


def told(item: Commitment) -> dict[str, Value]:
    """What the words of most notices of a commitment name."""
    values: dict[str, Value] = {
        "number": item.number,
        "what": both(lambda: quantity_of(item.aid_type, item.live or item.quantity)),
        "place": item.recipient_name,
    }
    if item.answer_by:
        values["until"] = moment(item.answer_by)
    if item.schedule:
        values["schedule"] = day(item.schedule)
    return values


def _full(act: Performance) -> Commitment:
    """The commitment with what the words need: one query, none for one that was just made."""
    if act.verb.name == "submit":
        found: Commitment = act.subject
        return found
    return Commitment.objects.select_related(
        "pledge", "aid_type__program", "region", "site", "aggregator", "executor"
    ).get(pk=act.subject.pk)


def _by_giver(act: Performance) -> bool:
    return act.grant is not None and act.grant.role == Role.COLLABORATOR


def _other_carrier(item: Commitment) -> int | None:
    """The executor, where that is neither the giver nor the aggregator."""
    return None if item.executor_id in (item.pledge.collaborator_id, item.aggregator_id) else item.executor_id
