import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts import clock
from programs.proposals.models.proposals import Proposal, picture_path


class ProposalDraft(models.Model):
    """A proposal that is being written: kept answer by answer, sent once.

    Its key is in the address, so that it outlives sign-up and an expired session; once a signed-in person
    has worked on it, it opens for nobody else. The key becomes the proposal's: sent often, it is one.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="proposal_drafts"
    )
    answered = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    title = models.CharField(max_length=120)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    program = models.ForeignKey("programs.Program", models.PROTECT, null=True, blank=True, related_name="+")
    body = models.TextField(blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    offer = models.TextField(blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    display_name = models.CharField(max_length=60, blank=True)
    picture = models.ImageField(
        upload_to=picture_path, width_field="picture_width", height_field="picture_height", blank=True
    )
    picture_width = models.PositiveIntegerField(editable=False, null=True)
    picture_height = models.PositiveIntegerField(editable=False, null=True)
    picture_text = models.CharField(max_length=150, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["ProposalDraft"]] = models.Manager()

    class Meta:
        ordering = ("-saved_at", "-id")
        indexes = (models.Index(fields=("saved_at",), name="proposal_draft_saved_at"),)

    def __str__(self) -> str:
        return self.title
