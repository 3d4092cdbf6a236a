"""Other ways in which people and files write the names of villages (regions/data/spellings.csv)."""

import csv
import functools
from collections import defaultdict
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "spellings.csv"


@functools.cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Spellings by the code of the village; villages without any are missing."""
    known: dict[str, tuple[str, ...]] = defaultdict(tuple)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["code"]] += (row["spelling"],)
    return dict(known)
