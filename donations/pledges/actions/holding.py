"""Holding and freeing quantities: the need is locked first, then the commitment, then its allocations."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from donations.pledges.models import Allocation, Commitment, Redirect
from donations.pledges.states import AllocationState
from programs.models import Need
from programs.states import NeedState
from regions.composed import insert

# The checks of a need that stand in the way of one allocation too many, or too late.
NEED_REFUSES = ("need_is_not_overfilled", "need_holds_only_while_open")


class NeedFull(Refused):
    """The need has less room than the quantity asked for (`missing`: what it still has room for)."""

    def __init__(self, need: Need) -> None:
        self.need = need
        self.missing = max(need.missing, 0)
        message = (
            _("Kebutuhan ini masih kurang %(missing)s, lebih sedikit dari yang Anda tulis.")
            % {"missing": self.missing}
            if self.missing
            else _("Kebutuhan ini baru saja penuh.")
        )
        super().__init__(message, field="quantity", code="need_full")


def lock_needs(pks: Iterable[int]) -> dict[int, Need]:
    """The needs by primary key, locked in one order so that no two transactions wait for each other."""
    rows = Need.objects.select_for_update().filter(pk__in=set(pks)).order_by("pk")
    return {need.pk: need for need in rows}


def lock_commitments(pks: Iterable[int]) -> None:
    """Lock commitments, after their needs and before deliveries, reports and allocations, in one order.

    The counters that triggers keep on commitments change with their allocations: whoever touches several
    waits here, not in the middle.
    """
    list(Commitment.objects.select_for_update().filter(pk__in=set(pks)).order_by("pk").values_list("pk"))


def lock_needs_of(commitment: Commitment) -> dict[int, Need]:
    """Lock every need that the commitment has live allocations for."""
    return lock_needs(commitment.allocations.live().values_list("need_id", flat=True))


def check_open(need: Need) -> None:
    """Raises `Refused` if the need takes no pledges now."""
    if need.state != NeedState.PUBLISHED:
        raise Refused(_("Kebutuhan ini sedang tidak menerima ikrar."), field="quantity", code="need_closed")
    if need.deadline < clock.today():
        raise Refused(_("Batas waktu kebutuhan ini sudah lewat."), field="quantity", code="need_late")


def check_room(need: Need, quantity: int) -> None:
    """Raises `NeedFull` or `Refused` if the need, as it was read, does not take that quantity."""
    check_open(need)
    if need.missing < quantity:
        raise NeedFull(need)


def hold(commitment: Commitment, need: Need, quantity: int) -> Allocation:
    """Hold a quantity of a need for a commitment until an assessor answers.

    The insert itself locks the need (the trigger adds to its counters), and its checks refuse one unit too
    many: a caller that has not locked the need answers the `IntegrityError` with `refusal_of`.
    """
    allocation = Allocation(
        commitment=commitment,
        need=need,
        quantity=quantity,
        state=AllocationState.HELD,
        expires_at=clock.now() + timedelta(hours=settings.KSBB_HOLD_HOURS),
        created_at=clock.now(),
    )
    insert(allocation)
    return allocation


def refusal_of(error: IntegrityError, wanted: Iterable[tuple[int, int]]) -> Refused | None:
    """Why a need refused an allocation, as a sentence; None if it was not a need that did.

    `wanted`: need's primary key and quantity. To be called outside the transaction that failed.
    """
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint not in NEED_REFUSES:
        return None
    for pk, quantity in wanted:
        need = Need.objects.get(pk=pk)
        try:
            check_room(need, quantity)
        except Refused as refused:
            return refused
    # It has room again since: whoever was in the way has left. The sentence asks to try once more.
    return Refused(_("Jumlahnya baru saja berubah. Coba sekali lagi."), field="quantity", code="need_moved")


def free(allocation: Allocation, quantity: int | None = None) -> int:
    """Give back what is neither planned nor sent (or `quantity` of it) to need and commitment; how much."""
    amount = allocation.free if quantity is None else min(quantity, allocation.free)
    if amount <= 0:
        return 0
    allocation.released += amount
    if allocation.released == allocation.quantity:
        allocation.state = AllocationState.RELEASED
    allocation.save(update_fields=["released", "state"])
    return amount


def locked_allocations(commitment: Commitment) -> list[Allocation]:
    """The commitment's live allocations, locked, oldest first."""
    return list(commitment.allocations.live().select_for_update().order_by("pk"))


def lapse_redirects(commitment: Commitment) -> None:
    """What was to go elsewhere goes nowhere once its commitment ends. The commitment is locked."""
    for redirect in Redirect.objects.open().filter(allocation__commitment=commitment).order_by("pk"):
        with perform(redirect, "lapse", by=None):
            pass
