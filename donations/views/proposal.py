"""The public page of a proposal: what it is, what the offices said, and what came of it down to the handovers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import clock
from accounts.actions import may
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.queries import arrivals_for
from programs.proposals.models import Comment, Proposal
from programs.proposals.queries import comments_of, linked_needs, place_of_comment, similar, supports
from programs.proposals.states import ProposalState
from programs.proposals.views.reading import may_read_hidden, picture_of, reader
from programs.proposals.views.thread import comment_form
from programs.proposals.wording import (
    gone_words,
    mark_of,
    place_of,
    proposal_row,
    public_timeline,
    said,
)
from programs.wording import need_row
from regions.public_version import known_parameters, public_page

COMMENTS_A_PAGE = 20
OWN_VERBS = ("edit", "appeal", "withdraw")


@login_not_required
@public_page
@known_parameters("tanggapan", "hal")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What everybody may read; before it is published, its author and officers in reach only."""
    found = get_object_or_404(Proposal.objects.for_rows(), pk=pk)
    within = may_read_hidden(request, found)
    if found.published_at is None and not within:
        raise Http404
    person = reader(request)
    needs = linked_needs(found)
    comments = _comments(request, found)
    moves = public_timeline(found)
    context = {
        "proposal": found,
        "shown": found.state != ProposalState.HIDDEN or within,
        "gone": gone_words(found.state, found.rule, found.rule_note),
        "place": place_of(found.region),
        "mark": mark_of(found),
        "picture": picture_of(found),
        "answer": getattr(found, "answer", None),
        "needs": [need_row(need) for need in needs],
        "arrivals": arrivals_for(needs) if needs else [],
        "comments": comments,
        "thread": _thread(found, comments, person),
        "similar": _similar(found) if found.is_public else [],
        "moves": moves,
        "answered_by": next((move["who"] for move in moves if move["why"]), ""),
        "as_of": clock.now(),
        **(_personal(found, person) if person else {}),
    }
    return render(request, "proposals/proposal.html", context)


def _similar(found: Proposal) -> list[dict[str, Any]]:
    return [proposal_row(one) for one in similar(found.title, besides=found.pk, number=3)]


def _comments(request: HttpRequest, found: Proposal) -> Page[Comment]:
    """One page of the thread: the one that a comment stands on (`?tanggapan=`), else `?hal=`."""
    pages = Paginator(comments_of(found), COMMENTS_A_PAGE)
    asked = request.GET.get("tanggapan", "")
    if asked.isdecimal() and len(asked) < 16:
        comment = Comment.objects.filter(pk=int(asked), proposal=found).first()
        if comment is not None:
            return pages.get_page(place_of_comment(comment) // COMMENTS_A_PAGE + 1)
    return pages.get_page(request.GET.get("hal"))


def _thread(found: Proposal, page: Page[Comment], person: User | None) -> list[Any]:
    moderates = person is not None and Scope.of(person).covers(Permission.PROPOSAL_MODERATE, found)
    return [said(comment, reader=person.pk if person else None, moderates=moderates) for comment in page]


def _personal(found: Proposal, person: User) -> dict[str, Any]:
    """What this reader did and may do here."""
    return {
        "behind": supports(person, found),
        "form": comment_form(person, found) if found.is_open else None,
        "is_own": found.user_id == person.pk,
        "own_verbs": [
            rule for name in OWN_VERBS
            if found.state in (rule := Proposal.VERBS[name]).sources and may(person, rule, found)
            and not (name == "appeal" and found.appealed_at)
        ],
        "at_desk": Scope.of(person).covers(Permission.PROPOSAL_SEE, found),
    }  # fmt: skip
