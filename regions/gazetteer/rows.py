"""From the bytes of a CSV file to checked rows, or to the list of everything that is wrong with it."""

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from regions import codes
from regions.codes import Level

from .cells import Unreadable, read_cell

REQUIRED = ("code", "name")
OF_VILLAGE = ("district", "city")
COLUMNS = (
    "code",
    "name",
    "district_code",
    "district",
    "city_code",
    "city",
    "province",
    "lat",
    "lon",
    "area_km2",
    "rw_count",
    "rw_provisional",
    "population",
    "population_source",
    "valid_from",
)


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong: where (line counted from 1; the header is line 1), what, and what to do about it."""

    line: int
    column: str
    problem: str
    advice: str

    def __str__(self) -> str:
        place = _("baris %(line)s") % {"line": self.line}
        if self.column:
            place += _(", kolom %(column)s") % {"column": self.column}
        return f"{place}: {self.problem} {self.advice}"


@dataclass(frozen=True)
class Row:
    """One checked line; None or "" where the file says nothing."""

    line: int
    code: str
    name: str
    level: Level
    district: str = ""
    city: str = ""
    province: str = ""
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None
    rw_count: int | None = None
    rw_provisional: bool = False
    population: int | None = None
    population_source: str = ""
    valid_from: date | None = None


@dataclass
class Gazetteer:
    """What was read. `rows` are to be used only when there are no `faults`; `remarks` do no harm.

    `lines` says on which lines each readable code stands, wrong rows included.
    """

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=dict)


def read_gazetteer(content: bytes) -> Gazetteer:
    """Read and check a gazetteer: UTF-8 with or without BOM; commas, semicolons or tabs."""
    gazetteer = Gazetteer()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        gazetteer.faults.append(
            Fault(line, "", _("Berkas ini bukan teks UTF-8."), _("Simpan ulang sebagai CSV UTF-8."))
        )
        return gazetteer
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        gazetteer.faults.append(
            Fault(line, "", _("Ada karakter kosong (NUL)."), _("Simpan ulang sebagai CSV UTF-8."))
        )
        return gazetteer
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = _read_header(next(reader, []), gazetteer)
    if not gazetteer.faults:
        for line, cells in _numbered(reader, gazetteer):
            _read_row(line, cells, columns, gazetteer)
        _check_whole(gazetteer)
    gazetteer.faults.sort()
    return gazetteer


def _read_header(cells: list[str], gazetteer: Gazetteer) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    for column in REQUIRED:
        if column not in columns:
            problem = _("Kolom wajib %(column)s tidak ada.") % {"column": column}
            advice = _("Tulis nama kolom di baris pertama: %(columns)s.") % {"columns": ", ".join(COLUMNS)}
            gazetteer.faults.append(Fault(1, column, problem, advice))
    for position, column in enumerate(columns):
        if column and column in columns[:position]:
            problem = _("Kolom ini muncul dua kali.")
            gazetteer.faults.append(Fault(1, column, problem, _("Hapus salah satunya.")))
        elif column and column not in COLUMNS:
            meant = difflib.get_close_matches(column, COLUMNS, n=1, cutoff=0.7)
            if meant and meant[0] not in columns:
                problem = _("Kolom ini tidak dikenal.")
                advice = _("Mungkin maksudnya %(column)s?") % {"column": meant[0]}
                gazetteer.faults.append(Fault(1, column, problem, advice))
            else:
                gazetteer.remarks.append(
                    Fault(1, column, _("Kolom ini tidak dikenal."), _("Isinya diabaikan."))
                )
    return columns


def _numbered(reader: Iterator[list[str]], gazetteer: Gazetteer) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line on which it begins."""
    last = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _("Baris ini tidak terbaca sebagai CSV (%(error)s).") % {"error": error}
            gazetteer.faults.append(Fault(last + 1, "", problem, _("Periksa tanda kutipnya.")))
            return
        line, last = last + 1, reader.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            yield line, cells


