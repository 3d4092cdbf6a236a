"""What a giver may change about a commitment now, and where one may not: why. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donations.pledges.states import COMMITMENT, COMMITMENT_STATE_LABELS, CommitmentState
from donations.pledges.way import Facts

Amount = Callable[[int], str]
# In the order in which they stand on the page.
CHANGES = ("divert", "reduce", "reschedule", "reroute", "entrust", "name", "note", "restore", "cancel")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: possible where `why` is empty."""

    verb: str
    label: str | Promise
    why: str = ""


def changes(facts: Facts, amount: Amount) -> list[Change]:
    """Every change with the reason why it is not possible now, where it is not."""
    return [
        Change(verb, COMMITMENT[verb].label, why_not(verb, facts, amount))
        for verb in CHANGES
        if not _is_beside_the_point(verb, facts)
    ]


def why_not(verb: str, facts: Facts, amount: Amount) -> str:
    """Why this change cannot be made now; empty where it can."""
    if facts.state not in COMMITMENT[verb].sources:
        return _state_says(verb, facts)
    return _REASONS[verb](facts, amount) if verb in _REASONS else ""


def _is_beside_the_point(verb: str, facts: Facts) -> bool:
    """What nobody looks for: to submit anew what is under way."""
    return verb == "restore" and facts.state not in COMMITMENT["restore"].sources


def _state_says(verb: str, facts: Facts) -> str:
    if facts.state == CommitmentState.SUBMITTED:
        return _("Belum diterima asesor; sesudah diterima, pelaksananya dapat ditunjuk.")
    label = COMMITMENT_STATE_LABELS[CommitmentState(facts.state)]
    if facts.state in (CommitmentState.FULFILLED, CommitmentState.CLOSED_SHORT):
        return _("Ikrar ini sudah %(state)s; catatannya tetap.") % {"state": label}
    return _("Ikrar ini sudah %(state)s. Ajukan lagi dulu.") % {"state": label}


def _nothing_free(facts: Facts, amount: Amount) -> str:
    if facts.free > 0:
        return ""
    if facts.planned:
        return _("Sudah direncanakan berangkat: %(amount)s. Batalkan rencana kirimnya dulu.") % {
            "amount": amount(facts.planned)
        }
    return _("Sudah dikirim: %(amount)s.") % {"amount": amount(facts.dispatched)}


def _cancel(facts: Facts, amount: Amount) -> str:
    if facts.dispatched and facts.dispatched < facts.live:
        return _("Sudah dikirim: %(amount)s. Yang belum dikirim dapat dikurangi.") % {
            "amount": amount(facts.dispatched)
        }
    if facts.planned:
        return _("Sudah direncanakan berangkat: %(amount)s. Batalkan rencana kirimnya dulu.") % {
            "amount": amount(facts.planned)
        }
    return _nothing_free(facts, amount)


def _reduce(facts: Facts, amount: Amount) -> str:
    if facts.live <= 1:
        return _("Tinggal satu satuan. Untuk semuanya, batalkan ikrarnya.")
    return _nothing_free(facts, amount)


def _divert(facts: Facts, amount: Amount) -> str:
    if facts.redirect:
        return _("Satu pengalihan sedang menunggu jawaban.")
    if not (facts.held or facts.reserved):
        return _("Belum dialokasikan; tulis keinginan Anda lewat pesan di bawah.")
    if facts.held + facts.reserved <= facts.planned + facts.dispatched:
        return _nothing_free(facts, amount) or _("Yang dialokasikan sudah direncanakan atau dikirim.")
    return ""


def _reroute(facts: Facts, amount: Amount) -> str:
    if facts.funded:
        return _("Dananya sudah diterima agregator.")
    if facts.dispatched or facts.planned:
        return _cancel(facts, amount)
    return ""


def _entrust(facts: Facts, amount: Amount) -> str:
    if facts.through_aggregator:
        return _("Pelaksananya ditunjuk agregator.")
    if facts.planned:
        return _("Pengiriman sudah direncanakan. Batalkan rencananya dulu.")
    return _nothing_free(facts, amount)


_REASONS: dict[str, Callable[[Facts, Amount], str]] = {
    "divert": _divert,
    "reduce": _reduce,
    "reschedule": _nothing_free,
    "reroute": _reroute,
    "entrust": _entrust,
    "cancel": _cancel,
}
