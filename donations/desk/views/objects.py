"""The pages of one commitment and of one need, for everybody in reach: composed of what all rooms know."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.actions import may
from accounts.http import MemberRequest
from accounts.models import User
from donations.deliveries.models import Delivery
from donations.desk.commitments import PROGRESS_MARKS, page_of
from donations.desk.panels import address
from donations.desk.rows import quantities
from donations.desk.words import need_facts, told
from donations.handovers.models import Handover
from donations.pledges.models import Commitment
from donations.pledges.way import with_way
from programs.adjustments.states import ADJUSTMENT
from programs.adjustments.wording import asked_for, asking
from programs.models import Adjustment, Need


@require_GET
def commitment(request: MemberRequest, pk: int) -> HttpResponse:
    """A commitment: where it stands, who owes the next step, what may be changed, and everything that happened."""
    rows = with_way(Commitment.objects.visible_to(request.user).for_rows().select_related("thread"))
    item = get_object_or_404(rows, pk=pk)
    return render(request, "commitments/commitment.html", page_of(item, request.user))


def _trips(user: Any, **which: Any) -> list[tuple[Delivery, str, list[Handover]]]:
    """Deliveries in reach with what is on board and their reports; a fixed number of queries."""
    reports: QuerySet[Handover] = Handover.objects.visible_to(user).exclude(state="discarded")
    found = (
        Delivery.objects.visible_to(user)
        .filter(**which)
        .distinct()
        .for_rows()
        .prefetch_related(Prefetch("handovers", reports, to_attr="reports"))
    )
    return [(trip, quantities(trip), trip.reports) for trip in found.order_by("-planned_on", "-pk")[:50]]  # type: ignore[attr-defined]


@require_GET
def desk_need(request: MemberRequest, pk: int) -> HttpResponse:
    """A need as officers see it, drafts included: for a draft it is the preview."""
    need = get_object_or_404(Need.objects.visible_to(request.user).for_rows(), pk=pk)
    gifts = (
        need.allocations.select_related("commitment__pledge__collaborator", "commitment__aid_type")
        .filter(commitment__in=Commitment.objects.visible_to(request.user))
        .order_by("-pk")[:100]
    )
    context = {
        "need": need,
        "verbs": verbs(need, request.user),
        "adjustments": _adjustments(need, request.user),
        "facts": need_facts(need),
        "gifts": [(one, PROGRESS_MARKS[one.progress]) for one in gifts],
        "deliveries": _trips(request.user, lines__allocation__need=need),
        "moves": told(need),
        "public_href": address("need", need.pk) if need.published_at else "",
    }
    return render(request, "desk/need.html", context)


def _adjustments(need: Need, user: User) -> list[dict[str, Any]]:
    """What the recipient asked about the need, newest first, with what may be done about it. Two queries."""
    return [
        {
            "item": item,
            "asked": asked_for(item),
            "moves": item.moves.all(),
            "verbs": [
                (verb, reverse("adjustment_verb", args=[item.pk, verb.name]))
                for verb in ADJUSTMENT.possible(item.state)
                if may(user, verb, item)
            ],
        }
        for item in need.adjustments.for_rows().prefetch_related("moves")[:10]
    ]


def verbs(need: Need, user: User) -> list[dict[str, Any]]:
    """Buttons of a need: each with name, label, href, kind."""
    made: list[dict[str, Any]] = []
    for verb in Need.VERBS.possible(need.state):
        if not may(user, verb, need):
            continue
        href = (
            reverse(f"need_{verb.name}", args=[need.pk])
            if verb.name in ("edit", "revise")
            else reverse("need_verb", args=[need.pk, verb.name])
        )
        kind = "danger" if verb.name == "close" else "primary" if verb.name in ("publish", "resume") else ""
        made.append({"name": verb.name, "label": verb.label, "href": href, "kind": kind})
    if (ask := asking(need)) and may(user, ADJUSTMENT["ask"], Adjustment(need=need)):
        href = reverse("adjustment_new", args=[need.pk])
        made.append({"name": "ask", "label": ask["label"], "href": href, "kind": ""})
    return sorted(made, key=lambda verb: verb["kind"] != "primary")
