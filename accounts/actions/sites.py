"""Institutions that receive aid, as administrators keep them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions.perform import perform
from accounts.errors import Refused
from accounts.models import KeptSite, User
from accounts.roles import Permission
from accounts.scope import Place, Scope
from regions.actions import mark_stale

FIELDS = ("kind", "name", "region", "address", "residents", "latitude", "longitude")


Follower = Callable[[KeptSite], None]
_followers: list[Follower] = []


def when_moved(follower: Follower) -> None:
    """Let `follower` bring along what stands at a site, in the transaction in which its place is corrected.

    What apps above this one keep of a site's region they register for when they are ready.
    """
    if follower not in _followers:
        _followers.append(follower)


def add(*, by: User | None, **values: Any) -> KeptSite:
    """A new site; `values` as in `FIELDS`, its region (an RW or a village) within reach."""
    site = KeptSite(**values)
    with perform(site, "add", by=by):
        pass
    return site


def edit(*, site: KeptSite, by: User | None, **values: Any) -> KeptSite:
    """Change what is known about a site. It stays in its city: its needs and statistics are counted there.

    Another region within the city corrects where it lies; its needs and what is on the way there come along.
    """
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
        if "region" in changed:
            for follow in _followers:
                follow(subject)
        if {"kind", "region"} & set(changed):
            # Statistics count by kind of recipient, and how many RW were reached.
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
