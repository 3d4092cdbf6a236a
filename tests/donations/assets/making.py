"""Assets for tests, in any state, reached by the real verbs."""

from donations.assets import actions
from donations.assets.models import Asset, AssetTransfer
from programs.models import AidType
from regions.models import Region
from tests.factories import (
    AidTypeFactory,
    ProgramFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    tree,
)


def scale(unit: str = "unit") -> AidType:
    program = ProgramFactory(code="persampahan", name="Persampahan", name_en="Waste")
    return AidTypeFactory(
        program=program, code=f"timbangan-{unit}", name="Timbangan digital", name_en="Digital scale", unit=unit,
        unit_en=unit, is_durable=True, guide_value=600_000,
    )  # fmt: skip


def make_assets(count: int = 3, *, unit: str = "unit", **need: object) -> list[Asset]:
    """The assets of a verified report of so many scales."""
    wanted = make_need(aid_type=scale(unit), **{"target": max(count, 1000), **need})
    commitment = make_commitment("accepted", need=wanted, quantity=count)
    report = make_handover("verified", delivery=make_delivery("dispatched", commitment=commitment))
    return list(Asset.objects.filter(handover_line__handover=report))


def offer(asset: Asset, to: Region | None = None, **more: object) -> AssetTransfer:
    """Handed over to another RW of the kelurahan, or to `to`; nobody answered yet."""
    region = to or tree("31.74.01.1001.004")
    values = {"by": None, "reason": "Pindah.", "owner": "rw", "region": region, **more}
    return actions.hand_over(asset=asset, **values)  # type: ignore[arg-type]


def make_asset(state: str = "kept") -> Asset:
    asset = make_assets(1)[0]
    if state == "moving":
        offer(asset)
    if state == "written_off":
        asset = actions.write_off(asset=asset, by=None, reason="Terbakar.", document="SK-12/2026")
    asset.refresh_from_db()
    return asset
