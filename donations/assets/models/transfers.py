"""An asset on its way to another owner, keeper or place: handed over by one side, accepted by the other."""

from typing import ClassVar

import pghistory
import pgtrigger
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
from donations.assets.models.assets import OWNERS, Asset
from donations.assets.states import OWNER_LABELS, TRANSFER, TRANSFER_STATE_LABELS, Owner, TransferState


class AssetTransferQuerySet(models.QuerySet["AssetTransfer"]):
    def visible_to(self, user: object) -> "AssetTransferQuerySet":
        """Those to a place in reach."""
        return self.filter(Scope.of(user).as_q(Permission.ASSET_ACCEPT, AssetTransfer.SCOPE_PATHS))

    def open(self) -> "AssetTransferQuerySet":
        return self.filter(state=TransferState.OFFERED)

    def for_rows(self) -> "AssetTransferQuerySet":
        return self.select_related(
            "asset__aid_type", "asset__region", "asset__site", "region__parent", "site", "program"
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["custodian_name"])
class AssetTransfer(models.Model):
    """Where one asset is to go, whose it will be, and who will keep it. Its own place is where it goes."""

    VERBS: ClassVar[Table] = TRANSFER
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", site="site", program="program")

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="transfers")
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    owner = models.CharField(_("milik siapa"), max_length=20, choices=OWNERS)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("letak barang"), max_length=200, blank=True)
    custodian = models.CharField(_("jabatan penanggung jawab"), max_length=150, blank=True)
    custodian_name = models.CharField(_("nama penanggung jawab"), max_length=150, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=20, default=TransferState.OFFERED)

    objects: ClassVar[AssetTransferQuerySet] = AssetTransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("asset",), condition=Q(state="offered"), name="asset_transfer_one_open"
            ),
            models.CheckConstraint(
                name="asset_transfer_owner_is_known", condition=Q(owner__in=[owner.value for owner in Owner])
            ),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.asset_id} → {self.recipient_name}"

    def get_absolute_url(self) -> str:
        return reverse("asset_transfer", args=[self.pk])

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name or self.region.name)

    @property
    def owner_label(self) -> str | Promise:
        return OWNER_LABELS[Owner(self.owner)]

    @property
    def state_label(self) -> str | Promise:
        return TRANSFER_STATE_LABELS[TransferState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state == TransferState.OFFERED


class AssetTransferMove(Move):
    subject = models.ForeignKey(AssetTransfer, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
