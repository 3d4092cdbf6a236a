"""The public page of a need: how far it is, why, who gave, and how to help."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import clock
from donations.queries import Gift, gifts_to
from programs.models import Need
from programs.models.programs import AidKind
from programs.need_history import public_history
from programs.preview import need_preview
from programs.proposals.queries import origins_of
from programs.queries import similar_nearby
from programs.standing import Standing, standing_of
from programs.wording import crumbs_of, need_row, people_line, place_line, quantity_in_unit, quantity_of
from regions import notation
from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """What everyone may read of a need that was ever published; a draft is 404 here."""
    found = get_object_or_404(Need.objects.public().for_rows(), pk=pk)
    standing = standing_of(found)
    gifts = gifts_to(found)
    context = {
        "need": found,
        "crumbs": crumbs_of(found.region),
        "heading": quantity_of(found.aid_type, found.target),
        "people": people_line(found),
        "place": place_line(found.region),
        "missing": quantity_in_unit(found.aid_type, found.missing),
        "standing": standing,
        "gifts": gifts,
        "held_until": _held_until(gifts),
        "history": public_history(found),
        "origins": origins_of(found),
        "nearby": [need_row(other) for other in similar_nearby(found)],
        "hold_hours": settings.KSBB_HOLD_HOURS,
        "as_of": clock.now(),
        "preview": need_preview(found),
        **_offer(found, standing),
    }
    return render(request, "donations/need.html", context)


def _offer(found: Need, standing: Standing) -> dict[str, Any]:
    """A modest amount to begin with, and its value; nothing where one cannot pledge."""
    if standing is not Standing.OPEN:
        return {}
    start = 10_000_000 if found.aid_type.kind == AidKind.MONEY else 100
    amount = min(found.missing, start)
    is_money = found.aid_type.kind == AidKind.MONEY
    return {
        "amount": notation.number(amount),
        "amount_with_unit": quantity_in_unit(found.aid_type, amount),
        "value": amount * found.unit_value if found.unit_value and not is_money else None,
    }


def _held_until(gifts: Iterable[Gift]) -> datetime | None:
    """When the last of the held quantities is free again at the latest; None once a job is only late."""
    ends = [gift.allocation.expires_at for gift in gifts if gift.progress == "held"]
    return max((end for end in ends if end and end > clock.now()), default=None)
