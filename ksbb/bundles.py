"""Files that a page needs together, sent as one: a slow link pays for each request.

A finder of static files: what it names is put together from other static files, in `VAR_DIR/bundles`, whenever
one of them changed. A script's parts are modules in an order in which each comes after those that it imports;
they share one scope here, so their imports and exports fall away and their names must differ.
"""

import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

BUNDLES = {
    "bundles/map.css": ("css/core.css", "css/ledger.css", "css/map.css"),
    "bundles/map.js": (
        "leaflet/leaflet.js",
        "js/submit-once.js",
        "js/map-outlines.js",
        "js/map-canvas.js",
        "js/map-colours.js",
        "js/map-sites.js",
        "js/map-names.js",
        "js/map-view.js",
        "js/map-draw.js",
        "js/map.js",
        "js/map-panel.js",
        "js/map-near.js",
        "js/own-place.js",
    ),
    # Reports without signal: the pages of a report, other pages of officials, and the worker behind both.
    "bundles/report.js": (
        "js/submit-once.js",
        "js/report-store.js",
        "js/report-send.js",
        "js/report-outbox.js",
        "js/report-pictures.js",
        "js/report-files.js",
        "js/report-checks.js",
        "js/tally.js",
        "js/report-page.js",
    ),
    "bundles/outbox.js": (
        "js/submit-once.js",
        "js/report-store.js",
        "js/report-send.js",
        "js/report-outbox.js",
        "js/report-queue.js",
    ),
    "bundles/sw.js": ("js/report-store.js", "js/report-send.js", "js/sw.js"),
}
_LEFT_OUT = re.compile(r"^(?:import .*;|//# sourceMappingURL=.*)$|^export (?=\w)", re.MULTILINE)


class BundleFinder(finders.BaseFinder):
    """Finds bundles, and makes them anew when a part is newer."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.root = Path(settings.VAR_DIR) / "bundles"
        self.storage = FileSystemStorage(location=self.root)

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> Any:
        if path not in BUNDLES:
            return []
        made = str(self.made(path))
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in BUNDLES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                self.made(name)
                yield name, self.storage

    def made(self, name: str) -> Path:
        """The finished file. Raises FileNotFoundError for a part that is not there."""
        target = self.root / name
        text = "\n".join(_LEFT_OUT.sub("", part.read_text(encoding="utf-8")) for part in parts_of(name))
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several processes may make it at once: each its own, and the last one stays.
            waiting = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
            waiting.write_text(text, encoding="utf-8")
            waiting.replace(target)
        return target


def parts_of(name: str) -> list[Path]:
    found = []
    for part in BUNDLES[name]:
        path = finders.find(part)
        if not path:
            raise FileNotFoundError(f"{name}: there is no static file {part}")
        found.append(Path(str(path)))
    return found
