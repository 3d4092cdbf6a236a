"""Notices, how people want to be told, and what was sent to whom."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock


class Channel(models.TextChoices):
    """Ways out of the platform; in the platform every notice is shown."""

    EMAIL = "email", _("surel")
    WHATSAPP = "whatsapp", _("WhatsApp")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: object) -> "NoticeQuerySet":
        return self.filter(person=person)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One person is told of one thing. Its words come from its kind and `params`, in the reader's language.

    `key` names what brought it about ("commitmentmove:123"): the same person hears of it once.
    `path` is the page that it leads to, without the language.
    """

    LABEL: ClassVar[int] = 120

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    label = models.CharField(max_length=LABEL)
    path = models.CharField(max_length=300)
    params = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # When what it asked for was answered, or fell away, before this person read it.
    settled_at = models.DateTimeField(null=True, blank=True)
    # When it was decided by which channels it goes out, and when; None: a worker has still to look at it.
    planned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="notice_once_a_person_and_cause"),
            models.CheckConstraint(
                name="notice_settled_is_read", condition=Q(settled_at=None) | Q(read_at__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=("person", "-at", "-id"), name="notice_person_at"),
            models.Index(fields=("person",), name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=("key",), name="notice_unread_key", condition=Q(read_at=None)),
            models.Index(fields=("id",), name="notice_to_plan", condition=Q(planned_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Pace(models.TextChoices):
    SOON = "soon", _("tak lama sesudah terjadi")
    DAILY = "daily", _("sekali sehari, pagi")


class NoticePreference(models.Model):
    """How one person wants to be told; without a row: by e-mail, soon, of everything.

    Groups (`kinds.Group`) that are switched off for e-mail, and on for WhatsApp, which nobody gets unasked.
    `contact_phone` (E.164): the number that officers may see who work on this person's gifts; given by the person for
    that, proved by nobody, so nothing is sent to it.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference")
    pace = models.CharField(_("seberapa sering"), max_length=10, choices=Pace, default=Pace.SOON)
    email_off = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    whatsapp_on = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    contact_phone = models.CharField(_("nomor yang boleh dihubungi"), max_length=16, blank=True)
    # Where WhatsApp messages go, proved by a code that was sent there; else to the number that one signs in with.
    whatsapp_phone = models.CharField(_("nomor WhatsApp"), max_length=16, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="notice_contact_phone_is_e164",
                condition=Q(contact_phone="") | Q(contact_phone__regex=r"^\+[0-9]{8,15}$"),
            ),
            models.CheckConstraint(
                name="notice_whatsapp_phone_is_e164",
                condition=Q(whatsapp_phone="") | Q(whatsapp_phone__regex=r"^\+[0-9]{8,15}$"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.pace}"

    def wants(self, group: str, channel: str) -> bool:
        if channel == Channel.EMAIL:
            return group not in self.email_off
        return group in self.whatsapp_on


class NumberProof(models.Model):
    """A number that somebody says is theirs, and the code that was sent there; gone once it is proved."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="number_proof")
    phone = models.CharField(max_length=16)
    code_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.asked_at}"


class MessageState(models.TextChoices):
    CLAIMED = "claimed", _("sedang dikirim")
    WAITING = "waiting", _("dicoba lagi")
    SENT = "sent", _("terkirim")
    FAILED = "failed", _("tidak terkirim")
    # It may have gone out: a worker ended, or the server fell silent, between sending and noting it, twice.
    UNSURE = "unsure", _("tidak pasti")


class NoticeMessage(models.Model):
    """One e-mail or WhatsApp message to one person, of one or more notices.

    A worker claims it before sending. `claim` changes with each claim, so that only who holds it notes what came of
    it. `key` makes the Message-ID, the same however often it is sent. `repeats`: sent again without knowing whether
    it had gone out, once at most; `failures`: tries that are known to have sent nothing.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_messages")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.CLAIMED)
    created_at = models.DateTimeField(default=clock.now)
    claim = models.UUIDField(default=uuid.uuid4)
    claimed_at = models.DateTimeField(default=clock.now)
    failures = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("claimed_at",),
                name="notice_message_open",
                condition=Q(state__in=("claimed", "waiting")),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="notice_message_sent_at_a_time",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="notice_message_waits_for_a_time",
                condition=~Q(state="waiting") | Q(next_try_at__isnull=False),
            ),
            models.CheckConstraint(name="notice_message_repeated_once", condition=Q(repeats__lte=1)),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class SendingState(models.TextChoices):
    WAITING = "waiting", _("menunggu")
    TAKEN = "taken", _("dalam pesan")
    SKIPPED = "skipped", _("tidak perlu")


class NoticeSending(models.Model):
    """One notice is to go out by one channel, from `due_at` on; then it belongs to one message."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sendings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=SendingState, default=SendingState.WAITING)
    due_at = models.DateTimeField()
    message = models.ForeignKey(NoticeMessage, models.CASCADE, null=True, blank=True, related_name="sendings")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel"), name="notice_sending_once_a_channel"),
            models.CheckConstraint(
                name="notice_sending_taken_into_a_message",
                condition=Q(state="taken", message__isnull=False) | (~Q(state="taken") & Q(message=None)),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at", "person", "channel"),
                name="notice_sending_waiting",
                condition=Q(state="waiting"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel}"
