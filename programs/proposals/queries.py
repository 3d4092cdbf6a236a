"""Questions about proposals: search, similar ones, orders, counts by state, what waits for moderators."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, When

from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from programs.models import Need
from programs.proposals.models import (
    CONFIG,
    AbuseReport,
    Comment,
    Proposal,
    ProposalQuerySet,
    Support,
)
from programs.proposals.states import CommentState, ProposalState
from programs.proposals.words import telling, terms

UNANSWERED = "terbuka"
# The word in an address for each state of the official answer.
ANSWER_WORDS = {
    UNANSWERED: "",
    "dikaji": "studied",
    "diterima": "accepted",
    "dirujuk": "referred",
    "ditolak": "declined",
    "terlaksana": "realised",
}
ORDERS: dict[str, tuple[Any, ...]] = {
    "": (F("published_at").desc(), "-pk"),
    "dukungan": ("-supports", F("published_at").desc(), "-pk"),
    "tanggapan": ("-comments", F("published_at").desc(), "-pk"),
}


def _query(term: str) -> SearchQuery:
    """A word and what it begins; short ones only as they are. Terms are letters and digits, so nothing is quoted."""
    return SearchQuery(f"{term}:*" if len(term) > 3 else term, config=CONFIG, search_type="raw")


def found(proposals: ProposalQuerySet, text: str) -> ProposalQuerySet:
    """Those in which every word of a search text occurs."""
    words = terms(text)
    if not words:
        return proposals
    for word in words:
        proposals = proposals.filter(search=_query(word))
    return proposals


def similar(text: str, *, besides: int | None = None, number: int = 5) -> list[Proposal]:
    """Public proposals that share telling words with a text, most shared first. One query, none without words."""
    words = telling(text)
    if not words:
        return []
    queries = [_query(word) for word in words]
    hits = sum((_hit(query) for query in queries[1:]), start=_hit(queries[0]))
    least = 1 if len(words) == 1 else max(2, -(-len(words) // 3))
    rows = (
        Proposal.objects.public()
        .filter(search=reduce(or_, queries))
        .annotate(hits=hits, rank=SearchRank(F("search"), reduce(or_, queries)))
        .filter(hits__gte=least)
        .order_by("-hits", "-rank", "-supports", "pk")
    )
    if besides:
        rows = rows.exclude(pk=besides)
    return list(rows.for_rows()[:number])


def _hit(query: SearchQuery) -> Any:
    return Case(When(search=query, then=1), default=0, output_field=IntegerField())


def counts_by_answer(proposals: QuerySet[Proposal]) -> dict[str, int]:
    """How many there are by the address word of the answer's state, and "" for all of them. One query."""
    rows = proposals.order_by().values_list("answer__state").annotate(Count("pk"))
    by_state = {state or "": count for state, count in rows}
    return {"": sum(by_state.values())} | {
        word: by_state.get(state, 0) for word, state in ANSWER_WORDS.items()
    }


def comments_of(proposal: Proposal) -> QuerySet[Comment]:
    """All of them, the oldest first: hidden and withdrawn ones leave a mark."""
    return proposal.comment_rows.select_related("organisation", "role_region")


def place_of_comment(comment: Comment) -> int:
    """How many comments of the thread come before it: its page follows from that."""
    earlier = Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lt=comment.pk)
    return Comment.objects.filter(earlier, proposal=comment.proposal_id).count()


def supports(user: User, proposal: Proposal) -> bool:
    return Support.objects.filter(user=user, proposal=proposal).exists()


def mine(user: User) -> ProposalQuerySet:
    """What this person proposed, of every state, the newest first."""
    return Proposal.objects.filter(user=user).for_rows().order_by("-created_at", "-pk")


def linked_needs(proposal: Proposal) -> list[Need]:
    """The public needs that came of a proposal, with what their rows show. One query."""
    needs = Need.objects.public().filter(proposal_links__proposal=proposal)
    return list(needs.for_rows().order_by("published_at", "pk"))


def origins_of(need: Need) -> list[Proposal]:
    """The public proposals that a need came of. One query."""
    return list(Proposal.objects.public().filter(need_links__need=need).order_by("need_links__linked_at"))


def needs_to_link(user: User, proposal: Proposal) -> QuerySet[Need]:
    """Public needs of the officer's own area and program that are not linked yet, the newest first."""
    own = Scope.of(user).as_q(Permission.PROPOSAL_ANSWER, Need.SCOPE_PATHS)
    needs = Need.objects.public().filter(own).exclude(proposal_links__proposal=proposal)
    return needs.for_rows().order_by("-published_at", "-pk")


# --- what waits for moderators


def _open_reports(**of: Any) -> Exists:
    return Exists(AbuseReport.objects.filter(settled_at=None, **of))


def queue(user: User) -> dict[str, ProposalQuerySet]:
    """What waits in this person's area by kind: of proposals, or of the proposals whose comments wait."""
    own = Proposal.objects.visible_to(user)
    waiting_comments = Comment.objects.filter(proposal=OuterRef("pk"))
    reported = waiting_comments.filter(_open_reports(comment=OuterRef("pk")), state=CommentState.PUBLISHED)
    appealed = waiting_comments.filter(state=CommentState.HIDDEN, appealed_at__isnull=False)
    return {
        "baru": own.filter(state=ProposalState.SUBMITTED),
        "dilaporkan": own.filter(
            Q(_open_reports(proposal=OuterRef("pk"), comment=None), state__in=("published", "closed"))
            | Q(Exists(reported))
        ),
        "keberatan": own.filter(
            Q(state=ProposalState.HIDDEN, appealed_at__isnull=False) | Q(Exists(appealed))
        ),
        "jawab": own.filter(state=ProposalState.PUBLISHED, answer=None),
        "berjalan": own.filter(answer__state__in=("studied", "accepted", "referred")),
        "semua": own,
    }


def waiting(user: User) -> int:
    """How many proposals wait for this moderator: new, reported or appealed against. One query."""
    kinds = queue(user)
    return (kinds["baru"] | kinds["dilaporkan"] | kinds["keberatan"]).distinct().count()


def troubled_comments(proposal: Proposal) -> Iterable[Comment]:
    """Comments of a proposal with open reports or an appeal."""
    rows = comments_of(proposal).annotate(
        reported=Count("abuse_reports", filter=Q(abuse_reports__settled_at=None))
    )
    return rows.filter(
        Q(reported__gt=0, state=CommentState.PUBLISHED)
        | Q(state=CommentState.HIDDEN, appealed_at__isnull=False)
    )
