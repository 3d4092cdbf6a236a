"""A collaborator's own commitments: the list, one pledge, and the thanks."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from donations.pledges.actions.repeats import due_on
from donations.pledges.forms.own import CommitmentFilter
from donations.pledges.models import Commitment, Pledge, Repeat
from donations.pledges.queries import own_commitments, own_totals, own_years, unsent_drafts
from donations.pledges.states import CommitmentState, RepeatState
from donations.pledges.unread import new_about
from donations.pledges.way import with_way
from donations.pledges.wording import contact_due, next_step, where_it_stands
from programs.wording import quantity_in_unit as amount

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
    """All commitments of one's organisations: searched, filtered, in order, in pages, with their sums."""
    assert isinstance(request.user, User)
    form, found = asked(request, request.user)
    page = Paginator(with_way(found.for_rows()), PAGE_SIZE).get_page(request.GET.get("hal"))  # type: ignore[attr-defined]
    query = request.GET.copy()
    query.pop("hal", None)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(list(page), request.user),
        "totals": own_totals(found),
        "query": query.urlencode(),
        "drafts": unsent_drafts(request.user) if page.number == 1 else (),
        "asked": form.is_asked,
    }
    return render(request, "pledges/list.html", context)


def asked(request: HttpRequest, user: User) -> tuple[CommitmentFilter, Any]:
    own = own_commitments(user)
    form = CommitmentFilter(request.GET, years=own_years(own))
    return form, form.apply(own)


@require_safe
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One pledge: each commitment with where it stands, its bar, its next step and who owes it."""
    found = get_object_or_404(Pledge.objects.visible_to(request.user).select_related("collaborator"), pk=pk)
    assert isinstance(request.user, User)
    rows = _rows(_commitments(found), request.user)
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
    unplaced = [one for one in commitments if not one.allocations.all()]
    context = {
        "pledge": found,
        "rows": [commitment_row(one) for one in commitments],
        "contact_by": found.submitted_at + timedelta(hours=settings.KSBB_CONTACT_HOURS),
        "held_until": min(held, default=None),
        "offers": any(one.is_offer for one in unplaced),
        "wishes": any(not one.is_offer for one in unplaced),
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


def _rows(commitments: list[Commitment], user: User) -> list[dict[str, Any]]:
    """Lines with `new`, how many messages this person has not read; one query more, however many they are."""
    new = new_about(user, [one.pk for one in commitments])
    return [{**commitment_row(one), "new": new.get(one.pk, 0)} for one in commitments]


def commitment_row(commitment: Commitment) -> dict[str, Any]:
    """What a line about a commitment shows; it was read with `with_way`."""
    waiting = commitment.state == CommitmentState.SUBMITTED
    return {
        "commitment": commitment,
        "amount": amount(commitment.aid_type, commitment.live or commitment.quantity),
        "mark": MARKS.get(CommitmentState(commitment.state), "closed"),
        "coverage": commitment.coverage if commitment.live else None,
        "standing": where_it_stands(commitment),
        "next": next_step(commitment),
        "contact_by": contact_due(commitment) if waiting and not commitment.contacted_at else None,
        "held_until": commitment.answer_by if waiting else None,
    }


def _commitments(found: Pledge) -> list[Commitment]:
    """With allocations, what was sent of them and how it was reported, in a fixed number of queries."""
    rows: Any = found.commitments.all()
    return list(with_way(rows.for_rows()).order_by("pk"))


def _letter(found: Pledge) -> list[str]:
    return found.statement.split("\n\n") if found.statement else []
