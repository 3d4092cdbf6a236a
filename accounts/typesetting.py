"""Documents as PDF: a template of `templates/documents/` and data, set by typst in a process of its own.

A template reads `json("data.json")` and shows what it says with `#data.name`: data is never put into markup, so
nothing that somebody typed is understood as code. The process sees a folder that is made for it (the templates, the
data, the pictures handed in) and nothing else; it has a time and memory limit, no fonts but the engine's own, and no
network. The same data at the same moment give the same bytes.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
from django.conf import settings

SETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 20
# A download that something might try has nowhere to go.
NOWHERE = "http://127.0.0.1:9"
NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"), NOWHERE)


class NotSet(Exception):
    """A document could not be set: what the engine said, for the log."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a template shows by its name; the suffix says of what kind it is."""

    name: str
    content: bytes


def typeset(
    template: str, data: Mapping[str, Any], *, moment: datetime, pictures: tuple[Picture, ...] = ()
) -> bytes:
    """The PDF of `templates/documents/<template>.typ`, tagged for screen readers.

    `moment` is the time that the file says it was made at. Raises `NotSet`.
    """
    with tempfile.TemporaryDirectory(prefix="ksbb-document-") as name:
        folder = Path(name)
        for source in documents().glob("*.typ"):
            shutil.copyfile(source, folder / source.name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        for picture in pictures:
            (folder / Path(picture.name).name).write_bytes(picture.content)
        command = [sys.executable, "-I", str(SETTER), template, str(int(moment.timestamp()))]
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter and script
                command, cwd=folder, env=NO_NETWORK, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NotSet(f"{template}: longer than {SECONDS} s") from error
        if done.returncode:
            raise NotSet(f"{template}: {done.stderr.decode(errors='replace')[-2000:]}")
        return (folder / "document.pdf").read_bytes()


def documents() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "documents"


def qr_picture(text: str, name: str = "qr.svg") -> Picture:
    """A QR code of a text (an address), without a margin: the template gives it room."""
    out = io.BytesIO()
    segno.make(text, micro=False, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return Picture(name, out.getvalue())
