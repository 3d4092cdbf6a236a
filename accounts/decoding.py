"""Runs `decoder` on an upload: a process of its own with a limit of memory and of time, few at once."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decoder import MOST_PIXELS, Declined
from accounts.errors import Refused

DECODER = Path(__file__).with_name("decoder.py")
SECONDS = 40
# Of one web process; whoever comes meanwhile waits, holding little.
AT_ONCE = threading.BoundedSemaphore(2)
# One heap for all threads, and few threads: reserved addresses count as memory here.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as a JPEG, and what the phone told."""

    content: bytes
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


def decoded(upload: IO[bytes], *, edge: int, quality: int, most_pages: int = 1) -> Iterator[Decoded]:
    """Each picture of a file (the pages of a PDF, else one), one after the other; raises `Declined`."""
    upload.seek(0)
    command = [sys.executable, "-I", str(DECODER), str(edge), str(quality), str(most_pages)]
    with AT_ONCE:
        process = subprocess.Popen(  # noqa: S603 our own interpreter and script
            command, stdin=_stdin(upload), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )
        clock = threading.Timer(SECONDS, process.kill)
        clock.start()
        try:
            if process.stdin is not None:
                _feed(process.stdin, upload)
            yield from _read(process)
        finally:
            clock.cancel()
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def _stdin(upload: IO[bytes]) -> Any:
    """The upload's own file where it has one: then nothing of it is held here."""
    try:
        upload.flush()
        return upload.fileno()
    except (AttributeError, OSError, io.UnsupportedOperation):
        return subprocess.PIPE


def _feed(stdin: IO[bytes], upload: IO[bytes]) -> None:
    # A decoder that has seen enough closes its end.
    with suppress(BrokenPipeError):
        while part := upload.read(65536):
            stdin.write(part)
    with suppress(BrokenPipeError):
        stdin.close()


def _read(process: subprocess.Popen[bytes]) -> Iterator[Decoded]:
    assert process.stdout is not None
    count = 0
    for line in iter(process.stdout.readline, b""):
        told = json.loads(line)
        if "declined" in told:
            raise Declined(told["declined"], **told["numbers"])
        content = process.stdout.read(told["length"])
        if len(content) < told["length"]:
            break
        count += 1
        yield Decoded(content, moment(told.get("taken")), told.get("latitude"), told.get("longitude"))
    # Killed by a limit, or by its own fault in somebody's file: both mean that this server does not open it.
    if process.wait() or not count:
        raise Declined("too_heavy")


def moment(text: str | None) -> datetime | None:
    """A time of EXIF ("2026:11:22 09:30:00"), which knows no zone, as Jakarta's."""
    if text is None:
        return None
    try:
        return timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except (ValueError, OverflowError):
        return None


def refusal(declined: Declined, field: str) -> Refused:
    """What to do instead, in words."""
    most = {name: f"{value // 1_000_000}" for name, value in MOST_PIXELS.items()}
    words = {
        "too_many_pixels": _(
            "Foto ini lebih dari %(most)s juta piksel, terlalu besar. Kirim foto dari kamera telepon biasa, sebagai JPEG."
        ) % {"most": declined.numbers.get("most", 0) // 1_000_000},
        "too_heavy": _(
            "Berkas ini tidak dapat dibuka di sini: terlalu besar atau rusak. Ambil ulang fotonya, atau kirim JPEG biasa "
            "paling besar %(most)s juta piksel."
        ) % {"most": most["HEIC"]},
        "svg": _("Berkas ini gambar SVG, bukan foto. Kirim fotonya sebagai JPEG, PNG, WebP, atau HEIC."),
        "pdf": _("Berkas ini PDF, bukan foto. Kirim fotonya sebagai JPEG, PNG, WebP, atau HEIC."),
        "locked": _("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
        "broken_pdf": _("PDF ini rusak, atau terlalu besar untuk dibuka. Kirim ulang, atau kirim foto lembarnya."),
        "too_many_pages": _("PDF ini %(pages)s halaman; paling banyak %(most)s. Kirim lembar yang ditandatangani saja.")
        % {"pages": declined.numbers.get("pages", 0), "most": declined.numbers.get("most", 0)},
    }  # fmt: skip
    unknown = _(
        "Berkas ini bukan foto yang bisa dibaca, atau tidak utuh. Kirim lagi sebagai JPEG, PNG, WebP, atau HEIC."
    )
    return Refused(words.get(declined.code, unknown), field=field, code=declined.code)
