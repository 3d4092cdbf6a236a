"""A report as those in reach see it, and what officers do with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.errors import NotNow
from accounts.http import MemberRequest, performing
from accounts.verbs import Verb
from donations.deliveries.forms import ReasonForm
from donations.deliveries.wording import amounts, told
from donations.handovers import actions, contents, queries
from donations.handovers.forms import VerifyForm
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.states import HANDOVER, HandoverState
from donations.handovers.views.files import photo_response

VERBS = ("verify", "send_back", "dispute", "settle", "discard")
MONTH = 60 * 60 * 24 * 30


@require_GET
def handover_detail(request: MemberRequest, pk: int) -> HttpResponse:
    handover = _readable(request, pk)
    return render(request, "handovers/detail.html", _context(request, handover))


@require_http_methods(["GET", "POST"])
def handover_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of an officer, or withdrawing: a page that asks for the reason, and the deed."""
    handover = _readable(request, pk)
    if verb not in VERBS:
        raise Http404
    rule = HANDOVER[verb]
    if not may(request.user, rule, handover):
        raise PermissionDenied
    form = _form_of(rule, handover, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                getattr(actions, verb)(handover=handover, by=request.user, **form.cleaned_data)
            last = handover.moves.order_by("-pk").first()
            again = last is not None and (last.verb, last.actor_id) == (verb, request.user.pk)
            if attempt.done or (isinstance(attempt.error, NotNow) and again):
                messages.success(
                    request, _("%(report)s: %(done)s.") % {"report": handover, "done": rule.done}
                )
                return (
                    redirect("handover", handover.pk)
                    if handover.submitted_at
                    else redirect(handover.delivery)
                )
            status = attempt.status
    elif handover.state not in rule.sources:
        status = 409
    context = {"handover": handover, "verb": rule, "form": form, "not_now": status == 409}
    return render(request, "handovers/verb.html", context, status=status)


@require_GET
def handover_photo(request: MemberRequest, pk: int) -> HttpResponse:
    """A photo for those in reach of its report. It never changes under its address, so it may be kept long."""
    photo = get_object_or_404(HandoverPhoto, pk=pk, handover__in=queries.readable(request.user).order_by())
    return photo_response(photo, f"private, max-age={MONTH}, immutable")


def _readable(request: MemberRequest, pk: int) -> Handover:
    return get_object_or_404(queries.with_place(queries.readable(request.user)), pk=pk)


def _context(request: MemberRequest, handover: Handover) -> dict[str, Any]:
    user = request.user
    lines = queries.lines_of(handover)
    moves = list(handover.moves.select_related("organisation", "region", "site").order_by("at", "pk"))
    versions = queries.versions(handover, moves, lines)
    photos, records = list(handover.photos.all()), list(handover.records.order_by("version"))
    verbs = {
        verb.name: verb
        for verb in HANDOVER.possible(handover.state)
        if verb.name in VERBS and may(user, verb, handover)
    }
    returned = next((move for move in reversed(moves) if move.verb in ("send_back", "dispute")), None)
    return {
        "handover": handover,
        "delivery": handover.delivery,
        "lines": lines,
        "good": amounts((line.delivery_line.allocation.commitment.aid_type, line.good) for line in lines),
        "mark": queries.MARKS[HandoverState(handover.state)],
        "photos": photos,
        "records": records[::-1],
        "is_changed": bool(
            handover.submitted_at and contents.differences(handover, lines, photos, records, moves)
        ),
        "used_elsewhere": queries.photos_used_elsewhere(handover) if verbs else set(),
        "whereabouts": queries.whereabouts(handover),
        "earlier": versions[:-1][::-1],
        "verbs": verbs,
        "may_clear": handover.is_verified and may(user, HANDOVER["clear"], handover),
        "own": handover.reported_by_id == user.pk,
        "reason": returned if handover.state in ("returned", "disputed") else None,
        "may_write": may(user, HANDOVER["save"], handover) and handover.state in HANDOVER["save"].sources,
        "others": list(
            handover.delivery.handovers.exclude(pk=handover.pk).exclude(submitted_at=None).order_by("pk")
        ),
        "moves": told(reversed(moves)),
    }


def _form_of(rule: Verb, handover: Handover, data: Any) -> forms.Form:
    if rule.name == "verify":
        return VerifyForm(data)
    if rule.name == "discard" and handover.submitted_at is None:
        return forms.Form(data)
    return ReasonForm(data)
