"""Compile the translations with Babel, from `locale/` into `var/locale`, where Django reads them."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ksbb.embedded.places import CHECKOUT, Places

SOURCES = CHECKOUT / "locale"


def compiled_folder() -> Path:
    return Places.of_checkout().var / "locale"


def compile_catalogs(sources: Path = SOURCES, target: Path | None = None) -> list[Path]:
    """Compile the catalogues that changed; the files written. Fuzzy entries are left out."""
    target = target or compiled_folder()
    written = []
    for source in sorted(sources.glob("*/LC_MESSAGES/*.po")):
        compiled = target / source.relative_to(sources).with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as stream:
            catalog = read_po(stream, locale=source.parent.parent.name)
        # Written beside and renamed, so that a process starting meanwhile never reads half a file.
        beside = compiled.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as stream:
            write_mo(stream, catalog, use_fuzzy=False)
        beside.replace(compiled)
        written.append(compiled)
    return written
