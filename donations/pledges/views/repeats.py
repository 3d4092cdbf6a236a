"""Skipping and ending what repeats every month."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.once import Repeated, check_seen, hold
from donations.pledges.actions import repeats
from donations.pledges.models import Repeat
from donations.pledges.states import REPEAT

ACTIONS = {"skip": repeats.skip, "end": repeats.end}


@require_POST
def repeat_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Perform one of the two, once however often its button is pressed (`seen`: what its presser had seen)."""
    found = get_object_or_404(Repeat.objects.visible_to(request.user).select_related("first"), pk=pk)
    if verb not in ACTIONS:
        raise Http404
    if not may(request.user, REPEAT[verb], found):
        raise PermissionDenied
    seen = request.POST.get("seen", "")
    with performing(request) as attempt, transaction.atomic():
        hold(found)
        try:
            check_seen(found, seen=int(seen[:18]) if seen.isdecimal() else 0, verb=verb, by=request.user)
            ACTIONS[verb](repeat=found, by=request.user)
        except Repeated:
            pass
    if attempt.done:
        messages.success(request, f"{REPEAT[verb].done}.")
    return redirect("pledge", pk=found.first.pledge_id)
