import secrets
import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope, within
from accounts.verbs import Table
from programs.proposals.rules import Rule
from programs.proposals.states import PROPOSAL, PROPOSAL_STATE_LABELS, AnswerState, ProposalState

CONFIG = "indonesian"
"""The full-text configuration of PostgreSQL that knows Indonesian endings."""

READ_BY_ALL = (ProposalState.PUBLISHED, ProposalState.CLOSED)


def picture_path(row: models.Model, filename: str) -> str:
    """Where a picture lies: under an unguessable name, whatever the phone called it."""
    return f"proposals/{secrets.token_hex(12)}.jpg"


class Author(models.Model):
    """Who wrote something, and as whom it is shown: an organisation that may be named, or a chosen name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    display_name = models.CharField(_("nama yang ditampilkan"), max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def owner_id(self) -> int | None:
        """Whose it is: that person performs its own verbs."""
        return self.user_id

    @property
    def shown_as(self) -> str:
        """The name that everybody reads; never an e-mail address, a phone number or an account's name."""
        organisation = self.organisation
        if organisation is not None and organisation.may_be_named and organisation.is_confirmed:
            return organisation.name
        return self.display_name or str(_("Warga Jakarta"))


class Moderated(models.Model):
    """What moderators may hide: which rule it broke, why, and what its author holds against that."""

    rule = models.CharField(_("aturan yang dilanggar"), max_length=20, choices=Rule, blank=True)
    rule_note = models.CharField(_("penjelasan moderator"), max_length=500, blank=True)
    appeal = models.TextField(_("keberatan"), max_length=1000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def public(self) -> "ProposalQuerySet":
        """What everybody may read."""
        return self.filter(state__in=READ_BY_ALL)

    def told(self) -> "ProposalQuerySet":
        """What has a public page, if only to say that it was hidden or taken back since it was published."""
        return self.exclude(published_at=None)

    def visible_to(self, user: object) -> "ProposalQuerySet":
        """What this person works with as an officer, of every state."""
        return self.filter(Scope.of(user).as_q(Permission.PROPOSAL_SEE, Proposal.SCOPE_PATHS))

    def open(self) -> "ProposalQuerySet":
        return self.filter(state=ProposalState.PUBLISHED)

    def within(self, code: str) -> "ProposalQuerySet":
        return self.filter(within("region", code))

    def answered(self, state: str) -> "ProposalQuerySet":
        """By the state of the official answer; "" for those that have none."""
        return self.filter(answer__state=state) if state else self.filter(answer=None)

    def for_rows(self) -> "ProposalQuerySet":
        """With everything that a row of a list shows, in one query."""
        return self.select_related(
            "region__parent__parent__parent", "program", "organisation", "answer__program"
        )


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    # Not what people wrote: what they take back has to be gone.
    fields=["state", "region", "program", "rule", "published_at"],
    model_name="ProposalEvent",
)
class Proposal(Author, Moderated):
    """What somebody proposes to do together: what, for whom, where, and what they can bring.

    `supports` and `comments` are counted by triggers. `title_words` and `body_words` are the text with its
    spelling made comparable; the database keeps their full-text vector.
    """

    VERBS: ClassVar[Table] = PROPOSAL
    KEPT_BY_DATABASE: ClassVar[tuple[str, ...]] = ("supports", "comments", "search")
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", program="program")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("judul"), max_length=120)
    body = models.TextField(_("usulan"), max_length=3000)
    for_whom = models.CharField(_("untuk siapa"), max_length=200)
    offer = models.TextField(_("yang dapat Anda bawa"), max_length=1000, blank=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="proposals", verbose_name=_("wilayah")
    )
    program = models.ForeignKey(
        "programs.Program", models.PROTECT, null=True, blank=True, related_name="proposals",
        verbose_name=_("program"), help_text=_("Kosong berarti program baru."),
    )  # fmt: skip
    picture = models.ImageField(
        upload_to=picture_path, width_field="picture_width", height_field="picture_height", blank=True
    )
    picture_width = models.PositiveIntegerField(editable=False, null=True)
    picture_height = models.PositiveIntegerField(editable=False, null=True)
    picture_text = models.CharField(_("isi gambar"), max_length=150, blank=True)
    state = models.CharField(
        max_length=20, default=ProposalState.SUBMITTED,
        choices=[(state.value, label) for state, label in PROPOSAL_STATE_LABELS.items()],
    )  # fmt: skip
    created_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    supports = models.PositiveIntegerField(default=0, editable=False)
    comments = models.PositiveIntegerField(default=0, editable=False)
    title_words = models.CharField(max_length=400, blank=True, editable=False)
    body_words = models.TextField(blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title_words", weight="A", config=CONFIG)
        + SearchVector("body_words", weight="C", config=CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-published_at", "-id")
        indexes = (
            GinIndex(fields=("search",), name="proposal_search"),
            models.Index(fields=("state", "-published_at"), name="proposal_state_published"),
            models.Index(fields=("state", "-supports"), name="proposal_state_supports"),
        )
        constraints = (
            models.CheckConstraint(
                name="proposal_published_when_it_is_public",
                condition=Q(state__in=("submitted", "hidden", "withdrawn")) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_hidden_names_a_rule", condition=~Q(state="hidden") | ~Q(rule="")
            ),
            models.CheckConstraint(
                name="proposal_withdrawn_is_nobodys",
                condition=~Q(state="withdrawn") | Q(user=None, organisation=None, display_name="", body=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.pk])

    @property
    def number(self) -> str:
        return f"U-{timezone.localtime(self.created_at).year}-{self.pk:05d}" if self.pk else ""

    @property
    def heading(self) -> str | Promise:
        """The title, or what stands in its place once it was taken back."""
        return self.title or _("Usulan yang dihapus pengusulnya")

    @property
    def state_label(self) -> str | Promise:
        return PROPOSAL_STATE_LABELS[ProposalState(self.state)]

    @property
    def program_title(self) -> str | Promise:
        return self.program.title if self.program else _("program baru")

    @property
    def answer_state(self) -> AnswerState | None:
        """The state of the official answer; None while there is none."""
        answer = getattr(self, "answer", None)
        return AnswerState(answer.state) if answer else None

    @property
    def is_public(self) -> bool:
        return self.state in READ_BY_ALL

    @property
    def is_open(self) -> bool:
        """Support and comments come in."""
        return self.state == ProposalState.PUBLISHED


class ForumMove(Move):
    """A journal whose rows may be the author's own: then without a role."""

    class Meta(Move.Meta):
        abstract = True

    @property
    def acted_as(self) -> str:
        return str(_("penulisnya")) if self.actor_id and not self.role else super().acted_as


class ProposalMove(ForumMove):
    subject = models.ForeignKey(Proposal, models.PROTECT, related_name="moves")

    class Meta(ForumMove.Meta):
        abstract = False


class ProposalNeed(models.Model):
    """A need that came of a proposal; an officer links them."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="need_links")
    need = models.ForeignKey("programs.Need", models.PROTECT, related_name="proposal_links")
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("linked_at", "id")
        constraints = (models.UniqueConstraint(fields=("proposal", "need"), name="proposal_need_once"),)

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.need_id}"


def counting(column: str, event: str, condition: str = "true") -> pgtrigger.Trigger:
    """A statement trigger that adds the rows that came under a condition to a counter of proposals, less those that left.

    `event`: "insert", "update" or "delete".
    """
    tables = {"new": ("+", "new_rows"), "old": ("-", "old_rows")}
    seen = {"insert": ("new",), "delete": ("old",), "update": ("new", "old")}[event]
    rows = " UNION ALL ".join(
        f"SELECT proposal_id, {sign}1 AS n FROM {table} WHERE {condition}"
        for sign, table in (tables[name] for name in seen)
    )
    return pgtrigger.Trigger(
        name=f"count_{event}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=getattr(pgtrigger, event.capitalize()),
        referencing=pgtrigger.Referencing(**{name: tables[name][1] for name in seen}),
        func=f"UPDATE programs_proposal p SET {column} = p.{column} + d.n FROM "
        f"(SELECT proposal_id, SUM(n) AS n FROM ({rows}) c GROUP BY proposal_id) d "
        f"WHERE p.id = d.proposal_id AND d.n <> 0; RETURN NULL;",
    )
