"""Parts of the document that not every report has: reasons, sessions, recipients, drawn signatures, signed sheets.

All of it from a sealed record; one that was sealed before there were such parts has none of their keys.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.typesetting import Picture
from donations.handovers.contents import Content
from donations.handovers.document_words import words_for
from donations.handovers.models import HandoverSheet, Shortfall, Signing
from donations.handovers.strokes import picture
from programs.models import PeopleKind
from regions.notation import number, when, words

SESSION_COLUMNS = ("No.", "Hari, tanggal", "Pukul", "Tempat", "P", "L", "Hadir")


def why(content: Content, line: int) -> str:
    """What stands behind a line's words: why it fell short, and what came beyond it."""
    named = content["words"]["lines"][str(line)]
    for pk, reason, told, extra, extra_told in content["facts"].get("reasons", ()):
        if pk == line:
            short = f" Sebab: {Shortfall(reason).label}{f' ({told})' if told else ''}." if reason else ""
            more = (
                f" {words_for(content).extra}: {number(extra)} {named['unit']} ({extra_told})."
                if extra
                else ""
            )
            return short + more
    return ""


def sessions(content: Content) -> dict[str, Any]:
    """A table of the sessions, and their sum. Of several services each row says which one it was."""
    rows, total = [], 0
    held = content["facts"].get("sessions", ())
    several = len({line for line, *_rest in held}) > 1
    for place, (line, day, begins, ends, where, attended, women, men, trainer, _pk) in enumerate(held, 1):
        total += attended
        parts = ["–" if value is None else number(value) for value in (women, men)]
        service = content["words"]["lines"][str(line)]["aid"] if several else ""
        there = ", ".join(filter(None, [service, where or content["facts"]["place"], trainer]))
        clock = f"{begins}–{ends}".replace(":", ".")
        rows.append(
            [f"{place}.", when(date.fromisoformat(day), "weekday"), clock, there, *parts, number(attended)]
        )
    return {
        "session_title": "Sesi dan kehadiran",
        "session_columns": SESSION_COLUMNS,
        "sessions": rows,
        "session_sum": f"Jumlah kehadiran {number(total)} ({words(total)}), tanpa nama; daftar hadir disimpan "
        "penyelenggara." if rows else "",
    }  # fmt: skip


def recipients(content: Content) -> str:
    """For how many it was, in figures and words."""
    found = [
        f"{number(count)} ({words(count)}) {PeopleKind(kind).label}"
        for kind, count in content["facts"].get("recipients", ())
    ]
    if not found:
        return ""
    listed = " Daftar penerimanya disimpan tersandi." if content["facts"].get("recipient_lists") else ""
    together = " dan ".join([", ".join(found[:-1]), found[-1]] if found[1:] else found)
    return f"{words_for(content).recipients} {together}.{listed}"


def drawn(content: Content) -> list[Picture]:
    """The signatures as pictures, drawn again from their strokes."""
    return [
        Picture(_name(role), picture(strokes))
        for role, _signer, _at, strokes in content["facts"].get("signatures", ())
    ]


def signature(role: str, found: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What stands in the place of a signature: its picture and when it was drawn; empty where paper is signed."""
    if role not in found:
        return {"drawn": ""}
    at = timezone.localtime(datetime.fromisoformat(found[role][1]))
    return {
        "drawn": _name(role),
        "alt": "Tanda tangan",
        "at": f"ditandatangani secara elektronik pada {when(at.date(), 'day')} pukul {when(at, 'clock')} WIB",
    }


def _name(role: str) -> str:
    return f"signature-{role}.svg"


def sheets(content: Content, kept: Iterable[HandoverSheet]) -> tuple[list[Picture], list[dict[str, str]]]:
    """The pages of the signed sheet, in their order; one whose file is gone since is left out."""
    rows = {sheet.pk: sheet for sheet in kept}
    pictures, shown = [], []
    for place, (_position, pk, _sha256, _page) in enumerate(content["facts"].get("sheets", ()), 1):
        try:
            with rows[pk].image.open("rb") as stream:
                found = Picture(f"sheet{place}.jpg", stream.read())
        except (KeyError, FileNotFoundError):
            continue
        pictures.append(found)
        shown.append({"file": found.name, "alt": f"Lembar {place} yang ditandatangani"})
    return pictures, shown


def signed_elsewhere(content: Content, sheets: int) -> str:
    """What stands in the places of the parties who signed a sheet, before its page; empty where they sign here."""
    if content["facts"].get("signing") != Signing.SHEET:
        return ""
    return "ditandatangani pada lembar terlampir," if sheets else "ditandatangani pada lembar tersendiri"


def annexes(photos: int, sheets: int) -> str:
    """What follows, and where the parties signed if not here; empty where nothing does."""
    found = [f"{number(photos)} foto"] if photos else []
    if sheets:
        found.append(f"{number(sheets)} lembar yang ditandatangani para pihak")
    return f"Lampiran: {' dan '.join(found)}" if found else ""
