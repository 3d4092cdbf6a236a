"""One asset: what is known of it, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acting import SeenForm, once
from accounts.actions import may
from accounts.http import MemberRequest
from accounts.models import Move
from donations.assets import actions
from donations.assets.forms import verbs as forms
from donations.assets.models import Asset, AssetPhoto, AssetTransferMove
from donations.assets.states import ASSET, CONDITION_LABELS, TRANSFER, Condition
from donations.assets.views.lists import visible_to
from donations.handovers.views.files import photo_response

MONTH = 60 * 60 * 24 * 30
FORMS: dict[str, tuple[type[SeenForm], Callable[..., Any]]] = {
    "describe": (forms.DescribeForm, actions.describe),
    "check": (forms.CheckForm, actions.check),
    "split": (forms.SplitForm, actions.split),
    "hand_over": (forms.HandOverForm, actions.hand_over),
    "call_back": (forms.ReasonForm, actions.call_back),
    "write_off": (forms.WriteOffForm, actions.write_off),
    "restore": (forms.ReasonForm, actions.restore),
}


@require_GET
def asset(request: MemberRequest, pk: int) -> HttpResponse:
    """Its facts, photos and history; names of people are for those in reach only."""
    found = _asset(request, pk)
    moves = list(found.moves.select_related("organisation", "region", "site").order_by("-at", "-pk"))
    answered = AssetTransferMove.objects.filter(subject__asset=found, verb__in=("accept", "decline"))
    answers = {move.subject_id: move for move in answered.select_related("organisation", "region", "site")}
    transfer = found.transfers.open().for_rows().first()  # type: ignore[attr-defined]
    context = {
        "asset": found,
        "verbs": [verb for verb in ASSET.possible(found.state) if _offered(request, verb.name, found)],
        "photos": list(found.photos.order_by("-pk")),
        "transfer": transfer,
        "answers": transfer is not None
        and may(request.user, TRANSFER["accept"], transfer)
        and request.user.pk != next((move.actor_id for move in moves if move.verb == "hand_over"), None),
        "moves": [_told(move, answers.get(move.data.get("transfer"))) for move in moves],
        "written_off": next((move for move in moves if move.verb == "write_off"), None)
        if not found.is_listed
        else None,
    }
    return render(request, "assets/asset.html", context)


@require_http_methods(["GET", "POST"])
def asset_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Ask what a verb needs, and do it once."""
    found = _asset(request, pk)
    if verb not in FORMS:
        raise Http404
    rule = ASSET[verb]
    if not may(request.user, rule, found):
        raise PermissionDenied
    form_class, act = FORMS[verb]
    posted = request.method == "POST"
    form = form_class(request.POST if posted else None, request.FILES if posted else None, subject=found)
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            status = once(request, form, verb, lambda: act(asset=found, by=request.user, **_answers(form)))
            if status == 200:
                messages.success(
                    request, _("%(number)s: %(done)s.") % {"number": found.number, "done": rule.done}
                )
                return redirect(found)
    elif found.state not in rule.sources or (verb == "split" and not found.is_lot):
        status = 409
    return render(request, "assets/verb.html", {"asset": found, "rule": rule, "form": form, "not_now": status == 409},
                  status=status)  # fmt: skip


@require_GET
def asset_photo(request: MemberRequest, pk: int) -> HttpResponse:
    """A photo for those in reach of its asset."""
    photo = get_object_or_404(AssetPhoto, pk=pk, asset__in=visible_to(request).order_by())
    return photo_response(photo, f"private, max-age={MONTH}, immutable", "aset")


def _asset(request: MemberRequest, pk: int) -> Asset:
    return get_object_or_404(visible_to(request).for_rows(), pk=pk)


def _offered(request: MemberRequest, verb: str, found: Asset) -> bool:
    return verb in FORMS and may(request.user, ASSET[verb], found) and (verb != "split" or found.is_lot)


def _answers(form: SeenForm) -> dict[str, Any]:
    if isinstance(form, forms.HandOverForm):
        return form.asked()
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}


def _told(move: Move, answer: Move | None) -> dict[str, Any]:
    """A journal row; a check says what was found, a write-off by which document, a transfer who answered it."""
    data = move.data
    parts = [str(CONDITION_LABELS[Condition(data["condition"])])] if "condition" in data else []
    parts += [str(data["document"])] if "document" in data else []
    serial = data.get("serial")
    parts += [_("nomor seri %(new)s") % {"new": serial[1] or "–"}] if isinstance(serial, list) else []
    by = answer if answer and move.verb in ("move", "stay") else move
    return {
        "label": move.done, "who": by.acted_as, "why": by.reason, "detail": " · ".join(parts), "moment": move.at,
    }  # fmt: skip
