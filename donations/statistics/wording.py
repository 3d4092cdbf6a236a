"""How published rows are said: the names of their keys, and their values in the unit they count."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CollaboratorKind
from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    DISTRICT,
    MONTH,
    OPEN,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    RW,
    TOTAL,
)
from programs.models import AidType
from programs.models.programs import AidKind
from regions import notation
from regions.models import SiteKind

DIMENSIONS: dict[str, Promise] = {
    TOTAL: gettext_lazy("seluruhnya"),
    AID_TYPE: gettext_lazy("bentuk bantuan"),
    COLLABORATOR_KIND: gettext_lazy("jenis kolaborator"),
    RECIPIENT_KIND: gettext_lazy("jenis penerima"),
    PEOPLE_KIND: gettext_lazy("siapa yang dituju"),
    DISTRICT: gettext_lazy("kecamatan"),
    MONTH: gettext_lazy("bulan"),
}


def dimension_label(dimension: str) -> str:
    """ "aid_type:month" → "bentuk bantuan dan bulan"."""
    return _(" dan ").join(str(DIMENSIONS[name]) for name in dimension.split(":"))


def collaborator_label(kind: str) -> str:
    """A key of collaborator kinds; an unknown one as it stands."""
    return str(dict(CollaboratorKind.choices).get(kind) or kind or _("lainnya")).capitalize()


def recipient_label(kind: str) -> str:
    """A key of recipient kinds: "rw", the kind of a site, or "open"."""
    if kind == RW:
        return _("RW")
    if kind == OPEN:
        return _("Belum ada penerima")
    label = str(dict(SiteKind.choices).get(kind, kind))
    return f"{label[:1].upper()}{label[1:]}"


def amount(value: int, aid: AidType | None) -> str:
    """A value as a figure: units of the aid type, or rupiah in short where it is money or a value across types."""
    if aid is None or aid.kind == AidKind.MONEY:
        return notation.rupiah_short(value)
    return notation.number(value)


def points(value: int | None, none: str = "") -> str:
    """Basis points as a share: 3967 → "39,7%"; None → the reason."""
    return none if value is None else notation.percent(value, 10_000) or none


def month_name(month: str) -> str:
    """ "2025-12" → "Des 2025", of the reader's language."""
    return notation.when(_first_day(month), "month_year")


def month_short(month: str) -> str:
    """ "2025-12" → "Des"."""
    return notation.when(_first_day(month), "month")


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
