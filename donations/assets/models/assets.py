"""One durable thing (or a lot of them) that a verified report says has arrived."""

from datetime import timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.assets.due import AHEAD
from donations.assets.states import (
    ASSET,
    ASSET_STATE_LABELS,
    CONDITION_LABELS,
    OWNER_LABELS,
    AssetState,
    Condition,
    Owner,
)
from donations.handovers.models import CODE_LENGTH, HandoverLine, new_code
from programs.models import AidType, Program

OWNERS = [(owner.value, label) for owner, label in OWNER_LABELS.items()]
CONDITIONS = [(condition.value, label) for condition, label in CONDITION_LABELS.items()]


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, user: object) -> "AssetQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.ASSET_SEE, Asset.SCOPE_PATHS))

    def listed(self) -> "AssetQuerySet":
        """Those that are not written off."""
        return self.exclude(state=AssetState.WRITTEN_OFF)

    def due(self, ahead: timedelta = AHEAD) -> "AssetQuerySet":
        """Those whose check is due within that time, or is overdue."""
        return self.listed().filter(next_check_on__lte=clock.today() + ahead)

    def overdue(self) -> "AssetQuerySet":
        return self.listed().filter(next_check_on__lt=clock.today())

    def undescribed(self) -> "AssetQuerySet":
        return self.filter(state=AssetState.KEPT, described_at=None)

    def for_rows(self) -> "AssetQuerySet":
        """With everything that a row of a list or of the book shows, in one query."""
        return self.select_related(
            "program",
            "aid_type",
            "region__parent__parent__parent",
            "site",
            "handover_line__handover",
            "handover_line__delivery_line__allocation__commitment__pledge__collaborator",
        )


# The name of who keeps it is never copied into the history of changes.
@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["custodian_name"])
class Asset(models.Model):
    """What arrived, whose it is, where and with whom, and how it is. `count` above 1: a lot of equal things.

    `register` counts the records of one line of a report. `unit_value` (rupiah) is the one that the line was
    pledged at. `next_check_on` follows from `received_on` and the last check.
    """

    VERBS: ClassVar[Table] = ASSET
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", site="site", program="program")

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    handover_line = models.ForeignKey(HandoverLine, models.PROTECT, related_name="assets")
    register = models.PositiveIntegerField(_("nomor register"))
    count = models.PositiveBigIntegerField(_("jumlah"), default=1)
    program = models.ForeignKey(Program, models.PROTECT, related_name="assets")
    aid_type = models.ForeignKey(AidType, models.PROTECT, related_name="assets")
    description = models.CharField(_("keterangan barang"), max_length=200, blank=True)
    brand = models.CharField(_("merek dan tipe"), max_length=120, blank=True)
    serial = models.CharField(_("nomor seri"), max_length=80, blank=True)
    owner = models.CharField(_("milik siapa"), max_length=20, choices=OWNERS)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="assets")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="assets")
    place = models.CharField(_("letak barang"), max_length=200, blank=True)
    custodian = models.CharField(_("jabatan penanggung jawab"), max_length=150, blank=True)
    # A person: among those in reach only.
    custodian_name = models.CharField(_("nama penanggung jawab"), max_length=150, blank=True)
    unit_value = models.PositiveBigIntegerField(null=True, blank=True)
    received_on = models.DateField()
    registered_at = models.DateTimeField(default=clock.now, editable=False)
    described_at = models.DateTimeField(null=True, blank=True, editable=False)
    condition = models.CharField(
        _("keadaan barang"), max_length=20, choices=CONDITIONS, default=Condition.GOOD
    )
    checked_on = models.DateField(null=True, blank=True)
    next_check_on = models.DateField(null=True, blank=True)
    # The decision by which it was written off; kept in the journal also after it is restored.
    written_off_document = models.CharField(_("nomor dokumen penghapusan"), max_length=120, blank=True)
    state = models.CharField(max_length=20, default=AssetState.KEPT)

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("handover_line_id", "register")
        constraints = (
            models.UniqueConstraint(fields=("handover_line", "register"), name="asset_register_once_a_line"),
            models.UniqueConstraint(
                F("aid_type"), Upper("serial"), condition=~Q(serial=""), name="asset_serial_once_an_aid_type"
            ),
            models.CheckConstraint(name="asset_count_in_range", condition=Q(count__range=(1, 10**12))),
            models.CheckConstraint(name="asset_lot_has_no_serial", condition=Q(count=1) | Q(serial="")),
            models.CheckConstraint(
                name="asset_written_off_by_a_document",
                condition=(Q(state="written_off", next_check_on=None) & ~Q(written_off_document=""))
                | (~Q(state="written_off") & Q(written_off_document="")),
            ),
            models.CheckConstraint(
                name="asset_is_checked_unless_lost",
                condition=Q(state="written_off")
                | (Q(condition="lost", next_check_on=None))
                | (~Q(condition="lost") & Q(next_check_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="asset_owner_is_known", condition=Q(owner__in=[owner.value for owner in Owner])
            ),
            models.CheckConstraint(
                name="asset_condition_is_known", condition=Q(condition__in=[one.value for one in Condition])
            ),
        )
        indexes = (
            models.Index(
                fields=("next_check_on",), condition=Q(next_check_on__isnull=False), name="asset_next_check"
            ),
            models.Index(fields=("program", "aid_type"), name="asset_program_aid"),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("asset", args=[self.pk])

    @property
    def public_url(self) -> str:
        return reverse("asset_public", args=[self.code])

    @property
    def number(self) -> str:
        return f"AS-{self.pk:06d}" if self.pk else ""

    @property
    def code_in_groups(self) -> str:
        """The code as it is printed: K7QF-2M9X-4TRD."""
        return "-".join(self.code[i : i + 4] for i in range(0, CODE_LENGTH, 4))

    @property
    def state_label(self) -> str | Promise:
        return ASSET_STATE_LABELS[AssetState(self.state)]

    @property
    def condition_label(self) -> str | Promise:
        return CONDITION_LABELS[Condition(self.condition)]

    @property
    def owner_label(self) -> str | Promise:
        return OWNER_LABELS[Owner(self.owner)]

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name or self.region.name)

    @property
    def value(self) -> int | None:
        """Rupiah, of all that the record counts."""
        return None if self.unit_value is None else self.count * self.unit_value

    @property
    def is_lot(self) -> bool:
        return self.count > 1

    @property
    def is_listed(self) -> bool:
        return self.state != AssetState.WRITTEN_OFF

    @property
    def is_overdue(self) -> bool:
        return self.next_check_on is not None and self.next_check_on < clock.today()

    @property
    def is_due(self) -> bool:
        return self.next_check_on is not None and self.next_check_on <= clock.today() + AHEAD

    @property
    def serial_ending(self) -> str:
        """What everybody may read of a serial number: its last three signs, of one that is long enough to stay secret."""
        return f"…{self.serial[-3:]}" if len(self.serial) > 5 else ""

    @property
    def giver_name(self) -> str:
        """The giver where the pledge may be named, else ""."""
        pledge = self.handover_line.delivery_line.allocation.commitment.pledge
        return pledge.collaborator.name if pledge.may_be_named else ""


class AssetMove(Move):
    subject = models.ForeignKey(Asset, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
