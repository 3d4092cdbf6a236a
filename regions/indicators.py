"""Reading a CSV file of indicators: checked rows, or the list of everything that is wrong with it. Pure.

One line a value: `indicator,region,value`. What an indicator is (`name_id`, `name_en`, `unit_id`, `unit_en`,
`source`, `as_of`, `direction`, and if wanted `breaks`) stands in its first line; later lines repeat it or leave
it empty. Several indicators may share a file.
"""

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from regions.codes import Level, is_code, level_of

LARGEST_BYTES = 8_000_000
MOST_FAULTS = 200
FACTS = ("name_id", "name_en", "unit_id", "unit_en", "source", "as_of", "direction", "breaks")
NEEDED = ("indicator", "region", "value")
LENGTHS = {"name_id": 80, "name_en": 80, "unit_id": 40, "unit_en": 40, "source": 200}
DIRECTIONS = ("high", "low", "neutral")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which line of the file (1 is the head; 0: the file as a whole), in which column."""

    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        place = _("baris %(line)s") % {"line": self.line} if self.line else _("berkas")
        return f"{place}{f', {self.column}' if self.column else ''}: {self.problem}"


@dataclass(slots=True)
class Series:
    """One indicator as the file gives it: its facts by name, and values by region code."""

    code: str
    facts: dict[str, str]
    as_of: date | None = None
    breaks: tuple[float, ...] = ()
    values: dict[str, float] = field(default_factory=dict)
    decimals: int = 0


@dataclass(slots=True)
class IndicatorFile:
    """What a file holds; nothing of it may be used while there are faults. `more`: faults beyond those listed."""

    series: dict[str, Series] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    def fault(self, line: int, column: str, problem: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, column, problem))
        else:
            self.more += 1


def read_indicators(content: bytes, known: Collection[str]) -> IndicatorFile:
    """Read a file. `known`: codes of the regions that exist now."""
    found = IndicatorFile()
    rows = _rows(content, found)
    if rows is None:
        return found
    for line, row in rows:
        _read_row(found, line, row, known)
    if not found.series and not found.faults:
        found.fault(0, "", _("tidak ada satu baris pun. Isi satu baris untuk setiap nilai."))
    for series in found.series.values():
        _check_facts(found, series)
    return found


def _rows(content: bytes, found: IndicatorFile) -> list[tuple[int, dict[str, str]]] | None:
    if len(content) > LARGEST_BYTES:
        found.fault(0, "", _("lebih besar dari 8 MB. Bagi per indikator."))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.fault(0, "", _("bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8."))
        return None
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = [(name or "").strip().lower() for name in reader.fieldnames or []]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        found.fault(1, "", _("kolom %(columns)s tidak ada.") % {"columns": ", ".join(missing)})
        return None
    if unknown := [name for name in columns if name not in (*NEEDED, *FACTS)]:
        found.fault(1, "", _("kolom %(columns)s tidak dikenal.") % {"columns": ", ".join(unknown)[:100]})
        return None
    reader.fieldnames = columns
    rows = []
    try:
        for row in reader:
            if None in row:
                found.fault(reader.line_num, "", _("selnya lebih banyak daripada kolomnya."))
                continue
            cells = {str(name): (cell or "").strip().replace("\x00", "") for name, cell in row.items()}
            if any(cells.values()):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        found.fault(reader.line_num, "", _("tidak terbaca sebagai CSV: %(error)s.") % {"error": error})
        return None
    return rows


def _read_row(found: IndicatorFile, line: int, row: Mapping[str, str], known: Collection[str]) -> None:
    code = row["indicator"]
    if not _SLUG.fullmatch(code):
        found.fault(
            line,
            "indicator",
            _("“%(text)s” bukan kode. Pakai huruf kecil, angka, dan tanda hubung.") % {"text": code[:40]},
        )
        return
    series = found.series.setdefault(code, Series(code, {name: row.get(name, "") for name in FACTS}))
    for name in FACTS:
        if row.get(name, "") not in ("", series.facts[name]):
            found.fault(line, name, _("berbeda dari baris pertama indikator ini."))
    region = row["region"]
    if not is_code(region):
        found.fault(line, "region", _("“%(text)s” bukan kode Kemendagri.") % {"text": region[:40]})
    elif level_of(region) is Level.PROVINCE:
        found.fault(
            line,
            "region",
            _("%(code)s seluruh provinsi; isi kota, kecamatan, kelurahan, atau RW.") % {"code": region},
        )
    elif region not in known:
        found.fault(line, "region", _("%(code)s tidak ada di pohon wilayah.") % {"code": region})
    elif region in series.values:
        found.fault(line, "region", _("%(code)s sudah ada di baris lain.") % {"code": region})
    elif not _NUMBER.fullmatch(row["value"]):
        found.fault(
            line,
            "value",
            _("“%(text)s” bukan angka. Tulis seperti 12.5, tanpa satuan dan tanpa pemisah ribuan.")
            % {"text": row["value"][:40]},
        )
    else:
        series.values[region] = number(row["value"])
        decimals = re.split("[.,]", row["value"])
        series.decimals = max(
            series.decimals, min(2, len(decimals[1].rstrip("0")) if len(decimals) > 1 else 0)
        )


def number(text: str) -> float:
    return float(text.replace(",", "."))


def _check_facts(found: IndicatorFile, series: Series) -> None:
    facts, where = series.facts, series.code
    for name in ("name_id", "unit_id", "source", "as_of", "direction"):
        if not facts[name]:
            found.fault(0, name, _("belum diisi untuk %(code)s.") % {"code": where})
    for name, longest in LENGTHS.items():
        if len(facts[name]) > longest:
            found.fault(
                0,
                name,
                _("lebih dari %(longest)s huruf untuk %(code)s.") % {"longest": longest, "code": where},
            )
    if facts["direction"] and facts["direction"] not in DIRECTIONS:
        found.fault(0, "direction", _("untuk %(code)s: tulis high, low, atau neutral.") % {"code": where})
    try:
        series.as_of = date.fromisoformat(facts["as_of"]) if facts["as_of"] else None
    except ValueError:
        found.fault(0, "as_of", _("untuk %(code)s: tulis tanggal seperti 2025-12-31.") % {"code": where})
    if facts["breaks"]:
        _read_breaks(found, series)


def _read_breaks(found: IndicatorFile, series: Series) -> None:
    parts = facts = series.facts["breaks"].split()
    if len(parts) == 4 and all(_NUMBER.fullmatch(part) for part in facts):
        breaks = tuple(number(part) for part in parts)
        if list(breaks) == sorted(set(breaks)):
            series.breaks = breaks
            return
    found.fault(
        0,
        "breaks",
        _("untuk %(code)s: tulis empat angka naik dengan spasi, seperti 10 20 40 80.")
        % {"code": series.code},
    )


def written(series: Series) -> str:
    """A file that `read_indicators` reads as this one indicator, values and facts alike."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*NEEDED, *FACTS])
    known = series.facts | {"as_of": series.as_of.isoformat() if series.as_of else ""}
    facts = [known.get(name, "") for name in FACTS]
    for code, value in sorted(series.values.items()):
        writer.writerow([series.code, code, _plain(value), *facts])
        facts = [""] * len(FACTS)
    return stream.getvalue()


def _plain(value: float) -> str:
    """A number as files write it: never 1e-05, no zeros behind it."""
    return f"{value:.9f}".rstrip("0").rstrip(".")
