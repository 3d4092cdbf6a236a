import uuid
from datetime import datetime, timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.messages.states import MESSAGE, THREAD, THREAD_STATE_LABELS, MessageState, ThreadState
from donations.pledges.models import Commitment

LONGEST = 4000
# How long after sending a message can be taken back.
WITHDRAWABLE = timedelta(minutes=10)


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: object) -> "ThreadQuerySet":
        """Threads of which this person is a party: by organisation, or as an officer of the place."""
        scope = Scope.of(user)
        return self.filter(
            scope.as_q(Permission.THREAD_WRITE, Thread.SCOPE_PATHS)
            | scope.as_q(Permission.THREAD_ANSWER, Thread.SCOPE_PATHS)
        )

    def for_rows(self) -> "ThreadQuerySet":
        return self.select_related(
            "commitment__pledge__collaborator", "commitment__aid_type", "commitment__region",
            "commitment__site",
        )  # fmt: skip

    def waiting(self) -> "ThreadQuerySet":
        return self.filter(state=ThreadState.WAITING)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Thread(models.Model):
    """The one conversation about a commitment; it begins with its first message."""

    VERBS: ClassVar[Table] = THREAD
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="commitment__region",
        site="commitment__site",
        program="commitment__program",
        organisations={
            Role.COLLABORATOR: "commitment__pledge__collaborator",
            Role.AGGREGATOR: "commitment__aggregator",
            Role.EXECUTOR: "commitment__executor",
        },
    )

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="thread")
    state = models.CharField(max_length=20, default=ThreadState.WAITING)
    # Since when somebody waits for an office's answer: of several messages in a row, the first one.
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    last_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[ThreadQuerySet] = ThreadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-last_at", "-id")
        indexes = (
            models.Index(
                fields=("waiting_since",), condition=Q(state="waiting"), name="thread_waiting_since"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="thread_waiting_has_its_time",
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since=None)),
            ),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return str(self.commitment)

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.commitment_id])

    @property
    def state_label(self) -> str | Promise:
        return THREAD_STATE_LABELS[ThreadState(self.state)]


class ThreadMove(Move):
    subject = models.ForeignKey(Thread, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


class Message(models.Model):
    """One message, as it was sent. The database lets nobody change it but to take it back, empty."""

    VERBS: ClassVar[Table] = MESSAGE
    OWN_WORDS: ClassVar[str] = "author"
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="thread__commitment__region",
        site="thread__commitment__site",
        program="thread__commitment__program",
        organisations={
            Role.COLLABORATOR: "thread__commitment__pledge__collaborator",
            Role.AGGREGATOR: "thread__commitment__aggregator",
            Role.EXECUTOR: "thread__commitment__executor",
        },
    )

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    # The move of the thread that sent it says as what its author wrote.
    move = models.OneToOneField(ThreadMove, models.PROTECT, related_name="message", null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("pesan"), max_length=LONGEST, blank=True)
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    # One form, one message: the same key never makes a second one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, default=MessageState.SENT)

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="message_withdrawn_says_nothing", condition=~Q(state="withdrawn") | Q(text="")
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="sent_is_sent",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF (NEW.thread_id, NEW.author_id, NEW.sent_at, NEW.key) "
                    "IS DISTINCT FROM (OLD.thread_id, OLD.author_id, OLD.sent_at, OLD.key) "
                    "OR (OLD.move_id IS NOT NULL AND NEW.move_id IS DISTINCT FROM OLD.move_id) "
                    "OR OLD.state = 'withdrawn' "
                    "OR (NEW.text <> OLD.text AND NEW.state <> 'withdrawn') THEN "
                    "RAISE EXCEPTION 'message % was sent', OLD.id USING ERRCODE = 'check_violation'; "
                    "END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.thread_id}/{self.pk}"

    @property
    def owner_id(self) -> int:
        """Whose verb "withdraw" is."""
        return self.author_id

    @property
    def withdrawable_until(self) -> datetime:
        return self.sent_at + WITHDRAWABLE


class MessageMove(Move):
    subject = models.ForeignKey(Message, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


class ThreadRead(models.Model):
    """How far one person has read a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "user"), name="thread_read_once_a_person"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.message_id}"
