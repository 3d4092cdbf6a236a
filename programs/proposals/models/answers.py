from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.scope import Paths
from accounts.verbs import Table
from programs.proposals.models.proposals import Proposal
from programs.proposals.states import ANSWER, ANSWER_STATE_LABELS, AnswerState


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Answer(models.Model):
    """What the offices say to a proposal, and how far it has come. Its journal is read by everybody."""

    VERBS: ClassVar[Table] = ANSWER
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="proposal__region", program="proposal__program")

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="answer")
    state = models.CharField(
        max_length=20, default=AnswerState.STUDIED,
        choices=[(state.value, label) for state, label in ANSWER_STATE_LABELS.items()],
    )  # fmt: skip
    text = models.TextField(_("jawaban"), max_length=2000)
    program = models.ForeignKey(
        "programs.Program", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("dirujuk ke program"),
    )  # fmt: skip
    answered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="answer_referred_names_a_program",
                condition=~Q(state="referred") | Q(program__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal}: {self.state_label}"

    @property
    def owner_id(self) -> int | None:
        """Who proposed: that person does not answer it, whatever their office."""
        return self.proposal.user_id

    @property
    def state_label(self) -> str | Promise:
        return ANSWER_STATE_LABELS[AnswerState(self.state)]


class AnswerMove(Move):
    subject = models.ForeignKey(Answer, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
