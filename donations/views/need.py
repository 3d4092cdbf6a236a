"""The public page of a need: how far it is, why, who gave, and how to help."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import clock
from donations.queries import allocations_to, gifts_of, held_until
from programs.models import Need
from programs.models.programs import AidKind
from programs.need_history import public_history
from programs.preview import need_preview
from programs.proposals.queries import origins_of
from programs.queries import similar_nearby
from programs.standing import Standing, standing_of
from programs.wording import crumbs_of, need_row, people_line, place_line, quantity_in_unit, quantity_of
from regions import notation
from regions.public_version import FORUM, known_parameters, public_page_besides

GIFTS_SHOWN = 10


@login_not_required
@public_page_besides(FORUM)
@known_parameters("pemberi")
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """What everyone may read of a need that was ever published; a draft is 404 here."""
    found = get_object_or_404(Need.objects.public().for_rows(), pk=pk)
    standing = standing_of(found)
    givers = Paginator(allocations_to(found).values_list("pk", flat=True), GIFTS_SHOWN)
    page = givers.get_page(request.GET.get("pemberi"))
    context = {
        "need": found,
        "crumbs": crumbs_of(found.region),
        "heading": quantity_of(found.aid_type, found.target),
        "people": people_line(found),
        "place": place_line(found.region),
        "missing": quantity_in_unit(found.aid_type, found.missing),
        "standing": standing,
        "page": page,
        "gifts": gifts_of(page),
        "held_until": held_until(found) if found.held else None,
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
