"""Beginning, writing and handing in the report of an arrival. Its steps are in `views/steps.py`."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import may
from accounts.errors import NotNow
from accounts.http import MemberRequest, performing
from donations.deliveries.models import Delivery
from donations.deliveries.queries import lines_of as delivery_lines
from donations.deliveries.states import DELIVERY, DeliveryState
from donations.deliveries.wording import amounts
from donations.handovers import actions
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of, readable, with_place
from donations.handovers.states import HANDOVER
from donations.handovers.views.steps import PAGES, SLUGS, STEPS, in_words


@require_http_methods(["GET", "POST"])
def report_start(request: MemberRequest, pk: int) -> HttpResponse:
    """What to have at hand; beginning, or going on with, the report of a delivery."""
    rows = Delivery.objects.visible_to(request.user).select_related(
        "executor", "program", "region__parent", "site"
    )
    delivery = get_object_or_404(rows, pk=pk)
    if not may(request.user, DELIVERY["arrive"], delivery):
        raise PermissionDenied
    begun = delivery.handovers.filter(state__in=HANDOVER["save"].sources).first()
    if begun is not None:
        return redirect("report_step", begun.pk, SLUGS[0])
    status = 200
    if request.method == "POST":
        with performing(request) as attempt:
            handover = actions.start(delivery=delivery, by=request.user)
        if attempt.done:
            return redirect("report_step", handover.pk, SLUGS[0])
        status = attempt.status
    lines = delivery_lines(delivery)
    context = {
        "delivery": delivery,
        "cargo": amounts((line.allocation.commitment.aid_type, line.uncounted) for line in lines),
        "ready": delivery.state == DeliveryState.DISPATCHED and any(line.uncounted for line in lines),
    }
    return render(request, "handovers/start.html", context, status=status)


@require_http_methods(["GET", "POST"])
def report_step(request: MemberRequest, pk: int, step: str) -> HttpResponseBase:
    if step not in STEPS:
        raise Http404
    handover = _own(request, pk)
    if handover.state not in HANDOVER["save"].sources:
        # Handed in meanwhile, by a second press or on another phone: nothing is to be written any more.
        return redirect("report_receipt" if handover.submitted_at else handover.delivery, *_pk(handover))
    try:
        return PAGES[step](request, handover)
    except NotNow:
        return redirect("report_step", handover.pk, step)


@require_GET
def report_receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """It is handed in: its number, its code, and what comes next."""
    handover = _own(request, pk)
    if handover.submitted_at is None:
        raise Http404
    lines = lines_of(handover)
    context = {
        "handover": handover,
        "good": in_words(lines, "good"),
        "url": request.build_absolute_uri(handover.get_absolute_url()),
        "rest": any(line.delivery_line.uncounted for line in lines)
        and handover.delivery.state == DeliveryState.DISPATCHED,
    }
    return render(request, "handovers/receipt.html", context)


@require_POST
def report_photo_remove(request: MemberRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo off; gone already is gone."""
    handover = _own(request, pk)
    row = handover.photos.filter(pk=photo).first()
    if row is not None:
        with performing(request):
            actions.remove_photo(photo=row, by=request.user)
    return redirect("report_step", handover.pk, "foto")


def _own(request: MemberRequest, pk: int) -> Handover:
    """A report that this person may write: out of reach is 404, only readable 403."""
    handover = get_object_or_404(with_place(readable(request.user)), pk=pk)
    if not may(request.user, HANDOVER["save"], handover):
        raise PermissionDenied
    return handover


def _pk(handover: Handover) -> list[int]:
    return [handover.pk] if handover.submitted_at else []
