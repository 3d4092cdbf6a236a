import uuid
from datetime import timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from programs.proposals.models.proposals import Author, ForumMove, Moderated, Proposal, counting
from programs.proposals.rules import Rule
from programs.proposals.states import COMMENT, COMMENT_STATE_LABELS, CommentState

EDIT_MINUTES = 15


class Support(models.Model):
    """One person stands behind one proposal; taken back, the row is gone. Triggers count them."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="support_rows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supports")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("proposal", "user"), name="support_once_a_person"),)
        triggers = (counting("supports", "insert"), counting("supports", "delete"))

    def __str__(self) -> str:
        return f"{self.user_id} → {self.proposal_id}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: object) -> "CommentQuerySet":
        """What this person moderates."""
        return self.filter(Scope.of(user).as_q(Permission.PROPOSAL_SEE, Comment.SCOPE_PATHS))

    def for_rows(self) -> "CommentQuerySet":
        return self.select_related("organisation", "role_region", "proposal__region", "proposal__program")


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["state", "rule", "proposal"],
    model_name="CommentEvent",
)
class Comment(Author, Moderated):
    """What somebody says to a proposal. `role` and `role_region` are kept when an officer in reach writes."""

    VERBS: ClassVar[Table] = COMMENT
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="proposal__region", program="proposal__program")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comment_rows")
    body = models.TextField(_("tanggapan"), max_length=1500)
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.label) for role in Role])
    role_region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=20, default=CommentState.PUBLISHED,
        choices=[(state.value, label) for state, label in COMMENT_STATE_LABELS.items()],
    )  # fmt: skip
    created_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[CommentQuerySet] = CommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("proposal", "created_at"), name="comment_proposal_created"),)
        constraints = (
            models.CheckConstraint(
                name="comment_hidden_names_a_rule", condition=~Q(state="hidden") | ~Q(rule="")
            ),
            models.CheckConstraint(
                name="comment_withdrawn_is_nobodys",
                condition=~Q(state="withdrawn") | Q(user=None, organisation=None, display_name="", body=""),
            ),
        )
        triggers = (
            counting("comments", "insert", "state = 'published'"),
            counting("comments", "update", "state = 'published'"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.proposal.number} #{self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.proposal.get_absolute_url()}?tanggapan={self.pk}#tanggapan-{self.pk}"

    @property
    def state_label(self) -> str | Promise:
        return COMMENT_STATE_LABELS[CommentState(self.state)]

    @property
    def official(self) -> str:
        """ "Asesor Jakarta Selatan" when an officer wrote it as one, else ""."""
        if not self.role:
            return ""
        label = str(Role(self.role).label)
        place = f" {self.role_region}" if self.role_region else ""
        return f"{label[:1].upper()}{label[1:]}{place}"

    @property
    def is_editable(self) -> bool:
        """Its author may still change it."""
        in_time = clock.now() < self.created_at + timedelta(minutes=EDIT_MINUTES)
        return self.state == CommentState.PUBLISHED and in_time


class CommentMove(ForumMove):
    subject = models.ForeignKey(Comment, models.PROTECT, related_name="moves")

    class Meta(ForumMove.Meta):
        abstract = False


class AbuseReport(models.Model):
    """Somebody tells the moderators that a proposal, or a comment on it, breaks a rule; once a person."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="abuse_reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="abuse_reports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rule = models.CharField(_("aturan yang dilanggar"), max_length=20, choices=Rule)
    note = models.CharField(_("penjelasan"), max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "comment", "user"),
                nulls_distinct=False,
                name="abuse_report_once_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.comment_id}: {self.rule}"
