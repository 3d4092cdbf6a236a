"""Questions that the pages of assets ask."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum

from accounts import clock
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.assets.due import AHEAD
from donations.assets.models import Asset, AssetMove, AssetQuerySet, AssetTransfer
from donations.assets.states import AssetState
from donations.handovers.models import CODE_ALPHABET, CODE_LENGTH
from donations.handovers.queries import code_of
from programs.queries.recipients import Recipient, named
from regions.codes import is_code
from regions.models import Region, RegionQuerySet, Site
from regions.names import searchable
from regions.queries import search

# What is typed or chosen as a destination ends with the code of a region.
_REGION = re.compile(r"(\d\d(?:\.\d\d){0,2}(?:\.\d{4})?)\s*$")


def matching(text: str) -> Q:
    """Assets whose code, number, serial number, name or place fits what somebody typed."""
    text = text.strip()
    fits = Q(serial__icontains=text) | Q(brand__icontains=text) | Q(description__icontains=text)
    fits |= (
        Q(aid_type__name__icontains=text)
        | Q(aid_type__name_en__icontains=text)
        | Q(site__name__icontains=text)
    )
    fits |= Q(region__in=search(text).order_by().values("pk"))
    code = code_of(text)
    if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET):
        fits |= Q(code=code)
    digits = text.upper().replace(" ", "").removeprefix("AS-")
    if digits.isascii() and digits.isdecimal() and len(digits) < 12:
        fits |= Q(pk=int(digits))
    return fits


@dataclass(frozen=True, slots=True)
class Sums:
    """Of several assets: how many (lots by their count), their rupiah, and how many records are to be looked after."""

    count: int
    value: int
    due: int
    overdue: int
    undescribed: int


def sums(assets: QuerySet[Asset]) -> Sums:
    """One query."""
    today, listed = clock.today(), ~Q(state=AssetState.WRITTEN_OFF)
    worth = Sum(F("count") * F("unit_value"), filter=listed, output_field=BigIntegerField())
    found = assets.order_by().aggregate(
        total=Sum("count", filter=listed),
        worth=worth,
        due=Count("pk", filter=listed & Q(next_check_on__lte=today + AHEAD)),
        late=Count("pk", filter=listed & Q(next_check_on__lt=today)),
        bare=Count("pk", filter=Q(state=AssetState.KEPT, described_at=None)),
    )
    return Sums(found["total"] or 0, found["worth"] or 0, found["due"], found["late"], found["bare"])


def areas(user: User) -> RegionQuerySet:
    """The regions right under those of this person's area roles: what a list is narrowed down to."""
    scope = Scope.of(user)
    codes = [
        grant.region
        for grant in scope.with_permission(Permission.ASSET_SEE)
        if grant.region and not grant.site
    ]
    return Region.objects.current().filter(parent__in=codes).order_by("code")


def waiting_for(user: User) -> list[AssetTransfer]:
    """Assets that somebody else hands over to this person's place."""
    own = AssetMove.objects.filter(subject=OuterRef("asset"), verb="hand_over", actor=user.pk)
    rows = AssetTransfer.objects.open().visible_to(user).exclude(Exists(own))  # type: ignore[attr-defined]
    return list(rows.for_rows().order_by("pk")[:25])


def to_look_at(user: User, n: int = 5) -> tuple[list[Asset], int]:
    """Assets whose check is due or overdue, the longest overdue first, and how many there are. Two queries."""
    found: AssetQuerySet = Asset.objects.visible_to(user).due()
    return list(found.for_rows().order_by("next_check_on", "pk")[:n]), found.count()


def destination(text: str) -> tuple[Recipient | None, list[Recipient]]:
    """Where an asset is to go: the one place that was named, or else those that fit; a region, an RW or a site."""
    text = text.replace("\x00", "").strip()[:250]
    if found := named(text):
        return found, []
    if code := _REGION.search(text):
        region = Region.objects.current().select_related("parent__parent").filter(code=code[1]).first()
        if region:
            return Recipient(region), []
    fits = _fitting(text)
    return (fits[0], []) if len(fits) == 1 else (None, fits)


def _fitting(text: str, n: int = 8) -> list[Recipient]:
    words = searchable(text).split()
    if len(text) < 2 or not words:
        return []
    sites = Site.objects.active().select_related("region__parent__parent")
    if is_code(text):
        sites = sites.within(text)
    for word in words if not is_code(text) else []:
        sites = sites.filter(name__icontains=word)
    regions = search(text).select_related("parent__parent")[:n]
    return ([Recipient(site.region, site) for site in sites[:n]] + [Recipient(region) for region in regions])[
        :n
    ]


def public_facts(asset: Asset) -> dict[str, Any]:
    """What everybody may know of one asset besides its own words: the report it came with, and its picture."""
    return {
        "handover": asset.handover_line.handover,
        "photo": asset.photos.filter(is_public=True).order_by("-pk").first(),
    }
