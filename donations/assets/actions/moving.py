"""An asset goes to another owner, keeper or place: one side hands it over, the other side takes it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from donations.assets.models import Asset, AssetTransfer
from donations.assets.states import Owner, TransferState
from regions.models import Region, Site

WHERE = ("owner", "region_id", "site_id", "place", "custodian", "custodian_name")


def hand_over(
    *, asset: Asset, by: User | None, reason: str, owner: str, region: Region, site: Site | None = None,
    place: str = "", custodian: str = "", custodian_name: str = "",
) -> AssetTransfer:  # fmt: skip
    """Offer it to where it is to go; until the other side answers it stays where it is."""
    wanted = AssetTransfer(
        asset=asset, program_id=asset.program_id, owner=Owner(owner), region=region, site=site, place=place.strip(),
        custodian=custodian.strip(), custodian_name=custodian_name.strip(), made_at=clock.now(),
    )  # fmt: skip
    with perform(asset, "hand_over", by=by, reason=reason, owner=owner) as act:
        if all(getattr(wanted, name) == getattr(act.subject, name) for name in WHERE):
            raise Refused(
                _("Tidak ada yang berubah: pemilik, tempat, dan penanggung jawabnya sama."), field="to"
            )
        with perform(wanted, "offer", by=None):
            pass
        act.data["transfer"] = wanted.pk
    return wanted


@transaction.atomic
def accept(*, transfer: AssetTransfer, by: User | None) -> Asset:
    """Take it: from now on it is there, theirs, and with whom they named. Not by whom it was handed over."""
    asset = Asset.objects.select_for_update().get(pk=transfer.asset_id)
    with perform(transfer, "accept", by=by) as act:
        _not_the_giver(asset, by)
        with perform(
            asset, "move", by=None, transfer=transfer.pk, owner=[asset.owner, act.subject.owner]
        ) as moved:
            for name in WHERE:
                setattr(moved.subject, name, getattr(act.subject, name))
    return moved.subject


@transaction.atomic
def decline(*, transfer: AssetTransfer, by: User | None, reason: str) -> Asset:
    asset = Asset.objects.select_for_update().get(pk=transfer.asset_id)
    with perform(transfer, "decline", by=by, reason=reason):
        _not_the_giver(asset, by)
        with perform(asset, "stay", by=None, transfer=transfer.pk) as stayed:
            pass
    return stayed.subject


def call_back(*, asset: Asset, by: User | None, reason: str) -> Asset:
    """Take an offer back that nobody has answered yet."""
    with perform(asset, "call_back", by=by, reason=reason) as act:
        open_one = act.subject.transfers.select_for_update().get(state=TransferState.OFFERED)
        with perform(open_one, "withdraw", by=None):
            pass
    return act.subject


def _not_the_giver(asset: Asset, by: User | None) -> None:
    last = asset.moves.filter(verb="hand_over").order_by("-pk").first()
    if by is not None and last is not None and last.actor_id == by.pk:
        raise Refused(
            _("Anda sendiri yang menyerahkan aset ini, jadi pihak penerima yang menjawab."), code="own_offer"
        )
