"""Organisations and their permits, as administrators keep them."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions.perform import perform
from accounts.errors import NotNow, Refused
from accounts.models import Organisation, User
from accounts.roles import Permission
from accounts.scope import Place, Scope
from regions.actions import mark_stale
from regions.codes import Level
from regions.models import Region

ORGANISATION_FIELDS = (
    "name", "collaborator_kind", "is_aggregator", "is_executor", "is_agency", "may_be_named", "region",
    "phone", "email", "website",
)  # fmt: skip


def register(*, by: User | None, **values: Any) -> Organisation:
    """A new organisation; `values` as in `ORGANISATION_FIELDS`, its region within reach."""
    organisation = Organisation(created_at=clock.now(), **_known(values, ORGANISATION_FIELDS))
    with perform(organisation, "register", by=by):
        pass
    return organisation


def edit(*, organisation: Organisation, by: User | None, **values: Any) -> Organisation:
    """Change what is known about an organisation; it cannot be moved out of one's own reach."""
    with perform(organisation, "edit", by=by) as act:
        subject: Organisation = act.subject
        changed = _write(subject, _known(values, ORGANISATION_FIELDS))
        act.data["fields"] = changed
        if "collaborator_kind" in changed:
            # Whoever edits has looked: what they write down is no longer only what somebody said of themselves.
            subject.is_confirmed = True
        if "region" in changed and by is not None:
            place = Place(region=subject.region_id)
            if not Scope.of(by).covers(Permission.ORGANISATION_MANAGE, place):
                raise Refused(_("Wilayah ini di luar wilayah kerja Anda."), field="region")
        if "collaborator_kind" in changed:
            # Statistics count by kind, wherever its commitments went.
            cities = Region.objects.filter(level__in=(Level.PROVINCE, Level.CITY))
            mark_stale("", *cities.values_list("code", flat=True))
    return subject


def confirm(*, organisation: Organisation, by: User | None, reason: str) -> Organisation:
    """Make sure that an organisation is the government agency that somebody said it is; `reason` says how."""
    with perform(organisation, "confirm", by=by, reason=reason) as act:
        if act.subject.is_confirmed:
            raise NotNow("confirm", act.subject.state, _("Instansi ini sudah dikonfirmasi."))
        act.subject.is_confirmed = True
    return act.subject  # type: ignore[no-any-return]


def suspend(*, organisation: Organisation, by: User | None, reason: str) -> Organisation:
    with perform(organisation, "suspend", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def reinstate(*, organisation: Organisation, by: User | None, reason: str) -> Organisation:
    with perform(organisation, "reinstate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def _known(values: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    strange = set(values) - set(fields)
    if strange:
        raise TypeError(f"not written here: {sorted(strange)}")
    return values


def _write(subject: Any, values: dict[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, values[name])
    return changed
