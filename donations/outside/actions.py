"""Verbs on figures from outside the platform."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import authorise, perform
from accounts.errors import Refused
from accounts.models import User
from accounts.once import made_with
from donations.outside.models import OutsideFigure
from regions.codes import Level

FIELDS = (
    "program", "region", "aid_type", "measure", "since", "until", "quantity", "unit", "rupiah", "source", "source_date",
    "link", "document", "note",
)  # fmt: skip
MOST_UNITS, MOST_RUPIAH = 10**12, 10**15
LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT)


@transaction.atomic
def record(*, by: User | None, key: str = "", **fields: Any) -> OutsideFigure:
    """Write a figure down; it is not shown yet. `fields`: those of FIELDS.

    `key` (of the form) makes it safe to send twice: the same key by the same person is the same figure.
    """
    if made := made_with(OutsideFigure.objects.all(), "record", key=key, by=by):
        return made
    figure = OutsideFigure(created_at=clock.now())
    _fill(figure, fields)
    with perform(figure, "record", by=by) as act:
        if key:
            act.data["key"] = key
    return figure


def change(*, figure: OutsideFigure, by: User | None, reason: str = "", **fields: Any) -> OutsideFigure:
    """Edit what is only recorded; correct, with a reason, what is shown. The journal keeps old and new values."""
    verb = "edit" if figure.state == "recorded" else "correct"
    with perform(figure, verb, by=by, reason=reason) as act:
        before = {name: _plain(getattr(act.subject, name)) for name in FIELDS}
        _fill(act.subject, fields)
        after = {name: _plain(getattr(act.subject, name)) for name in FIELDS}
        act.data |= {name: [before[name], after[name]] for name in FIELDS if before[name] != after[name]}
        # The place is checked again: a figure may not be moved out of one's own area.
        authorise(by, OutsideFigure.VERBS[verb], act.subject)
    return act.subject


def publish(*, figure: OutsideFigure, by: User | None) -> OutsideFigure:
    """Show it on the statistics, apart from the platform's figures."""
    with perform(figure, "publish", by=by) as act:
        pass
    return act.subject


def withdraw(*, figure: OutsideFigure, by: User | None, reason: str) -> OutsideFigure:
    """Take it off the statistics, and say why."""
    with perform(figure, "withdraw", by=by, reason=reason) as act:
        pass
    return act.subject


def _fill(figure: OutsideFigure, fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not part of a figure: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(figure, name, value)
    if figure.region.level not in LEVELS:
        raise Refused(_("Pilih provinsi, kota, atau kecamatan."), field="region")
    if figure.aid_type and figure.aid_type.program_id != figure.program_id:
        raise Refused(_("Bentuk bantuan itu dari program lain."), field="aid_type")
    if figure.since > figure.until:
        raise Refused(_("Tanggal akhirnya mendahului tanggal awalnya."), field="until")
    if max(figure.until, figure.source_date) > clock.today():
        late = "until" if figure.until > clock.today() else "source_date"
        raise Refused(_("Tanggal ini belum lewat."), field=late)
    if figure.quantity is None and figure.rupiah is None:
        raise Refused(_("Tulis jumlahnya, nilainya dalam rupiah, atau keduanya."), field="quantity")
    for name, most in (("quantity", MOST_UNITS), ("rupiah", MOST_RUPIAH)):
        amount = getattr(figure, name)
        if amount is not None and not 1 <= amount <= most:
            raise Refused(_("Tulis angka mulai 1."), field=name)
    if figure.quantity is not None and not figure.aid_type and not figure.unit:
        raise Refused(_("Sebutkan satuannya, atau pilih bentuk bantuannya."), field="unit")
    if not figure.link and not figure.document:
        raise Refused(_("Sebutkan tautan atau dokumennya, supaya orang dapat memeriksa."), field="document")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
