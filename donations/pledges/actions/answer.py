"""What an assessor does with a commitment."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import authorise, perform
from accounts.errors import Refused
from accounts.models import User
from accounts.roles import Role
from accounts.scope import Scope
from donations.pledges.actions.holding import (
    NeedFull,
    check_open,
    free,
    lapse_redirects,
    lock_needs,
    lock_needs_of,
    locked_allocations,
)
from donations.pledges.models import Allocation, Commitment
from donations.pledges.states import AllocationState
from programs.models import Need
from regions.actions import mark_stale


def contact(*, commitment: Commitment, by: User | None, channel: str, note: str = "") -> Commitment:
    """Record that the collaborator was reached (`channel`: "phone", "whatsapp", "email", "visit")."""
    with perform(commitment, "contact", by=by, channel=channel, note=note) as act:
        act.subject.contacted_at = act.subject.contacted_at or clock.now()
    return act.subject


@transaction.atomic
def accept(*, commitment: Commitment, by: User | None, quantity: int | None = None) -> Commitment:
    """Take the commitment up, or `quantity` of it: what is held becomes reserved, the rest is open again."""
    lock_needs_of(commitment)
    with perform(commitment, "accept", by=by) as act:
        subject = act.subject
        check_not_ones_own(subject, by)
        check_confirmed(subject)
        amount = subject.live if quantity is None else quantity
        if not 0 < amount <= subject.live:
            raise Refused(
                _("Tulis jumlah antara 1 dan %(most)s.") % {"most": subject.live},
                field="quantity",
                code="quantity",
            )
        surplus = subject.live - amount
        for allocation in reversed(locked_allocations(subject)):
            surplus -= free(allocation, surplus)
            if allocation.live:
                allocation.state = AllocationState.RESERVED
                allocation.expires_at = None
                allocation.save(update_fields=["state", "expires_at"])
        subject.cancelled += subject.live - amount
        subject.accepted_at = clock.now()
        act.data["quantity"] = amount
        mark_stale(subject.region.city_code)
    return act.subject


def check_not_ones_own(commitment: Commitment, by: User | None) -> None:
    """Who belongs to the collaborator does not take its commitment up in the city's name."""
    if commitment.pledge.collaborator_id in Scope.of(by).organisations(Role.COLLABORATOR):
        raise Refused(
            _("Ikrar ini dari organisasi Anda sendiri. Minta asesor lain menjawabnya."), code="own_pledge"
        )


def check_confirmed(commitment: Commitment) -> None:
    """What is accepted is named and counted: not as a government agency's on somebody's bare word."""
    if not commitment.pledge.collaborator.is_confirmed:
        raise Refused(
            _(
                "Instansi ini belum dikonfirmasi. Minta administrator memastikannya dulu, lalu terima ikrarnya."
            ),
            code="unconfirmed",
        )


@transaction.atomic
def decline(*, commitment: Commitment, by: User | None, reason: str) -> Commitment:
    """Do not take it up; what it held is open again."""
    lock_needs_of(commitment)
    with perform(commitment, "decline", by=by, reason=reason) as act:
        lapse_redirects(act.subject)
        for allocation in locked_allocations(act.subject):
            free(allocation)
    return act.subject


@transaction.atomic
def allocate(*, commitment: Commitment, need: Need, quantity: int, by: User | None) -> Allocation:
    """Give a part of an accepted commitment that no need has yet to a need of the same aid type."""
    locked = lock_needs([need.pk])[need.pk]
    check_open(locked)
    with perform(commitment, "allocate", by=by, need=need.pk, quantity=quantity) as act:
        subject = act.subject
        # The need is somebody's area, too: of this officer, or not to be given to.
        authorise(by, act.verb, locked)
        if locked.aid_type_id != subject.aid_type_id:
            raise Refused(_("Bentuk bantuannya berbeda dari kebutuhan itu."), field="need")
        if not 0 < quantity <= subject.unallocated:
            raise Refused(
                _("Yang belum dialokasikan tinggal %(rest)s.") % {"rest": subject.unallocated},
                field="quantity",
            )
        if locked.missing < quantity:
            raise NeedFull(locked)
        allocation = Allocation.objects.create(
            commitment=subject,
            need=locked,
            quantity=quantity,
            state=AllocationState.RESERVED,
            created_at=clock.now(),
        )
        mark_stale(subject.region.city_code, locked.region.city_code)
    return allocation


@transaction.atomic
def release(
    *, allocation: Allocation, by: User | None, reason: str, quantity: int | None = None
) -> Allocation:
    """Take back what is not planned or sent yet: open at the need, unallocated at the commitment."""
    need = lock_needs([allocation.need_id])[allocation.need_id]
    with perform(allocation.commitment, "release", by=by, reason=reason, need=allocation.need_id) as act:
        locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
        if quantity is not None and not 0 < quantity <= locked.free:
            raise Refused(
                _("Yang bisa dilepaskan paling banyak %(most)s.") % {"most": locked.free}, field="quantity"
            )
        act.data["quantity"] = free(locked, quantity)
        if not act.data["quantity"]:
            raise Refused(_("Semuanya sudah direncanakan atau dikirim; tidak ada yang bisa dilepaskan."))
        mark_stale(act.subject.region.city_code, need.region.city_code)
    return locked


@transaction.atomic
def lapse(*, commitment: Commitment, by: User | None, reason: str) -> Commitment:
    """Give up on an accepted commitment of which nothing was ever sent."""
    needs = lock_needs_of(commitment)
    with perform(commitment, "lapse", by=by, reason=reason) as act:
        free_all(act.subject)
        mark_stale(act.subject.region_id, *(need.region_id for need in needs.values()))
    return act.subject


@transaction.atomic
def close_short(*, commitment: Commitment, by: User | None, reason: str) -> Commitment:
    """End a commitment that arrived only in part; what never came is open again at its needs."""
    needs = lock_needs_of(commitment)
    with perform(commitment, "close_short", by=by, reason=reason) as act:
        subject = act.subject
        allocations = locked_allocations(subject)
        if any(a.planned or a.dispatched != a.verified for a in allocations):
            raise Refused(
                _("Masih ada yang direncanakan, di jalan, atau belum diverifikasi. Selesaikan dulu.")
            )
        lapse_redirects(subject)
        for allocation in allocations:
            free(allocation)
        subject.cancelled = subject.quantity - sum(a.live for a in allocations)
        mark_stale(subject.region_id, *(need.region_id for need in needs.values()))
    return act.subject


def free_all(commitment: Commitment) -> None:
    allocations = locked_allocations(commitment)
    if any(a.planned or a.dispatched for a in allocations):
        raise Refused(
            _("Sebagian sudah direncanakan atau dikirim. Batalkan rencana kirimnya dulu, atau tutup kurang.")
        )
    lapse_redirects(commitment)
    for allocation in allocations:
        free(allocation)
