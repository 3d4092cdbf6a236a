"""Permits to collect (PUB) and the times in which they were not in force, as administrators keep them."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions.perform import perform
from accounts.errors import Refused
from accounts.models import Organisation, Permit, PermitSuspension, User

FIELDS = ("number", "issuer", "valid_from", "valid_until")


@transaction.atomic
def record_permit(*, organisation: Organisation, by: User | None, **values: Any) -> Permit:
    """Write down a permit that an aggregator holds; `values` as in `FIELDS`."""
    if not organisation.is_aggregator:
        raise Refused(_("Organisasi ini tidak terdaftar sebagai agregator."))
    permit = Permit(organisation=organisation, **values)
    _check_term(permit)
    with _once(), perform(permit, "record", by=by):
        pass
    return permit


@transaction.atomic
def edit_permit(*, permit: Permit, by: User | None, reason: str, **values: Any) -> Permit:
    """Correct what is written of a permit; the corrected term still holds its suspensions."""
    with _once(), perform(permit, "edit", by=by, reason=reason) as act:
        changed = [name for name in FIELDS if name in values and getattr(act.subject, name) != values[name]]
        for name in changed:
            setattr(act.subject, name, values[name])
        act.data["fields"] = changed
        _check_term(act.subject)
    return act.subject  # type: ignore[no-any-return]


def suspend_permit(*, permit: Permit, by: User | None, reason: str, day: date | None = None) -> Permit:
    """The permit is not in force from `day` on (today, or the earlier day of the decree)."""
    first = day or clock.today()
    with perform(permit, "suspend", by=by, reason=reason, day=first.isoformat()) as act:
        _check_day(act.subject, first)
        if act.subject.suspensions.filter(ends__gt=first).exists():
            raise Refused(
                _("Pada tanggal ini izin sudah dibekukan. Pilih tanggal yang lebih baru."), field="day"
            )
        PermitSuspension.objects.create(permit=act.subject, starts=first, reason=act.reason)
    return act.subject  # type: ignore[no-any-return]


def reinstate_permit(*, permit: Permit, by: User | None, reason: str, day: date | None = None) -> Permit:
    """The permit is in force again from `day` on (today, or the earlier day of the decree)."""
    first = day or clock.today()
    with perform(permit, "reinstate", by=by, reason=reason, day=first.isoformat()) as act:
        _check_day(act.subject, first)
        suspension = act.subject.suspensions.get(ends=None)
        if first < suspension.starts:
            raise Refused(_("Tanggal ini sebelum pembekuannya."), field="day")
        suspension.ends = first
        suspension.save(update_fields=["ends"])
    return act.subject  # type: ignore[no-any-return]


def revoke_permit(*, permit: Permit, by: User | None, reason: str, day: date | None = None) -> Permit:
    """The permit is gone from `day` on (today, or the earlier day of the decree)."""
    first = day or clock.today()
    with perform(permit, "revoke", by=by, reason=reason, day=first.isoformat()) as act:
        _check_day(act.subject, first)
        act.subject.revoked_on = first
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


def _check_day(permit: Permit, day: date) -> None:
    if day > clock.today():
        raise Refused(_("Tanggal ini belum sampai."), field="day")
    if day < permit.valid_from:
        raise Refused(_("Tanggal ini sebelum izin mulai berlaku."), field="day")
