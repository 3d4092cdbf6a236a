"""Where the parts of a commitment go, as a small picture and as a list that says the same."""

from collections.abc import Iterable
from typing import Any

from donations.pledges.models import Allocation, Commitment
from programs.outline_picture import picture_of
from regions.codes import ancestors_of
from regions.models import Region


def picture(commitment: Commitment, allocations: Iterable[Allocation]) -> dict[str, Any] | None:
    """The outlines around all recipients (without any: around the aim), with those picked that receive."""
    codes = {one.need.region_id for one in allocations if one.live} or {commitment.region_id}
    around = _around(codes)
    region = Region.objects.filter(code=around).first()
    drawn = picture_of(region) if region else None
    if drawn is None or region is None:
        return None
    parts = [
        {"path": part.path, "css": "pick" if _holds(part.code, codes) else "k0", "code": part.code}
        for part in drawn.parts
    ]
    # The chosen ones are drawn last, so that their lines lie over their neighbours'.
    parts.sort(key=lambda part: part["css"] == "pick")
    return {
        "view_box": drawn.view_box, "parts": parts, "region": region, "is_approximate": drawn.is_approximate,
    }  # fmt: skip


def _around(codes: set[str]) -> str:
    """The smallest region whose parts tell the recipients apart: of one RW its village, of one city all cities."""
    above = [list(ancestors_of(code)) or [code] for code in codes]
    shared = [level[0] for level in zip(*above, strict=False) if len(set(level)) == 1]
    return shared[-1] if shared else min(codes)


def _holds(part: str, codes: set[str]) -> bool:
    return any(code == part or code.startswith(f"{part}.") for code in codes)
