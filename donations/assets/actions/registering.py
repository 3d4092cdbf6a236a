"""Durable aid becomes assets when its report is verified; asked again, nothing is made twice."""

from django.db import transaction
from django.utils import timezone

from accounts import clock
from accounts.notices.actions import tell
from donations.assets.due import next_check
from donations.assets.models import Asset, AssetMove
from donations.assets.notices import registered
from donations.assets.states import ASSET, AssetState, Owner
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.states import HandoverState
from regions.models import Site, SiteKind
from regions.public_version import bump_public_version

# More units of one line than this are one record with a count; one can be parted from it at any time.
MOST_RECORDS = 500
# An aid type counted in lots is one record from the start.
LOT = "lot"
OWNER_OF = {SiteKind.SCHOOL: Owner.SCHOOL, SiteKind.OFFICE: Owner.VILLAGE}


@transaction.atomic
def register(*, handover: Handover) -> list[Asset]:
    """Make the records of a verified report's durable aid that has none yet; they are the platform's doing.

    One statement for all rows and one for their journal: `perform()` for each of 500 would keep the needs locked for
    seconds while the report is verified.
    """
    locked = Handover.objects.select_for_update().get(pk=handover.pk)
    if locked.state != HandoverState.VERIFIED:
        return []
    lines = locked.lines.filter(
        good__gt=0, delivery_line__allocation__commitment__aid_type__is_durable=True, assets=None
    ).select_related("handover__delivery__site", "delivery_line__allocation__commitment__aid_type")
    made = Asset.objects.bulk_create([asset for line in lines.order_by("pk") for asset in _assets_of(line)])
    if made:
        target = str(ASSET.check("register", "").target)
        AssetMove.objects.bulk_create(
            AssetMove(
                subject=asset, verb="register", to_state=target, at=clock.now(), data={"handover": locked.pk}
            )
            for asset in made
        )
        tell(registered(locked, made), key=f"assets:{locked.pk}")
        bump_public_version(ASSET.topic)
    return made


def register_missing(limit: int = 200) -> int:
    """Register what verified reports of durable aid still lack: those from before there were assets."""
    lines = HandoverLine.objects.filter(
        good__gt=0,
        assets=None,
        handover__state=HandoverState.VERIFIED,
        delivery_line__allocation__commitment__aid_type__is_durable=True,
    )
    keys = lines.order_by("handover_id").values_list("handover_id", flat=True).distinct()[:limit]
    return sum(len(register(handover=handover)) for handover in Handover.objects.filter(pk__in=list(keys)))


def owner_at(site: Site | None) -> Owner:
    """Whose it is until somebody who keeps it says otherwise."""
    return Owner.RW if site is None else OWNER_OF.get(SiteKind(site.kind), Owner.INSTITUTION)


def _assets_of(line: HandoverLine) -> list[Asset]:
    commitment, delivery = line.delivery_line.allocation.commitment, line.handover.delivery
    is_lot = line.good > MOST_RECORDS or commitment.aid_type.unit.strip().lower() == LOT
    assert line.handover.arrived_at is not None
    day = timezone.localtime(line.handover.arrived_at).date()
    return [
        Asset(
            handover_line=line,
            register=register,
            count=line.good if is_lot else 1,
            program_id=delivery.program_id,
            aid_type=commitment.aid_type,
            owner=owner_at(delivery.site),
            region_id=delivery.region_id,
            site_id=delivery.site_id,
            place=line.handover.place,
            custodian=line.handover.receiver_position,
            custodian_name=line.handover.receiver_name,
            unit_value=commitment.unit_value,
            received_on=day,
            registered_at=clock.now(),
            next_check_on=next_check(day),
            state=AssetState.KEPT,
        )
        for register in range(1, 2 if is_lot else line.good + 1)
    ]
