"""Organisations and their permits, as administrators keep them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions.perform import perform
from accounts.errors import Refused
from accounts.models import Organisation, Permit, User
from accounts.roles import Permission
from accounts.scope import Place, Scope
from regions.actions import mark_stale
from regions.codes import Level
from regions.models import Region

ORGANISATION_FIELDS = (
    "name", "collaborator_kind", "is_aggregator", "is_executor", "is_agency", "may_be_named", "region",
    "phone", "email", "website",
)  # fmt: skip
PERMIT_FIELDS = ("number", "issuer", "valid_from", "valid_until")


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
        if "region" in changed and by is not None:
            place = Place(region=subject.region_id)
            if not Scope.of(by).covers(Permission.ORGANISATION_MANAGE, place):
                raise Refused(_("Wilayah ini di luar wilayah kerja Anda."), field="region")
        if "collaborator_kind" in changed:
            # Statistics count by kind, wherever its commitments went.
            cities = Region.objects.filter(level__in=(Level.PROVINCE, Level.CITY))
            mark_stale("", *cities.values_list("code", flat=True))
    return subject


def suspend(*, organisation: Organisation, by: User | None, reason: str) -> Organisation:
    with perform(organisation, "suspend", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def reinstate(*, organisation: Organisation, by: User | None, reason: str) -> Organisation:
    with perform(organisation, "reinstate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


@transaction.atomic
def record_permit(*, organisation: Organisation, by: User | None, **values: Any) -> Permit:
    """Write down a permit (PUB) that an aggregator holds."""
    if not organisation.is_aggregator:
        raise Refused(_("Organisasi ini tidak terdaftar sebagai agregator."))
    permit = Permit(organisation=organisation, **_known(values, PERMIT_FIELDS))
    _check_term(permit)
    with _once(), perform(permit, "record", by=by):
        pass
    return permit


@transaction.atomic
def edit_permit(*, permit: Permit, by: User | None, reason: str, **values: Any) -> Permit:
    with _once(), perform(permit, "edit", by=by, reason=reason) as act:
        act.data["fields"] = _write(act.subject, _known(values, PERMIT_FIELDS))
        _check_term(act.subject)
    return act.subject  # type: ignore[no-any-return]


def suspend_permit(*, permit: Permit, by: User | None, reason: str) -> Permit:
    with perform(permit, "suspend", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def reinstate_permit(*, permit: Permit, by: User | None, reason: str) -> Permit:
    with perform(permit, "reinstate", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def revoke_permit(*, permit: Permit, by: User | None, reason: str) -> Permit:
    with perform(permit, "revoke", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


class _once:
    """Says in words that another row has the same issuer and number."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, IntegrityError) and "permit_number_once" in str(error):
            raise Refused(_("Izin dengan penerbit dan nomor ini sudah tercatat."), field="number") from error


def _check_term(permit: Permit) -> None:
    if permit.valid_until < permit.valid_from:
        raise Refused(
            _("Izin berakhir sebelum mulai berlaku. Periksa kedua tanggalnya."), field="valid_until"
        )


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
