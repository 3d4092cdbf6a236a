"""What can go wrong with a server, said in one sentence that ends with what to do."""

import shutil
from pathlib import Path

LEAST_FREE_BYTES = 200_000_000


class Trouble(Exception):
    """A server cannot run; the text is for the person at the keyboard."""


def require_space(folder: Path, least: int = LEAST_FREE_BYTES) -> None:
    """Refuse to start on a disk that is about to be full: a server would fail later and less clearly."""
    free = shutil.disk_usage(folder).free
    if free < least:
        raise Trouble(disk_full(folder, free, least))


def disk_full(folder: Path, free: int, least: int = LEAST_FREE_BYTES) -> str:
    return (
        f"The disk under {folder} is full ({free // 1_000_000} MB left, {least // 1_000_000} MB "
        "needed): make room, then start again; nothing was changed."
    )


def last_lines(log: Path, count: int = 4) -> str:
    """The end of a log on one line, for a message."""
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return " | ".join(line.strip() for line in lines[-count:])
