"""Institutions that receive aid, as administrators keep them."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.actions.perform import perform
from accounts.errors import Refused
from accounts.models import KeptSite, User
from accounts.roles import Permission
from accounts.scope import Place, Scope
from regions.actions import mark_stale

FIELDS = ("kind", "name", "region", "address", "residents", "latitude", "longitude")


def add(*, by: User | None, **values: Any) -> KeptSite:
    """A new site; `values` as in `FIELDS`, its region (an RW or a village) within reach."""
    site = KeptSite(**values)
    with perform(site, "add", by=by):
        pass
    return site


def edit(*, site: KeptSite, by: User | None, **values: Any) -> KeptSite:
    """Change what is known about a site. It stays in its city: its needs and statistics are counted there."""
    with perform(site, "edit", by=by) as act:
        subject: KeptSite = act.subject
        city = subject.city_code
        changed = [name for name, value in values.items() if getattr(subject, name) != value]
        for name in changed:
            setattr(subject, name, values[name])
        act.data["fields"] = changed
        if subject.city_code != city:
            raise Refused(_("Lembaga tidak dapat dipindah ke kota lain. Tambahkan sebagai lembaga baru."),
                          field="region")  # fmt: skip
        place = Place(region=subject.region_id)
        if by is not None and not Scope.of(by).covers(Permission.SITE_MANAGE, place):
            raise Refused(_("Wilayah ini di luar wilayah kerja Anda."), field="region")
        if "kind" in changed:
            mark_stale(city)
    return subject


def deactivate(*, site: KeptSite, by: User | None, reason: str) -> KeptSite:
    with perform(site, "deactivate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def reactivate(*, site: KeptSite, by: User | None, reason: str) -> KeptSite:
    with perform(site, "reactivate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]
