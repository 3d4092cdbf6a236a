"""The other side answers: an asset that is handed over to its place is taken, or not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acting import once
from accounts.actions import may
from accounts.http import MemberRequest
from donations.assets import actions
from donations.assets.forms.verbs import EmptyForm, ReasonForm
from donations.assets.models import AssetTransfer
from donations.assets.states import TRANSFER

FORMS = {"accept": EmptyForm, "decline": ReasonForm}


@require_GET
def asset_transfer(request: MemberRequest, pk: int) -> HttpResponse:
    """What is handed over, by whom and why."""
    found = _transfer(request, pk)
    move = found.asset.moves.filter(verb="hand_over", data__transfer=found.pk).first()
    verbs = [
        verb
        for verb in TRANSFER.possible(found.state)
        if verb.name in FORMS and may(request.user, verb, found)
    ]
    own = move is not None and move.actor_id == request.user.pk
    context = {
        "transfer": found,
        "asset": found.asset,
        "move": move,
        "verbs": [] if own else verbs,
        "own": own,
    }
    return render(request, "assets/transfer.html", context)


@require_http_methods(["GET", "POST"])
def asset_transfer_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Take it, or not, with a reason."""
    found = _transfer(request, pk)
    if verb not in FORMS:
        raise Http404
    rule = TRANSFER[verb]
    if not may(request.user, rule, found):
        raise PermissionDenied
    posted = request.method == "POST"
    form = FORMS[verb](request.POST if posted else None, subject=found)
    status = 200 if posted or found.is_open else 409
    if posted:
        status = 422
        if form.is_valid():
            answer = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            act = getattr(actions, verb)
            status = once(request, form, verb, lambda: act(transfer=found, by=request.user, **answer))
            if status == 200:
                told = {"number": found.asset.number, "done": rule.done}
                messages.success(request, _("%(number)s: %(done)s.") % told)
                return redirect(found)
    context = {"transfer": found, "asset": found.asset, "rule": rule, "form": form, "not_now": status == 409}
    return render(request, "assets/transfer_verb.html", context, status=status)


def _transfer(request: MemberRequest, pk: int) -> AssetTransfer:
    rows = AssetTransfer.objects.visible_to(request.user).for_rows()  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk)
