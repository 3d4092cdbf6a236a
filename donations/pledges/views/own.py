"""A collaborator's own pledges: the list, one pledge, and the thanks."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from donations.pledges.actions.repeats import due_on
from donations.pledges.forms.own import PledgeFilter
from donations.pledges.models import Allocation, Commitment, CommitmentMove, Pledge, Repeat
from donations.pledges.queries import pledge_rows, unsent_drafts
from donations.pledges.states import CommitmentState, RepeatState
from donations.pledges.wording import contact_due, next_step
from programs.wording import quantity_in_unit as amount
from regions.notation import when

PAGE_SIZE = 25
# How a state of a commitment is marked: the shapes of components/status.html.
MARKS = {
    CommitmentState.SUBMITTED: "held",
    CommitmentState.ACCEPTED: "allocated",
    CommitmentState.FULFILLED: "verified",
    CommitmentState.CLOSED_SHORT: "closed",
}


@require_safe
def pledges(request: HttpRequest) -> HttpResponse:
    """All pledges of one's organisations: searched, filtered, in pages."""
    assert isinstance(request.user, User)
    form = PledgeFilter(request.GET)
    found = form.apply(pledge_rows(request.user)) if form.is_valid() else pledge_rows(request.user)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "page": page,
        "rows": [(one, [commitment_row(c) for c in one.rows]) for one in page],  # type: ignore[attr-defined]
        "drafts": unsent_drafts(request.user) if page.number == 1 else (),
        "asked": form.is_asked,
    }
    return render(request, "pledges/list.html", context)


@require_safe
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One pledge: each commitment with its bar, its next step and who owes it, and what happened."""
    found = get_object_or_404(Pledge.objects.visible_to(request.user).select_related("collaborator"), pk=pk)
    rows = [{**commitment_row(one), "moves": _timeline(one)} for one in _commitments(found)]
    crumbs = [{"label": _("Ikrar saya"), "href": reverse("pledges")}, {"label": found.number, "href": ""}]
    context = {
        "pledge": found,
        "rows": rows,
        "letter": _letter(found),
        "crumbs": crumbs,
        "repeats": repeat_rows(found),
    }
    return render(request, "pledges/pledge.html", context)


@require_safe
def pledge_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next, right after a pledge was sent."""
    found = get_object_or_404(Pledge.objects.visible_to(request.user).select_related("collaborator"), pk=pk)
    commitments = _commitments(found)
    held = [a.expires_at for c in commitments for a in c.allocations.all() if a.expires_at]
    context = {
        "pledge": found,
        "rows": [commitment_row(one) for one in commitments],
        "contact_by": found.submitted_at + timedelta(hours=settings.KSBB_CONTACT_HOURS),
        "held_until": min(held, default=None),
    }
    return render(request, "pledges/thanks.html", context)


def repeat_rows(found: Pledge) -> list[dict[str, Any]]:
    """What of a pledge comes again: when next, how often still, and what happened to it."""
    repeats = (
        Repeat.objects.filter(first__pledge=found)
        .select_related("first__aid_type", "first__region", "first__site")
        .prefetch_related("moves")
    )
    return [
        {
            "repeat": one,
            "amount": amount(one.first.aid_type, one.first.live or one.first.quantity),
            "place": one.first.recipient_name,
            "on": due_on(one) if one.announced_at else one.next_on,
            "is_active": one.state == RepeatState.ACTIVE,
            "seen": max((move.pk for move in one.moves.all()), default=0),
            "missed": [move for move in one.moves.all() if move.verb == "miss"][-1:],
        }
        for one in repeats
    ]


def commitment_row(commitment: Commitment) -> dict[str, Any]:
    """What a line about a commitment shows."""
    waiting = commitment.state == CommitmentState.SUBMITTED
    return {
        "commitment": commitment,
        "amount": amount(commitment.aid_type, commitment.live or commitment.quantity),
        "mark": MARKS.get(CommitmentState(commitment.state), "closed"),
        "coverage": commitment.coverage if commitment.live else None,
        "next": next_step(commitment),
        "contact_by": contact_due(commitment) if waiting and not commitment.contacted_at else None,
        "held_until": commitment.answer_by if waiting else None,
    }


def _commitments(found: Pledge) -> list[Commitment]:
    """With allocations, what was sent of them and how it was reported, in a fixed number of queries."""
    allocations = Allocation.objects.select_related(
        "need__aid_type", "need__region", "need__site"
    ).prefetch_related("lines__delivery", "lines__reports__handover")
    moves = CommitmentMove.objects.select_related("organisation", "region", "site")
    rows = found.commitments.for_rows().prefetch_related(
        Prefetch("allocations", allocations), Prefetch("moves", moves)
    )
    return list(rows.order_by("pk"))


def _timeline(commitment: Commitment) -> list[dict[str, Any]]:
    """Newest first: the commitment's own journal, its deliveries and its reports; the next step on top."""
    entries: list[dict[str, Any]] = [
        {"label": move.done, "who": move.acted_as, "why": move.reason, "moment": move.at}
        for move in commitment.moves.all()  # type: ignore[attr-defined]
    ]
    entries.sort(key=lambda entry: entry["moment"], reverse=True)
    owed = next_step(commitment)
    if owed is not None:
        due = _("sebelum %(moment)s") % {"moment": when(owed.due, "moment_short")} if owed.due else ""
        entries.insert(0, {"label": owed.what, "who": owed.who, "detail": due, "next": True})
    return entries


def _letter(found: Pledge) -> list[str]:
    return found.statement.split("\n\n") if found.statement else []
