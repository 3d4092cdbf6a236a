"""Trees of the real gazetteer, whole or in part."""

import csv
import functools
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from regions.actions import load_tree
from regions.boundaries.features import Feature, read_features
from regions.gazetteer import Gazetteer, read_gazetteer

ROOT = Path(__file__).resolve().parents[2]
GAZETTEER = ROOT / "regions" / "data" / "jakarta_kelurahan.csv"
SHARED = ROOT.parent / "shared" / "data"


def gazetteer_within(*codes: str) -> Gazetteer:
    """The project's gazetteer, cut down to some places and the rows above them."""
    lines = list(csv.DictReader(io.StringIO(GAZETTEER.read_text(encoding="utf-8"))))
    kept = [
        line
        for line in lines
        if any(line["code"].startswith(code) or code.startswith(line["code"]) for code in codes)
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, lines[0])
    writer.writeheader()
    writer.writerows(kept)
    return read_gazetteer(text.getvalue().encode())


@pytest.fixture
def tree(db: None) -> Callable[..., None]:
    """Loads the places asked for: tree("31.74.01") is the district of Tebet with what is above it."""

    def load(*codes: str) -> None:
        load_tree(gazetteer_within(*codes).rows)

    return load


@pytest.fixture
def jakarta(db: None) -> None:
    load_tree(read_gazetteer(GAZETTEER.read_bytes()).rows)


def shared_file(name: str) -> bytes:
    """A test data file beside the project; the test is skipped in a clone that stands alone."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this clone")
    return path.read_bytes()


@functools.cache
def shared_features(name: str) -> tuple[Feature, ...]:
    """The features of an outline file beside the project, read once."""
    return tuple(read_features(shared_file(name)))
