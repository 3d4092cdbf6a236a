"""What those in reach of a report do about its confirmation: answer for their side, draw recipients, print slips."""

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.typesetting import NotSet
from donations.confirmations import actions
from donations.confirmations.drawing import MOST_HOUSEHOLDS
from donations.confirmations.forms import DrawForm
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation, Draw
from donations.confirmations.queries.reading import draw_of, families_of
from donations.confirmations.queries.results import own_side
from donations.confirmations.slips import set_slips
from donations.confirmations.states import DRAW
from donations.confirmations.views.answering import Shown, take_answer
from donations.deliveries.forms import ReasonForm
from donations.handovers.models import Handover
from donations.handovers.queries import made_by, readable, with_place
from donations.handovers.states import HANDOVER
from programs.models import PeopleKind

log = logging.getLogger(__name__)


@require_http_methods(["GET", "POST"])
def confirmation_own(request: MemberRequest, pk: int) -> HttpResponse:
    """The answer of who is signed in, for the side that is theirs."""
    found = _own(request, _report(request, pk))
    shown: Shown | None = Shown(found)
    if request.method == "POST":
        shown = take_answer(request, found, request.user)
    if shown is None:
        messages.success(request, _("Jawaban Anda dicatat."))
        return redirect("confirmation_own", pk)
    # Who answers is no judge any more: they are told before.
    may_verify = may(request.user, HANDOVER["verify"], found.handover)
    context = {**shown.context(), "may_verify": may_verify}
    return render(request, "confirmations/own.html", context, status=shown.status)


@require_http_methods(["GET", "POST"])
def draw_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a sample of recipients: how many of how many."""
    handover = _report(request, pk)
    if not may(request.user, DRAW["draw"], Draw(handover=handover)) or made_by(handover, request.user):
        raise PermissionDenied
    form = DrawForm(request.POST or None, households=_households(handover))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.draw(handover=handover, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(
                    request, _("Penerima diundi. Cetak slipnya, lalu serahkan lewat fasilitator.")
                )
                return redirect("handover", pk)
            status = attempt.status
    return render(request, "confirmations/draw.html", {"handover": handover, "form": form}, status=status)


@never_cache
@require_POST
def draw_slips(request: MemberRequest, pk: int) -> HttpResponse:
    """The slips as a PDF; that they were printed, by whom and when, is written down."""
    draw = _draw(request, pk)
    with performing(request) as attempt:
        slips = actions.print_slips(draw=draw, by=request.user)
    if not attempt.done:
        return redirect("handover", pk)
    try:
        content = set_slips(draw, slips)
    except NotSet:
        log.exception("slips of draw %s", draw.pk)
        messages.error(request, _("Slip belum dapat disusun. Coba lagi sebentar lagi."))
        return redirect("handover", pk)
    response = HttpResponse(content, content_type="application/pdf")
    name = (draw.handover.number or str(pk)).replace("/", "-")
    response["Content-Disposition"] = f'attachment; filename="slip-bast-{name}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
def draw_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the draw back, with a reason."""
    draw = _draw(request, pk)
    if not may(request.user, DRAW["cancel"], draw):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.cancel(draw=draw, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, _("Undian dibatalkan. Slip yang sudah dicetak tidak berlaku lagi."))
                return redirect("handover", pk)
            status = attempt.status
    context = {"handover": draw.handover, "form": form, "verb": DRAW["cancel"]}
    return render(request, "confirmations/cancel.html", context, status=status)


def _report(request: MemberRequest, pk: int) -> Handover:
    return get_object_or_404(with_place(readable(request.user)).exclude(submitted_at=None), pk=pk)


def _own(request: MemberRequest, handover: Handover) -> Confirmation:
    sides = Confirmation.objects.with_report().exclude(side=Side.RECIPIENT).prefetch_related("moves")
    own = own_side(handover, request.user, list(sides.filter(handover=handover)))
    if own is None:
        raise PermissionDenied
    return own


def _draw(request: MemberRequest, pk: int) -> Draw:
    draw = draw_of(_report(request, pk))
    if draw is None:
        raise Http404
    return Draw.objects.select_related(
        "handover__delivery__program", "handover__delivery__region__parent", "handover__delivery__site"
    ).get(pk=draw.pk)


def _households(handover: Handover) -> int | None:
    """As many families as the report counts, else as its needs say; the official's list may have more or fewer."""
    told = families_of(handover)
    if told is None:
        lines = handover.lines.select_related("delivery_line__allocation__need")
        needs = {line.delivery_line.allocation.need for line in lines}
        told = sum(
            need.people for need in needs if need is not None and need.people_kind == PeopleKind.FAMILIES
        )
    return min(told, MOST_HOUSEHOLDS) or None
