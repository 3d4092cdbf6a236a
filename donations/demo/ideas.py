"""What people propose in the demo data, read from ideas.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Idea:
    """One proposal. `fate`: how far it comes; `said`: comments, a leading "!" marks an officer's.

    `days`: how long ago it was sent; `linked`: how many needs came of it; `referred`: to which program.
    """

    title: str
    body: str
    for_whom: str
    region: str
    name: str
    days: int
    supports: int = 0
    program: str = ""
    offer: str = ""
    fate: str = "open"
    answer: str = ""
    referred: str = ""
    linked: int = 0
    said: tuple[str, ...] = ()


_READ = tomllib.loads((Path(__file__).parent / "ideas.toml").read_text(encoding="utf-8"))
NAMES: tuple[str, ...] = tuple(_READ["names"])
IDEAS = tuple(Idea(**{**row, "said": tuple(row.get("said", ()))}) for row in _READ["idea"])
