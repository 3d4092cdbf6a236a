"""Moving a part of a commitment to another need: one side asks, the other agrees, and only then it moves.

Locked in one order with everything else: both needs by their keys, then the commitment, then the redirection,
then the allocation.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import may, perform
from accounts.errors import Refused
from accounts.models import User
from donations.pledges.actions.answer import check_not_ones_own
from donations.pledges.actions.holding import check_room, free, lock_commitments, lock_needs
from donations.pledges.models import Allocation, Commitment, Redirect
from donations.pledges.states import COMMITMENT, AllocationState
from programs.models import Need
from regions.actions import mark_stale
from regions.notation import number


def ask_redirect(
    *, allocation: Allocation, need: Need, quantity: int, by: User | None, reason: str = ""
) -> Redirect:
    """The giver would rather give (a part of) it to another need."""
    return _begin("ask", allocation, need, quantity, by, reason)


def propose_redirect(
    *, allocation: Allocation, need: Need, quantity: int, by: User | None, reason: str
) -> Redirect:
    """An assessor asks the giver whether it may go to another need."""
    return _begin("propose", allocation, need, quantity, by, reason)


def agree_redirect(*, redirect: Redirect, by: User | None) -> Redirect:
    return _move(redirect, "agree", by)


def accept_redirect(*, redirect: Redirect, by: User | None) -> Redirect:
    return _move(redirect, "accept", by)


def decline_redirect(*, redirect: Redirect, by: User | None, reason: str) -> Redirect:
    return _end(redirect, "decline", by, reason)


def refuse_redirect(*, redirect: Redirect, by: User | None, reason: str) -> Redirect:
    return _end(redirect, "refuse", by, reason)


def withdraw_redirect(*, redirect: Redirect, by: User | None) -> Redirect:
    return _end(redirect, "withdraw", by)


def retract_redirect(*, redirect: Redirect, by: User | None) -> Redirect:
    return _end(redirect, "retract", by)


@transaction.atomic
def _begin(
    verb: str, allocation: Allocation, need: Need, quantity: int, by: User | None, reason: str
) -> Redirect:
    needs = lock_needs([allocation.need_id, need.pk])
    lock_commitments([allocation.commitment_id])
    commitment = Commitment.objects.get(pk=allocation.commitment_id)
    redirect = Redirect(
        allocation=allocation, source_id=allocation.need_id, need=need, quantity=quantity, made_at=clock.now()
    )
    COMMITMENT.check("divert", commitment.state)
    if need.pk == allocation.need_id or needs[need.pk].aid_type_id != commitment.aid_type_id:
        raise Refused(_("Pilih kebutuhan lain dengan bentuk bantuan yang sama."), field="need")
    if allocation.redirects.open().exists():
        raise Refused(_("Bagian ini sudah menunggu jawaban tentang pengalihan."), code="pending")
    if verb == "propose":
        _check_proposer(commitment, needs[need.pk], by)
    _check_free(Allocation.objects.get(pk=allocation.pk), quantity)
    check_room(needs[need.pk], quantity)
    with perform(redirect, verb, by=by, reason=reason, quantity=quantity) as act:
        pass
    return act.subject


def _check_proposer(commitment: Commitment, need: Need, by: User | None) -> None:
    check_not_ones_own(commitment, by)
    if by is not None and not may(by, COMMITMENT["allocate"], need):
        raise Refused(
            _(
                "Kebutuhan itu di luar wilayah Anda. Yang dapat memutuskan: asesor yang wilayahnya memuat keduanya."
            ),
            field="need",
            code="elsewhere",
        )


def _check_free(allocation: Allocation, quantity: int) -> None:
    if not 0 < quantity <= allocation.free:
        raise Refused(
            _("Yang belum direncanakan atau dikirim tinggal %(most)s.") % {"most": number(allocation.free)},
            field="quantity",
            code="not_free",
        )


@transaction.atomic
def _move(redirect: Redirect, verb: str, by: User | None) -> Redirect:
    needs = lock_needs([redirect.source_id, redirect.need_id])
    source, need = needs[redirect.source_id], needs[redirect.need_id]
    amount = redirect.quantity
    with perform(
        redirect.allocation.commitment, "divert", by=by, source=source.pk, need=need.pk, quantity=amount
    ) as act:
        if verb == "agree":
            _check_proposer(act.subject, need, by)
        with perform(redirect, verb, by=by, quantity=redirect.quantity) as turn:
            allocation = Allocation.objects.select_for_update().get(pk=redirect.allocation_id)
            _check_free(allocation, redirect.quantity)
            check_room(need, redirect.quantity)
            state, until = allocation.state, allocation.expires_at
            free(allocation, redirect.quantity)
            turn.subject.result = Allocation.objects.create(
                commitment=act.subject, need=need, quantity=redirect.quantity, state=state, expires_at=until,
                created_at=clock.now(),
            )  # fmt: skip
        mark_stale(act.subject.region.city_code, source.region.city_code, need.region.city_code)
        _aim(act.subject, source, need)
    return turn.subject


def _aim(commitment: Commitment, source: Need, need: Need) -> None:
    """A commitment that aimed at one recipient, and of which nothing is left there, aims at the other."""
    if (commitment.region_id, commitment.site_id) != (source.region_id, source.site_id):
        return
    elsewhere = commitment.allocations.exclude(state=AllocationState.RELEASED).exclude(need=need)
    if not elsewhere.exists() and not commitment.unallocated:
        commitment.region, commitment.site = need.region, need.site


@transaction.atomic
def _end(redirect: Redirect, verb: str, by: User | None, reason: str = "") -> Redirect:
    lock_commitments([redirect.allocation.commitment_id])
    with perform(redirect, verb, by=by, reason=reason) as act:
        if verb == "decline":
            check_not_ones_own(redirect.allocation.commitment, by)
    return act.subject
