"""Stories: one verified handover, told by an officer in both languages."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.handovers.models import Handover
from donations.stories.states import STORY, STORY_STATE_LABELS, StoryState
from programs.models.programs import in_readers_language


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: object) -> "StoryQuerySet":
        """Those that this officer may write: whoever verifies handovers there."""
        return self.filter(Scope.of(user).as_q(Permission.HANDOVER_VERIFY, Story.SCOPE_PATHS))

    def published(self) -> "StoryQuerySet":
        return self.filter(state=StoryState.PUBLISHED)

    def for_rows(self) -> "StoryQuerySet":
        return self.select_related(
            "handover__delivery__program", "handover__delivery__region__parent", "handover__delivery__site"
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Story(models.Model):
    """A short text about one verified handover; its figures and photos are read from the report, never typed."""

    VERBS: ClassVar[Table] = STORY
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="handover__delivery__region",
        site="handover__delivery__site",
        program="handover__delivery__program",
    )

    handover = models.ForeignKey(
        Handover, models.PROTECT, related_name="stories", verbose_name=_("berita acara")
    )
    title = models.CharField(_("judul"), max_length=120)
    title_en = models.CharField(_("judul (Inggris)"), max_length=120)
    text = models.TextField(_("kisah"), max_length=4000)
    text_en = models.TextField(_("kisah (Inggris)"), max_length=4000)
    state = models.CharField(max_length=20, default=StoryState.DRAFT)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[StoryQuerySet] = StoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="story_published_at_a_time",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="story_told_in_both_languages",
                condition=~(Q(title="") | Q(title_en="") | Q(text="") | Q(text_en="")),
            ),
        )

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])

    @property
    def headline(self) -> str:
        return in_readers_language(self.title, self.title_en)

    @property
    def body(self) -> str:
        return in_readers_language(self.text, self.text_en)

    @property
    def state_label(self) -> str | Promise:
        return STORY_STATE_LABELS[StoryState(self.state)]


class StoryMove(Move):
    subject = models.ForeignKey(Story, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
