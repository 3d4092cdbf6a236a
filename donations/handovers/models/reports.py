"""Handover reports (BAST): the evidence of one arrival."""

import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.states import HANDOVER, HANDOVER_STATE_LABELS, IN_FORCE, HandoverState


class Signing(models.TextChoices):
    """How the parties sign."""

    DRAWN = "drawn", _("di layar telepon")
    SHEET = "sheet", _("di kertas yang difoto")
    PAPER = "paper", _("di dokumen yang dicetak")


class Shortfall(models.TextChoices):
    """Why something that was sent was not received good; public as this category alone."""

    LOST = "lost", _("hilang di jalan")
    NOT_LOADED = "not_loaded", _("tidak ikut dikirim")
    WEATHER = "weather", _("rusak karena hujan atau banjir")
    HANDLING = "handling", _("rusak ketika diangkut")
    SPOILT = "spoilt", _("basi atau kedaluwarsa")
    OTHER_GOODS = "other_goods", _("bukan barang yang tertulis")
    TAKEN = "taken", _("diambil atau diminta orang")
    ABSENT = "absent", _("peserta tidak hadir atau sesi batal")
    OTHER = "other", _("sebab lain")


# No letters that look like others: a code is read aloud and typed from paper. 12 of 30 signs: 58 bits.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


