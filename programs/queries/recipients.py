"""Who may be named as the recipient of a need: RW and sites of one's own area, by name, number or code."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from regions.codes import Level, is_code
from regions.models import Region, RegionQuerySet, Site
from regions.names import searchable
from regions.queries import search

# What is typed or chosen ends with the code of the RW, or with the number of the site.
_CODE = re.compile(r"(\d\d(?:\.\d\d){2}\.\d{4}\.\d{3})\s*$")
_SITE = re.compile(r"lembaga\s+(\d{1,12})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An RW, or a site (then `region` is where it lies)."""

    region: Region
    site: Site | None = None

    @property
    def written(self) -> str:
        """As it stands in the field: "RW 03 Manggarai · 31.74.01.1001.003", "Panti Asih · lembaga 12"."""
        if self.site is not None:
            return f"{self.site.name} · lembaga {self.site.pk}"
        return f"{self.region.full_name} · {self.region.code}"

    @property
    def place(self) -> str:
        """Where it lies, for telling those of one name apart."""
        village = self.region.parent if self.region.level == Level.RW else self.region
        district = village.parent if village else None
        return ", ".join(part.name for part in (village, district) if part)


def _own(user: User, path: str) -> Q:
    """`path`, to a region's code, lies in an area where this person may draft needs."""
    q = Q(pk__in=())
    for grant in Scope.of(user).with_permission(Permission.NEED_DRAFT):
        q |= Q(**{path: grant.region}) | Q(**{f"{path}__startswith": f"{grant.region}."})
    return q


def named(text: str) -> Recipient | None:
    """The recipient that a code, a written-out suggestion or a site's number names exactly, wherever it is."""
    if found := _CODE.search(text):
        region = _regions().filter(code=found[1], level=Level.RW).first()
        return Recipient(region) if region else None
    if found := _SITE.search(text):
        site = _sites().filter(pk=int(found[1])).first()
        return Recipient(site.region, site) if site else None
    return None


def suggestions(user: User, text: str, n: int = 12) -> list[Recipient]:
    """RW and sites of one's own area that fit what was typed, best first; at most `n`. Two queries."""
    text = text.strip()
    if len(text) < 2:
        return []
    rws = search(text).filter(_own(user, "code"), level=Level.RW).select_related("parent__parent")
    found = [Recipient(region) for region in rws[:n]]
    fits = Q(pk__in=())
    if is_code(text):
        fits = Q(region=text) | Q(region__code__startswith=f"{text}.")
    elif words := searchable(text).split():
        fits = Q()
        for word in words:
            fits &= Q(name__icontains=word)
    sites = _sites().filter(_own(user, "region__code"), fits)
    return ([Recipient(site.region, site) for site in sites[:n]] + found)[:n]


def _regions() -> RegionQuerySet:
    return Region.objects.current().select_related("parent__parent")


def _sites() -> QuerySet[Site]:
    return Site.objects.active().select_related("region__parent__parent")
