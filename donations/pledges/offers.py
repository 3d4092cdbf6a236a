"""Which verbs a person is offered on a commitment now, in the order of their buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from accounts.actions import may
from accounts.models import User
from donations.pledges.models import Commitment, Route
from donations.pledges.states import COMMITMENT

_MONEY: Callable[[Commitment], bool] = lambda c: c.route == Route.AGGREGATOR  # noqa: E731

# What must hold beside state and permission for a verb to be of any use.
USEFUL: dict[str, Callable[[Commitment], bool]] = {
    "found_need": lambda c: c.is_offer,
    "redirect": lambda c: c.is_offer,
    # An offer is accepted by becoming a need, or at the need it was redirected to.
    "accept": lambda c: not c.is_offer,
    "allocate": lambda c: c.unallocated > 0,
    "release": lambda c: c.reserved > c.dispatched,
    "divert": lambda c: c.held + c.reserved > c.dispatched,
    "fund": _MONEY,
    "convert": lambda c: _MONEY(c) and c.converted < c.live and c.funded > c.spent,
    "reduce": lambda c: c.live > 1 and c.dispatched < c.live,
    "cancel": lambda c: c.dispatched == 0,
    "lapse": lambda c: c.dispatched == 0,
    "close_short": lambda c: c.verified > 0 and c.verified == c.dispatched,
}
ORDER = (
    "found_need", "accept", "redirect", "allocate", "fund", "convert", "contact", "entrust", "restore", "divert",
    "decline", "release", "reduce", "close_short", "lapse", "cancel", "reschedule", "reroute", "name", "note",
)  # fmt: skip


PRIMARY = ("found_need", "accept", "allocate", "fund", "convert", "restore")


def _is_bought(name: str, commitment: Commitment) -> bool:
    """More money can come in after everything is bought, but then that is not what the page is for."""
    return name == "fund" and commitment.converted >= commitment.live


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: `kind` is "primary", "danger" or ""."""

    verb: str
    label: str | Promise
    href: str
    kind: str


def offers(commitment: Commitment, user: User) -> list[Offer]:
    """The verbs that this person may perform on the commitment in its state, the most useful one first.

    Reads the scope and the row; no query of its own beyond the scope.
    """
    names = [
        verb.name
        for verb in COMMITMENT.possible(commitment.state)
        if may(user, verb, commitment) and USEFUL.get(verb.name, lambda c: True)(commitment)
    ]
    names.sort(key=ORDER.index)
    made: list[Offer] = []
    for name in names:
        verb = COMMITMENT[name]
        primary = not made and not verb.danger and name in PRIMARY and not _is_bought(name, commitment)
        kind = "primary" if primary else "danger" if verb.danger else ""
        made.append(Offer(name, verb.label, address_of(commitment, name), kind))
    return made


def address_of(commitment: Commitment, verb: str) -> str:
    """The page on which the verb is asked for."""
    if verb == "divert":
        return reverse("redirect_new", args=[commitment.pk])
    return reverse("commitment_verb", args=[commitment.pk, verb])
