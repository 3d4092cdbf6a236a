"""What drawn recipients answered, draw by draw, as the reports' pages tell it: what they suppress is not in the file."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.confirmations.queries.results import Sample, Share, closed_samples
from donations.opendata.columns import Column, Dataset, Kind, Text
from donations.opendata.datasets.parts import link, moment

EXACT, RANGE, WITHHELD = "exact", "range", "withheld"
TOLD = {
    EXACT: pgettext_lazy("count", "tepat"),
    RANGE: _("sebagai rentang, supaya tidak menunjuk seseorang"),
    WITHHELD: _("tidak disebut: terlalu sedikit jawaban"),
}


def rows() -> list[Mapping[str, object]]:
    """Of draws to which nothing can be answered any more, the oldest first."""
    return [{"place": place, **_row(sample)} for place, sample in enumerate(closed_samples(), 1)]


def _row(sample: Sample) -> dict[str, object]:
    draw = sample.draw
    assert draw.closed_at is not None
    return {
        "code": draw.handover.code, "number": draw.handover.number, "closed_at": draw.closed_at.isoformat(),
        "households": draw.households, "drawn": draw.size, "answered": sample.answered, "seed": draw.seed,
        **_share("short", sample.short), **_share("paid", sample.paid),
    }  # fmt: skip


def _share(name: str, share: Share) -> dict[str, object]:
    if not share.told:
        return {
            f"{name}_told": WITHHELD,
            **dict.fromkeys(f"{name}_{part}" for part in ("least", "most", "low", "high")),
        }
    return {
        f"{name}_told": EXACT if share.is_exact else RANGE, f"{name}_least": share.least, f"{name}_most": share.most,
        f"{name}_low": round(share.low, 4), f"{name}_high": round(share.high, 4),
    }  # fmt: skip


def _version() -> tuple[object, datetime | None]:
    found = rows()
    last = max((str(row["closed_at"]) for row in found), default="")
    return found, datetime.fromisoformat(last) if last else None


def _count(name: str, hxl: str, text: Text) -> Column:
    return Column(name, Kind.INTEGER, f"c.{name}", hxl, text, may_be_empty=name.endswith(("least", "most")))


def _part(name: str, hxl: str, text: Text) -> Column:
    return Column(name, Kind.NUMBER, f"c.{name}", hxl, text, may_be_empty=True)


CONFIRMATIONS = Dataset(
    name="confirmations",
    title=_("Konfirmasi penerima"),
    text=_("Tiap baris satu undian keluarga penerima yang sudah ditutup: berapa yang diundi dan menjawab, berapa yang "
           "tidak menerima semua, dan berapa yang diminta membayar. Jumlah yang dapat menunjuk seseorang disebut sebagai "
           "rentang atau tidak disebut."),
    source=(
        "jsonb_to_recordset(%(made)s::jsonb) AS c(place int, code text, number text, closed_at timestamptz, "
        "households int, drawn int, answered int, seed text, short_told text, short_least int, short_most int, "
        "short_low float, short_high float, paid_told text, paid_least int, paid_most int, paid_low float, "
        "paid_high float)"
    ),
    columns=(
        Column("code", Kind.CODE, "c.code", "#delivery+code", _("Kode berita acara, ada di kertasnya.")),
        Column("number", Kind.CODE, "c.number", "#delivery+id", _("Nomor berita acara.")),
        moment("closed_at", "c.closed_at", "#date+end", _("Saat undian ditutup dan hasilnya terbit.")),
        _count("households", "#population+hh", _("Keluarga pada daftar pengurus, tanpa nama.")),
        _count("drawn", "#sampled+num", _("Keluarga yang diundi.")),
        _count("answered", "#responded+num", _("Keluarga yang menjawab.")),
        Column("seed", Kind.CODE, "c.seed", "#meta+seed", _("Benih undian, supaya siapa pun dapat mengulangnya.")),
        Column("short_told", Kind.CODE, "c.short_told", "#status+short",
               _("Bagaimana banyaknya yang tidak menerima semua disebut."), codes=TOLD),
        _count("short_least", "#short+min+num", _("Yang tidak menerima semua, paling sedikit.")),
        _count("short_most", "#short+max+num", _("Yang tidak menerima semua, paling banyak.")),
        _part("short_low", "#short+low+pct", _("Bagiannya di antara semua keluarga, batas bawah (keyakinan 95%).")),
        _part("short_high", "#short+high+pct", _("Bagiannya di antara semua keluarga, batas atas (keyakinan 95%).")),
        Column("paid_told", Kind.CODE, "c.paid_told", "#status+paid",
               _("Bagaimana banyaknya yang diminta membayar disebut."), codes=TOLD),
        _count("paid_least", "#paid+min+num", _("Yang diminta membayar, paling sedikit.")),
        _count("paid_most", "#paid+max+num", _("Yang diminta membayar, paling banyak.")),
        _part("paid_low", "#paid+low+pct", _("Bagiannya di antara semua keluarga, batas bawah (keyakinan 95%).")),
        _part("paid_high", "#paid+high+pct", _("Bagiannya di antara semua keluarga, batas atas (keyakinan 95%).")),
        link("'/id/bast/' || c.code || '/'", _("Halaman berita acara ini.")),
    ),
    order=("c.place",),
    keywords=(_("konfirmasi"), _("penerima")),
    pages=("bast_lookup",),
    version=_version,
    made=rows,
)  # fmt: skip