def _read_row(line: int, cells: list[str], columns: list[str], gazetteer: Gazetteer) -> None:
    """Check one row by itself and add it, or its faults."""
    faults: list[Fault] = []
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        problem = _("Ada %(cells)s isian untuk %(columns)s kolom.") % {
            "cells": len(cells),
            "columns": len(columns),
        }
        faults.append(Fault(line, "", problem, _("Beri tanda kutip pada isian yang mengandung pemisah.")))
    raw = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    values: dict[str, object] = {}
    for column in COLUMNS:
        try:
            values[column] = read_cell(column, raw.get(column, ""))
        except Unreadable as error:
            faults.append(Fault(line, column, error.problem, error.advice))
    code = str(values.get("code") or "")
    if code:
        gazetteer.lines.setdefault(code, []).append(line)
        faults += _check_place(line, code, raw, values)
    gazetteer.faults += faults
    if not faults:
        values.pop("district_code"), values.pop("city_code")
        gazetteer.rows.append(Row(line=line, level=codes.level_of(code), **values))  # type: ignore[arg-type]


def _check_place(line: int, code: str, raw: dict[str, str], values: dict[str, object]) -> Iterator[Fault]:
    """Whether the columns of one row agree with its code and with each other."""
    level = codes.level_of(code)
    if level not in (Level.PROVINCE, Level.CITY, Level.VILLAGE):
        yield Fault(
            line,
            "code",
            _("%(code)s bukan kode provinsi, kota atau kelurahan.") % {"code": code},
            _("RW dan kecamatan dibuat dari baris kelurahannya; hapus baris ini."),
        )
        return
    for column, length in (("district_code", 8), ("city_code", 5)):
        given = raw.get(column, "")
        if given and level is Level.VILLAGE and given != code[:length]:
            problem = _("%(given)s tidak cocok dengan kode kelurahan %(code)s.") % {
                "given": given,
                "code": code,
            }
            advice = _("Seharusnya %(expected)s, atau kode kelurahannya yang salah.") % {
                "expected": code[:length]
            }
            yield Fault(line, column, problem, advice)
    if level is Level.VILLAGE:
        for column in OF_VILLAGE:
            if not raw.get(column):
                yield Fault(line, column, _("Kosong."), _("Isi nama kecamatan dan kota setiap kelurahan."))
    elif values.get("rw_count") is not None:
        yield Fault(line, "rw_count", _("Hanya kelurahan yang memiliki RW."), _("Kosongkan isian ini."))
    if ("lat" in values and "lon" in values) and (values["lat"] is None) != (values["lon"] is None):
        missing = "lat" if values["lat"] is None else "lon"
        yield Fault(
            line, missing, _("Hanya satu dari lintang dan bujur terisi."), _("Isi keduanya atau kosongkan.")
        )


def _check_whole(gazetteer: Gazetteer) -> None:
    """What only shows between rows: the same code twice, one district under two names, an empty file."""
    if not gazetteer.rows and not gazetteer.faults:
        gazetteer.faults.append(
            Fault(2, "", _("Tidak ada satu baris pun."), _("Isi satu baris untuk setiap kelurahan."))
        )
    for code, (first, *others) in gazetteer.lines.items():
        for line in others:
            problem = _("Kode %(code)s sudah ada di baris %(line)s.") % {"code": code, "line": first}
            gazetteer.faults.append(Fault(line, "code", problem, _("Hapus salah satunya.")))
    named: dict[str, tuple[str, int]] = {}
    villages: dict[tuple[str, str], int] = {}
    for row in gazetteer.rows:
        if row.level is not Level.VILLAGE:
            continue
        for column, code, name in (
            ("district", row.code[:8], row.district),
            ("city", row.code[:5], row.city),
        ):
            known, line = named.setdefault(code, (name, row.line))
            if known.casefold() != name.casefold():
                problem = _("%(code)s bernama %(name)s di sini, tetapi %(known)s di baris %(line)s.") % {
                    "code": code,
                    "name": name,
                    "known": known,
                    "line": line,
                }
                gazetteer.faults.append(
                    Fault(row.line, column, problem, _("Samakan namanya, atau betulkan kodenya."))
                )
        twin = villages.setdefault((row.code[:8], row.name.casefold()), row.line)
        if twin != row.line:
            problem = _("Nama %(name)s sudah dipakai di kecamatan ini (baris %(line)s).") % {
                "name": row.name,
                "line": twin,
            }
            gazetteer.remarks.append(
                Fault(row.line, "name", problem, _("Periksa apakah memang dua kelurahan."))
            )
