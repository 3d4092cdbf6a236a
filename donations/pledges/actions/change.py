"""What happens to a commitment on its collaborator's side, and by the clock."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from donations.pledges.actions.answer import free_all
from donations.pledges.actions.holding import (
    check_room,
    free,
    hold,
    lapse_redirects,
    lock_needs,
    lock_needs_of,
    locked_allocations,
)
from donations.pledges.actions.submit import check_active, permit_of, permit_text
from donations.pledges.models import Allocation, Commitment, Route
from donations.pledges.states import CommitmentState
from regions.actions import mark_stale


@transaction.atomic
def cancel(*, commitment: Commitment, by: User | None, reason: str) -> Commitment:
    """Withdraw all of it, as long as nothing is planned or sent."""
    needs = lock_needs_of(commitment)
    with perform(commitment, "cancel", by=by, reason=reason) as act:
        free_all(act.subject)
        mark_stale(act.subject.region_id, *(need.region_id for need in needs.values()))
    return act.subject


@transaction.atomic
def reduce(
    *,
    commitment: Commitment,
    by: User | None,
    quantity: int,
    reason: str,
    allocation: Allocation | None = None,
) -> Commitment:
    """Withdraw `quantity` of what is neither planned nor sent: of `allocation`, or (without one) first the
    unallocated, then the newest."""
    needs = lock_needs_of(commitment)
    with perform(commitment, "reduce", by=by, reason=reason, quantity=quantity) as act:
        subject = act.subject
        allocations = locked_allocations(subject)
        unallocated = subject.unallocated
        if allocation is not None:
            act.data["need"] = allocation.need_id
            allocations = [one for one in allocations if one.pk == allocation.pk]
            unallocated = 0
        most = unallocated + sum(a.free for a in allocations)
        if not 0 < quantity <= most or quantity >= subject.live:
            raise Refused(
                _("Yang bisa dikurangi paling banyak %(most)s. Untuk semuanya, batalkan ikrarnya.")
                % {"most": min(most, subject.live - 1)},
                field="quantity",
            )
        rest = max(quantity - unallocated, 0)
        for one in reversed(allocations):
            rest -= free(one, rest)
        subject.cancelled += quantity
        mark_stale(subject.region_id, *(need.region_id for need in needs.values()))
    # Without what was withdrawn, all of it may have arrived already.
    fulfil_if_complete(act.subject)
    act.subject.refresh_from_db(fields=["state"])
    return act.subject


@transaction.atomic
def restore(*, commitment: Commitment, by: User | None) -> Commitment:
    """Send an expired, lapsed, declined or cancelled commitment again: held anew if its need has room, and to
    be contacted anew.

    As for a new pledge, its organisation must be active and its aggregator's permit in force.
    """
    last = commitment.allocations.order_by("-pk").first()
    needs = lock_needs([last.need_id] if last else [])
    with perform(commitment, "restore", by=by) as act:
        check_active(act.subject.pledge.collaborator)
        if act.subject.route == Route.AGGREGATOR:
            act.subject.permit = permit_of(act.subject.aggregator)
            act.subject.permit_text = permit_text(act.subject.permit)
        act.subject.answer_by = clock.now() + timedelta(hours=settings.KSBB_HOLD_HOURS)
        act.subject.accepted_at = act.subject.contacted_at = None
        if last is not None:
            check_room(needs[last.need_id], act.subject.live)
            hold(act.subject, needs[last.need_id], act.subject.live)
    return act.subject


@transaction.atomic
def expire(*, commitment: Commitment) -> Commitment:
    """The time for an answer is over: what was held is open again. Performed by the platform."""
    lock_needs_of(commitment)
    with perform(commitment, "expire", by=None) as act:
        if act.subject.answer_by is None or act.subject.answer_by > clock.now():
            raise NotNow("expire", act.subject.state)
        lapse_redirects(act.subject)
        for allocation in locked_allocations(act.subject):
            free(allocation)
    return act.subject


def expire_due(limit: int = 500) -> int:
    """Expire every submitted commitment whose time is over; safe to run twice. How many were expired."""
    due = Commitment.objects.filter(state=CommitmentState.SUBMITTED, answer_by__lte=clock.now())[:limit]
    count = 0
    for commitment in due:
        try:
            expire(commitment=commitment)
            count += 1
        except NotNow:
            continue  # answered in the meantime
    return count


def fulfil_if_complete(commitment: Commitment) -> None:
    """Mark a commitment fulfilled once all of it is verified. Performed by the platform."""
    complete = Commitment.objects.filter(
        pk=commitment.pk,
        state=CommitmentState.ACCEPTED,
        verified__gt=0,
        verified=F("quantity") - F("cancelled"),
    )
    if complete.exists():
        with perform(commitment, "fulfil", by=None):
            pass
