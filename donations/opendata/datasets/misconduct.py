"""How many reports of misconduct there are, as their page tells it: what it suppresses is not in the file either."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from donations.misconduct.queries.published import Published, Told, begin_of_month, published
from donations.misconduct.states import CASE_STATE_LABELS
from donations.opendata.columns import Column, Dataset, Filter, Kind
from donations.opendata.datasets.parts import moment

MEASURES = {
    "reports": _("banyaknya laporan"),
    "median_days": _("hari dari laporan sampai keputusan, nilai tengah"),
}
DIMENSIONS = {
    "total": _("semua laporan"), "kind": _("jenis"), "state": _("keadaan"), "city": _("kota atau kabupaten"),
}  # fmt: skip
TOLD, SMALL, WITHHELD = "told", "small", "withheld"
NAMES = ("measure", "dimension", "key", "name", "value", "told")
Row = tuple[str, str, str, str, int | None, str]


def rows() -> list[Mapping[str, object]]:
    """The page's counts, row for row and in its order."""
    found = published()
    with override("id"):
        told = list(_rows(found))
    until = found.until.isoformat()
    return [
        {"place": place, "until": until, **dict(zip(NAMES, row, strict=True))}
        for place, row in enumerate(told, 1)
    ]


def _rows(found: Published) -> Iterator[Row]:
    yield "reports", "total", "", "", found.total, SMALL if found.total is None else TOLD
    yield from _table("kind", found.kinds, lambda kind: (kind.value, kind.label))
    yield from _table("state", found.states, lambda state: (state.value, CASE_STATE_LABELS[state]))
    yield from _table("city", found.cities, lambda city: (city.code, city.full_name))
    if found.days is not None:
        yield "median_days", "total", "", "", found.days, TOLD


def _table(dimension: str, table: Told[Any], named: Callable[[Any], tuple[str, Any]]) -> Iterator[Row]:
    why = SMALL if table.all_small else WITHHELD
    for part, count in table.counts.items():
        code, name = named(part)
        yield "reports", dimension, code, str(name), count, why if count is None else TOLD


def _version() -> tuple[object, datetime]:
    return rows(), begin_of_month()


MISCONDUCT_COUNTS = Dataset(
    name="misconduct-counts",
    title=_("Laporan penyimpangan"),
    text=_("Banyaknya laporan penyimpangan menurut jenis, keadaan, dan kota, tanpa isinya. Jumlah di bawah lima tidak "
           "disebut, supaya tidak menunjuk siapa pun."),
    source=(
        "jsonb_to_recordset(%(made)s::jsonb) AS c(place int, measure text, dimension text, key text, name text, "
        "value int, told text, until timestamptz)"
    ),
    columns=(
        Column("measure", Kind.CODE, "c.measure", "#indicator+code", _("Yang dihitung."), codes=MEASURES),
        Column("dimension", Kind.CODE, "c.dimension", "#indicator+type",
               _("Menurut apa jumlahnya dibagi; total untuk seluruhnya."), codes=DIMENSIONS),
        Column("key", Kind.CODE, "c.key", "#group+code",
               _("Kode jenis, keadaan, atau kota (Kemendagri). Kosong untuk total."), may_be_empty=True),
        Column("name", Kind.TEXT, "c.name", "#group+name", _("Nama jenis, keadaan, atau kota. Kosong untuk total."),
               may_be_empty=True),
        Column("value", Kind.INTEGER, "c.value", "#indicator+value+num", _("Jumlahnya; kosong kalau tidak disebut."),
               may_be_empty=True),
        Column("told", Kind.CODE, "c.told", "#status+indicator", _("Apakah jumlahnya disebut."), codes={
            TOLD: pgettext_lazy("count", "disebut"),
            SMALL: pgettext_lazy("count", "kurang dari lima"),
            WITHHELD: _("tidak disebut, supaya yang kurang dari lima tidak dapat dihitung dari selisihnya"),
        }),
        moment("until", "c.until", "#date+end", _("Laporan yang diterima sebelum saat ini.")),
    ),
    order=("c.place",),
    filters=(
        Filter("measure", "c.measure", _("Yang dihitung."), codes=tuple(MEASURES)),
        Filter("dimension", "c.dimension", _("Menurut apa jumlahnya dibagi."), codes=tuple(DIMENSIONS)),
    ),
    keywords=(_("penyimpangan"), _("pengaduan")),
    pages=("misconduct",),
    version=_version,
    made=rows,
)  # fmt: skip
