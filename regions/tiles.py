"""Where each district's tile stands in the tile map: a rough place on a grid of nine columns, north on top.

The grid is data (`data/jakarta_tiles.csv`): a city without a file of its own gets a plain list instead.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "jakarta_tiles.csv"
COLUMNS = 9
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class TilePlace:
    """Row and column from 1; a label that may break at soft hyphens; three letters for narrow screens."""

    row: int
    column: int
    label: str
    short: str


@cache
def tile_places() -> dict[str, TilePlace]:
    """District code → its place in the grid."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            line["code"]: TilePlace(
                int(line["row"]),
                int(line["column"]),
                line["label"].replace("|", SOFT_HYPHEN),
                line["short"],
            )
            for line in csv.DictReader(lines)
        }
