"""Confirmations in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from donations.confirmations.models import Confirmation
from donations.confirmations.queries.results import Asked, Sample, Share, answerable
from donations.deliveries.instruction import Call, call
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of
from donations.pledges.office import office_of
from regions.notation import number, percent, when


@dataclass(frozen=True, slots=True)
class About:
    """What a confirmation is about: what came (without numbers), whom to call."""

    what: str
    unit: str
    office: Call | None


# Why whoever answered may not verify the report, or hand a corrected one in.
NOT_VERIFY = gettext_lazy(
    "Anda sudah menjawab konfirmasi laporan ini. Petugas lain di wilayah ini yang memeriksa."
)
NOT_SUBMIT = gettext_lazy("Anda sudah menjawab konfirmasi laporan ini. Pengurus lain yang mengirimkannya.")


def about(handover: Handover) -> About:
    """Two queries."""
    lines = lines_of(handover)
    aid_types = {line.delivery_line.allocation.commitment.aid_type for line in lines}
    office = office_of(handover.delivery).agency
    text = _("Konfirmasi BAST %(number)s") % {"number": handover.number}
    return About(
        what=", ".join(sorted(aid_type.title for aid_type in aid_types)),
        unit=next(iter(aid_types)).unit_name if len(aid_types) == 1 else "",
        office=call(office, text) if office else None,
    )


def side_row(asked: Asked, *, name: str = "") -> dict[str, Any]:
    """One side's answer as a fact; `name`: of the deliverer, for those in reach."""
    one = asked.confirmation
    who = name or asked.place
    if one.answered_at is not None:
        sub = ", ".join(filter(None, (who, when(one.answered_at))))
        return {"label": asked.label, "value": one.words.capitalize(), "sub": sub}
    if not answerable(one):
        return {"label": asked.label, "value": _("Tidak menjawab"), "sub": who}
    until = _("ditunggu sampai %(day)s") % {"day": when(one.expires_on, "day")}
    return {"label": asked.label, "value": _("Belum menjawab"), "sub": ", ".join(filter(None, (who, until)))}


def verifier_row(handover: Handover) -> dict[str, Any]:
    """Who verified, as what: one query."""
    moves = handover.moves.select_related("organisation", "region", "site").filter(verb="verify")
    move = moves.order_by("-pk").first()
    who = move.acted_as if move else ""
    sub = when(handover.verified_at) if handover.verified_at else ""
    return {"label": _("Pemeriksa"), "value": who, "sub": sub}


def share_row(label: str, share: Share, *, other: bool = False) -> dict[str, Any]:
    """A share as a fact; `other`: of those who did not say it."""
    if not share.told:
        return {"label": label, "value": _("tidak disebut"), "sub": _why_not(share)}
    least, most = (
        (share.answered - share.most, share.answered - share.least) if other else (share.least, share.most)
    )
    low, high = (1 - share.high, 1 - share.low) if other else (share.low, share.high)
    told = {"n": number(least), "most": number(most), "of": number(share.answered)}
    value = (_("%(n)s dari %(of)s") if share.is_exact else _("%(n)s sampai %(most)s dari %(of)s")) % told
    between = {"low": percent(round(low * 1000), 1000, 0), "high": percent(round(high * 1000), 1000, 0)}
    sub = _("di antara semua keluarga: %(low)s sampai %(high)s, dengan keyakinan 95%%") % between
    if not share.is_exact:
        sub += "; " + _("angka tepatnya disembunyikan supaya tidak menunjuk seseorang")
    return {"label": label, "value": value, "sub": sub}


def _why_not(share: Share) -> str:
    if share.answered < 5:
        return _("kurang dari lima jawaban: yang menjawab dapat dikenali")
    return _("kurang dari sepuluh jawaban dan tidak semuanya sama: yang menjawab dapat dikenali")


def sample_rows(sample: Sample) -> list[dict[str, Any]]:
    """The drawn recipients' answers as facts."""
    return [
        {
            "label": _("Penerima yang diundi"),
            "value": _("%(size)s dari %(households)s keluarga")
            % {"size": number(sample.draw.size), "households": number(sample.draw.households)},
            "sub": cancelled(sample.cancelled),
        },
        {"label": _("Menjawab"), "value": number(sample.answered)},
        share_row(_("Menerima semua"), sample.short, other=True),
        share_row(_("Diminta membayar"), sample.paid),
    ]


def cancelled(n: int, *, before: bool = True) -> str:
    """That so many draws were taken back; `before`: the one that counts."""
    if before:
        told = ngettext("%(n)s undian sebelumnya dibatalkan", "%(n)s undian sebelumnya dibatalkan", n)
    else:
        told = ngettext("%(n)s undian penerima dibatalkan", "%(n)s undian penerima dibatalkan", n)
    return told % {"n": number(n)} if n else ""


def page_title(confirmation: Confirmation) -> str:
    if confirmation.side == "recipient":
        return _("Apakah bantuan ini Anda terima?")
    return _("Apakah bantuan ini sampai?")