def new_code() -> str:
    """An unguessable code for the public page of a report."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH))


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: object) -> "HandoverQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.HANDOVER_SEE, Handover.SCOPE_PATHS))

    def in_force(self) -> "HandoverQuerySet":
        """Submitted, disputed or verified: those whose counts hold."""
        return self.filter(state__in=IN_FORCE)

    def public(self) -> "HandoverQuerySet":
        """Once submitted, a report has a public page for good, also while it is being corrected."""
        return self.exclude(submitted_at=None)

    def waiting(self) -> "HandoverQuerySet":
        """Those that an assessor has to check."""
        return self.filter(state=HandoverState.SUBMITTED)

    def for_rows(self) -> "HandoverQuerySet":
        return self.select_related(
            "delivery__executor", "delivery__program", "delivery__region__parent", "delivery__site"
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Handover(models.Model):
    """One arrival of a delivery as the recipient's official reports it."""

    VERBS: ClassVar[Table] = HANDOVER
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="delivery__region",
        site="delivery__site",
        program="delivery__program",
        organisations={
            Role.COLLABORATOR: "delivery__executor",
            Role.AGGREGATOR: "delivery__executor",
            Role.EXECUTOR: "delivery__executor",
        },
    )

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="handovers")
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    number = models.CharField(_("nomor"), max_length=40, unique=True, null=True, blank=True, editable=False)
    # What the phone called it that wrote it without signal, before it was here.
    key = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, default=HandoverState.DRAFT)
    arrived_at = models.DateTimeField(_("tiba"), null=True, blank=True)
    place = models.CharField(_("tempat serah terima"), max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    note = models.TextField(_("catatan"), blank=True)
    # Names of people: on the document, never on a public page.
    receiver_name = models.CharField(_("nama penerima"), max_length=150, blank=True)
    receiver_position = models.CharField(_("jabatan penerima"), max_length=150, blank=True)
    witness_name = models.CharField(_("nama saksi"), max_length=150, blank=True)
    # Of the witness; where there was none (no name), it says why.
    witness_position = models.CharField(_("jabatan saksi"), max_length=150, blank=True)
    # Empty until the step is answered; then as on paper, which is what a report without it says.
    signing = models.CharField(_("cara menandatangani"), max_length=10, choices=Signing, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    phone_clock_off = models.IntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="seconds by which the phone's clock was ahead of ours when it sent the report",
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[HandoverQuerySet] = HandoverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-submitted_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("delivery", "key"), name="handover_once_a_key"),
            models.CheckConstraint(
                name="handover_submitted_by_someone_at_a_time",
                condition=Q(state__in=("draft", "discarded"))
                | Q(submitted_at__isnull=False, number__isnull=False, arrived_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_verified_by_and_at_together",
                condition=Q(state="verified", verified_at__isnull=False)
                | (~Q(state="verified") & Q(verified_at=None, verified_by=None)),
            ),
            models.CheckConstraint(
                name="handover_verifier_is_not_the_reporter",
                condition=Q(verified_by=None) | Q(reported_by=None) | ~Q(verified_by=F("reported_by")),
            ),
            models.CheckConstraint(
                name="handover_position_on_earth",
                condition=Q(latitude=None, longitude=None)
                # NULL is in no range and out of none: both have to be there.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        )
        indexes = (
            models.Index(fields=("state", "submitted_at"), name="handover_state_submitted"),
            # The latest arrivals, which public pages show.
            models.Index(
                F("arrived_at").desc(),
                F("id").desc(),
                name="handover_latest",
                condition=Q(state__in=("submitted", "verified", "disputed")),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                # The constraint above knows who handed the newest version in, this one who ever did or wrote one.
                name="verifier_reported_nothing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("verified_by_id"),
                condition=pgtrigger.Q(new__verified_by__isnull=False),
                func=(
                    "IF EXISTS (SELECT 1 FROM donations_handovermove WHERE subject_id = NEW.id "
                    "AND verb IN ('start', 'take', 'submit') AND actor_id = NEW.verified_by_id) "
                    "THEN RAISE EXCEPTION 'who reported does not verify' USING ERRCODE = 'check_violation'; END IF; "
                    "RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="keeps_arrival_place",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "arrived_at"),
                func=(
                    "IF NEW.state IN ('submitted', 'verified', 'disputed') THEN "
                    "INSERT INTO donations_arrivalplace (handover_id, region_id, arrived_at) "
                    "SELECT NEW.id, region_id, NEW.arrived_at FROM donations_delivery WHERE id = NEW.delivery_id "
                    "ON CONFLICT (handover_id) DO UPDATE SET arrived_at = EXCLUDED.arrived_at; "
                    "ELSE DELETE FROM donations_arrivalplace WHERE handover_id = NEW.id; END IF; RETURN NULL;"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"BAST {self.number or self.pk}"

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("bast", args=[self.code])

    @property
    def why_no_witness(self) -> str:
        """Why nobody witnessed it; empty if somebody did, or if nothing was said yet."""
        return "" if self.witness_name else self.witness_position

    @property
    def code_in_groups(self) -> str:
        """The code as it is printed: K7QF-2M9X-4TRD."""
        return "-".join(self.code[i : i + 4] for i in range(0, CODE_LENGTH, 4))

    @property
    def state_label(self) -> str | Promise:
        return HANDOVER_STATE_LABELS[HandoverState(self.state)]

    @property
    def is_verified(self) -> bool:
        return self.state == HandoverState.VERIFIED

    @property
    def recipient_name(self) -> str:
        return self.delivery.recipient_name


_REGION_LENGTHS = (2, 5, 8, 13, 17)


class ArrivalPlace(models.Model):
    """Where and when a report in force says something arrived; kept by triggers on the reports.

    So that the latest arrivals in a region are found by an index, however few of all reports are from there.
    """

    handover = models.OneToOneField(Handover, models.CASCADE, primary_key=True, related_name="arrival_place")
    region = models.ForeignKey("regions.Region", models.PROTECT, db_index=False, related_name="+")
    arrived_at = models.DateTimeField()

    class Meta:
        # A region's code begins with those of all above it: one index for each level.
        indexes = tuple(
            models.Index(
                Left("region_id", length),
                F("arrived_at").desc(),
                F("handover_id").desc(),
                name=f"arrivalplace_latest_{length}",
            )
            for length in _REGION_LENGTHS
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.arrived_at}"


class HandoverMove(Move):
    subject = models.ForeignKey(Handover, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HandoverLine(models.Model):
    """What one report counted of one line of the delivery."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="lines")
    delivery_line = models.ForeignKey(DeliveryLine, models.PROTECT, related_name="reports")
    good = models.BigIntegerField(_("baik"), default=0)
    damaged = models.BigIntegerField(_("rusak"), default=0)
    missing = models.BigIntegerField(_("tidak ada"), default=0)
    # Why damaged or missing, as a category that is public and in words that are not.
    why = models.CharField(_("sebabnya"), max_length=20, choices=Shortfall, blank=True)
    why_words = models.CharField(_("penjelasan"), max_length=200, blank=True)
    # More than was sent: told to the assessor, counted nowhere.
    extra = models.BigIntegerField(_("lebih dari yang dikirim"), default=0)
    extra_words = models.CharField(_("keterangan kelebihan"), max_length=200, blank=True)

    class Meta:
        ordering = ("delivery_line_id",)
        constraints = (
            models.UniqueConstraint(fields=("handover", "delivery_line"), name="handover_line_once_a_line"),
            models.CheckConstraint(
                name="handover_line_counts_in_range",
                condition=Q(
                    good__gte=0,
                    damaged__gte=0,
                    missing__gte=0,
                    good__lte=10**12,
                    damaged__lte=10**12,
                    missing__lte=10**12,
                ),
            ),
            models.CheckConstraint(
                name="handover_line_extra_in_range", condition=Q(extra__gte=0, extra__lte=10**12)
            ),
        )

    def __str__(self) -> str:
        return f"{self.good} / {self.damaged} / {self.missing}"

    @property
    def counted(self) -> int:
        return self.good + self.damaged + self.missing

    @property
    def told(self) -> tuple[int | str, ...]:
        """All that it says, to compare."""
        return (
            self.good, self.damaged, self.missing, self.why, self.why_words, self.extra, self.extra_words,
        )  # fmt: skip

    @property
    def attended(self) -> int:
        """How many came to all its sessions together, where it is a service."""
        return sum(session.attended for session in self.sessions.all())

    @property
    def short(self) -> int:
        """What was sent and not received good, as far as it was counted."""
        return self.damaged + self.missing


class HandoverCounter(models.Model):
    """The last number drawn for a city and year; locked while drawing, so that there is no gap or double."""

    city_code = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("city_code", "year"), name="handover_counter_once"),)

    def __str__(self) -> str:
        return f"{self.last}/{self.city_code}/{self.year}"
