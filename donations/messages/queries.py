"""Who may read which conversation, and what of it is new to whom."""

from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.messages.models import Message, Thread, ThreadRead
from donations.messages.models.threads import ThreadQuerySet
from donations.messages.states import MessageState
from donations.pledges.models import Commitment
from donations.pledges.models.commitments import CommitmentQuerySet


def talkable(user: object) -> CommitmentQuerySet:
    """Commitments about which this person may read and write: as a party, or as an officer of the place."""
    scope = Scope.of(user)
    paths = Commitment.SCOPE_PATHS
    return Commitment.objects.filter(
        scope.as_q(Permission.THREAD_WRITE, paths) | scope.as_q(Permission.THREAD_ANSWER, paths)
    )


def messages_of(commitment: Commitment) -> QuerySet[Message]:
    """With their senders' roles and attachments, oldest first; two queries."""
    return (
        Message.objects.filter(thread__commitment=commitment)
        .select_related("move__organisation", "move__region", "move__site", "thread")
        .prefetch_related("attachments")
        .order_by("pk")
    )


def unread(user: User, commitments: Iterable[int]) -> dict[int, int]:
    """How many messages of others this person has not seen, by commitment; one query, also for none."""
    seen = ThreadRead.objects.filter(thread=OuterRef("thread"), user=user).values("message")[:1]
    rows = (
        Message.objects.filter(thread__commitment__in=list(commitments), state=MessageState.SENT)
        .exclude(author=user)
        .annotate(seen=Coalesce(Subquery(seen), 0))
        .filter(pk__gt=F("seen"))
        .values("thread__commitment")
        .annotate(n=Count("pk"))
        .values_list("thread__commitment", "n")
        .order_by()
    )
    return dict(rows)


def thread_rows(user: User) -> ThreadQuerySet:
    """Conversations in reach with `new` (messages of others, not seen by this person), the latest first."""
    seen = ThreadRead.objects.filter(thread=OuterRef("thread"), user=user).values("message")[:1]
    new = (
        Message.objects.filter(thread=OuterRef("pk"), state=MessageState.SENT)
        .exclude(author=user)
        .annotate(seen=Coalesce(Subquery(seen), 0))
        .filter(pk__gt=F("seen"))
        .order_by()
        .values("thread")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Thread.objects.visible_to(user).for_rows()
    return rows.annotate(new=Coalesce(Subquery(new), 0)).order_by("-last_at", "-pk")


def narrowed(rows: ThreadQuerySet, text: str) -> ThreadQuerySet:
    """Those whose giver, place or number fits."""
    text = text.strip()
    if not text:
        return rows
    fits = Q(commitment__pledge__collaborator__name__icontains=text) | Q(
        commitment__region__full_name__icontains=text
    )
    digits = text.upper().replace(" ", "").rpartition("-")[2]
    if digits.isdecimal() and len(digits) < 12:
        fits |= Q(commitment=int(digits))
    return rows.filter(fits)
