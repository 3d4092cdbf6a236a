"""How published rows are said: the names of their keys, and their values in the unit they count."""

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CollaboratorKind
from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    DISTRICT,
    EVENNESS,
    MONTH,
    OPEN,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    RW,
    TOTAL,
    Unit,
)
from donations.statistics.rows.question import SEVERAL, SITE, Question
from programs.models import AidType, PeopleKind
from programs.models.programs import AidKind
from programs.wording import aid_in_sentence, in_sentence
from regions import notation
from regions.codes import Level, level_of
from regions.models import Region, SiteKind

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
    if kind == SITE:
        return _("Lembaga")
    label = str(dict(SiteKind.choices).get(kind, kind))
    return f"{label[:1].upper()}{label[1:]}"


def amount(value: int, aid: AidType | None) -> str:
    """A value as a figure: units of the aid type, or rupiah in short where it is money or a value across types."""
    if aid is None or aid.kind == AidKind.MONEY:
        return notation.rupiah_short(value)
    return notation.number(value)


def linked(text: str, href: str) -> SafeString:
    """A figure within a sentence, with the way to its rows."""
    return format_html('<a href="{}">{}</a>', href, text)


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


def written(question: Question, value: int, *, whole: bool = True) -> str:
    """What a row adds, or what all of them add up to, to the digit and with its unit."""
    unit, aid = question.definition.unit, question.aid
    if unit is Unit.BASIS_POINTS:
        unit = Unit.QUANTITY if aid else Unit.RUPIAH
    if unit is Unit.RUPIAH or (unit is Unit.QUANTITY and aid and aid.kind == AidKind.MONEY):
        return notation.rupiah(value)
    number = notation.number(value)
    return f"{number} {aid.unit_for(value)}" if unit is Unit.QUANTITY and aid and whole else number


def figure_written(question: Question, value: int) -> str:
    """A published figure, as its definition counts it."""
    if question.measure in EVENNESS:
        return index(value)
    return points(value) if question.measure == "coverage" else written(question, value)


def index(points: int) -> str:
    """A Gini index: 4312 → "0,43"."""
    return notation.number(Decimal(points) / 10_000, 2)


def place_name(code: str, *, exact: bool = False, placed: bool = False) -> str:
    """Where a figure counts, in words."""
    if not code:
        return _("seluruh Jakarta, hanya yang sudah ditempatkan di kota") if placed else _("seluruh Jakarta")
    if level_of(code) is Level.PROVINCE:
        return _("belum ditempatkan di kota mana pun")
    name = Region.objects.filter(code=code).values_list("name", flat=True).first() or code
    if exact:
        return _("%(city)s, belum ditempatkan di kecamatan") % {"city": name}
    if placed:
        return _("%(city)s, hanya yang sudah ditempatkan di kecamatan") % {"city": name}
    return _("Kecamatan %(name)s") % {"name": name} if level_of(code) is Level.DISTRICT else name


def period_words(since: str, until: str) -> str:
    """ "Mei 2026", "Des 2025–Mei 2026", or "" for all time."""
    if not since:
        return ""
    return month_name(since) if since == until else f"{month_name(since)}–{month_name(until)}"


def question_words(question: Question, program: str = "") -> str:
    """What a figure is limited to, in one line: "paket sembako · Jakarta Selatan · Mei 2026 · perusahaan"."""
    givers = [in_sentence(collaborator_label(kind)) for kind in question.collaborators]
    recipients = [in_sentence(recipient_label(kind)) for kind in question.recipient.split(SEVERAL) if kind]
    said = [
        ", ".join(aid.title if at == 0 else aid_in_sentence(aid) for at, aid in enumerate(question.aids))
        if question.aids else _("KSBB %(name)s") % {"name": program} if program else _("semua program"),
        place_name(question.place, exact=question.exact, placed=question.placed),
        period_words(question.since, question.until),
        _("dari %(kind)s") % {"kind": ", ".join(givers)} if givers else "",
        _("untuk %(kind)s") % {"kind": ", ".join(recipients)} if recipients else "",
        str(dict(PeopleKind.choices).get(question.people, question.people)),
    ]  # fmt: skip
    return notation.DOT.join(part for part in said if part)
