"""What becomes of an offer: a need of its own, or a place in one that is published already."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import authorise, perform
from accounts.errors import Refused
from accounts.models import User
from donations.pledges.actions.answer import check_confirmed, check_not_ones_own
from donations.pledges.actions.holding import NeedFull, check_open, hold, lock_needs
from donations.pledges.models import Allocation, Commitment
from donations.pledges.states import AllocationState
from programs.actions import draft, publish
from programs.models import Need
from regions.actions import mark_stale


@transaction.atomic
def found_need(*, commitment: Commitment, by: User | None, **fields: Any) -> Need:
    """Turn an offer into a published need, and accept the offer as the first gift to it.

    `fields`: those of a need's draft beside program and aid type (target, people, people_kind, reason, deadline, …);
    the recipient is the offer's own place unless they name another.
    """
    place = {"region": commitment.region, "site": commitment.site}
    need = draft(by=by, program=commitment.program, aid_type=commitment.aid_type, **(place | fields))
    need = publish(by=by, need=need)
    with perform(commitment, "found_need", by=by, need=need.pk) as act:
        subject = act.subject
        _check_offer(subject)
        check_not_ones_own(subject, by)
        check_confirmed(subject)
        if need.target < subject.live:
            raise Refused(
                _("Targetnya setidaknya sebanyak yang ditawarkan, %(quantity)s.")
                % {"quantity": subject.live},
                field="target",
            )
        Allocation.objects.create(
            commitment=subject, need=need, quantity=subject.live, state=AllocationState.RESERVED,
            created_at=clock.now(),
        )  # fmt: skip
        _aim(subject, need)
        subject.accepted_at = clock.now()
    return need


@transaction.atomic
def redirect_offer(*, commitment: Commitment, need: Need, by: User | None, reason: str) -> Commitment:
    """Aim an offer at a published need of the same aid type; it is held there and still waits for its answer."""
    locked = lock_needs([need.pk])[need.pk]
    check_open(locked)
    with perform(commitment, "redirect", by=by, reason=reason, need=need.pk) as act:
        subject = act.subject
        _check_offer(subject)
        authorise(by, act.verb, locked)
        if locked.aid_type_id != subject.aid_type_id:
            raise Refused(_("Bentuk bantuannya berbeda dari kebutuhan itu."), field="need")
        if locked.missing < subject.live:
            raise NeedFull(locked)
        _aim(subject, locked)
        subject.answer_by = clock.now() + timedelta(hours=settings.KSBB_HOLD_HOURS)
        hold(subject, locked, subject.live)
    return act.subject


def _check_offer(commitment: Commitment) -> None:
    if not commitment.is_offer:
        raise Refused(_("Ikrar ini bukan tawaran untuk satu tempat."), code="no_offer")


def _aim(commitment: Commitment, need: Need) -> None:
    before = commitment.region
    commitment.region, commitment.site, commitment.is_offer = need.region, need.site, False
    mark_stale(before.city_code, need.region.city_code)
