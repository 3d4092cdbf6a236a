"""A sheet of serial numbers, as it is pasted from a spreadsheet or read from a CSV file. Pure."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_ROWS, LONGEST_SERIAL, LONGEST_BRAND = 500, 80, 120
HEADS = frozenset({"register", "no. register", "nomor register", "nomor seri", "no. seri", "serial", "seri"})


class Faulty(ValueError):
    """Rows that cannot be taken: (number of the row, why)."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{number}: {why}" for number, why in self.faults))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `register` is None where only a serial number stands; `number` counts lines from 1."""

    number: int
    serial: str
    register: int | None = None
    brand: str = ""


def read_sheet(text: str) -> list[Row]:
    """Lines of "serial", or "register; serial", or "register; serial; brand"; a head and empty lines are left out.

    Cells are parted by semicolons, tabs or commas. Raises `Faulty`.
    """
    rows: list[Row] = []
    faults: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    registers: dict[int, int] = {}
    for number, line in enumerate(text.replace("\x00", "").lstrip("\ufeff").splitlines(), 1):
        cells = _cells(line)
        if not any(cells) or cells[0].lower() in HEADS:
            continue
        if len(rows) + len(faults) >= MOST_ROWS:
            faults.append((number, _("Paling banyak %(most)s baris sekali kirim.") % {"most": MOST_ROWS}))
            break
        row = _row(number, cells)
        if isinstance(row, str):
            faults.append((number, row))
            continue
        if (first := seen.setdefault(row.serial.upper(), number)) != number:
            faults.append((number, _("Nomor seri ini sudah ada di baris %(n)s.") % {"n": first}))
        elif row.register is not None and (first := registers.setdefault(row.register, number)) != number:
            faults.append((number, _("Nomor register ini sudah ada di baris %(n)s.") % {"n": first}))
        rows.append(row)
    if faults:
        raise Faulty(faults)
    return rows


def _cells(line: str) -> list[str]:
    mark = next((mark for mark in "\t;," if mark in line), ",")
    # A single line, so a quote that is never closed cannot swallow the others.
    return [" ".join(cell.split()) for cell in next(csv.reader([line], delimiter=mark), [])]


def _row(number: int, cells: list[str]) -> Row | str:
    cells = cells + [""] * (3 - len(cells)) if len(cells) > 1 else ["", cells[0], ""]
    register, serial, brand = cells[:3]
    if register and not re.fullmatch(r"[0-9]{1,9}", register):
        return _("“%(text)s” bukan nomor register.") % {"text": register[:40]}
    if not serial:
        return _("Nomor serinya kosong.")
    if len(serial) > LONGEST_SERIAL:
        return _("Nomor seri paling panjang %(most)s huruf.") % {"most": LONGEST_SERIAL}
    if len(brand) > LONGEST_BRAND:
        return _("Merek paling panjang %(most)s huruf.") % {"most": LONGEST_BRAND}
    return Row(number, serial, int(register) if register else None, brand)
