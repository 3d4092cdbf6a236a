"""What became of a need, as the public may read it: what and when, as what office; no person and no reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Move
from programs.models import Need, Priority
from programs.wording import quantity_in_unit
from regions import notation

SHOWN = ("publish", "revise", "pause", "resume", "close", "reopen")


@dataclass(frozen=True, slots=True)
class History:
    """`moves` as components/timeline.html takes them, newest first; the publication; the last revision."""

    moves: list[dict[str, Any]] = field(default_factory=list)
    published: dict[str, Any] | None = None
    revised: dict[str, Any] | None = None


def public_history(need: Need) -> History:
    """One query. A draft's own changes stay inside the office."""
    found = need.moves.filter(verb__in=SHOWN).select_related("organisation", "region", "site")
    rows = [_row(need, move) for move in found.order_by("-at", "-pk")]
    return History(rows, _first(rows[::-1], "publish"), _first(rows, "revise"))


def _first(rows: Iterable[dict[str, Any]], verb: str) -> dict[str, Any] | None:
    return next((row for row in rows if row["verb"] == verb), None)


def _row(need: Need, move: Move) -> dict[str, Any]:
    return {
        "verb": move.verb,
        "label": move.done,
        "who": move.acted_as,
        "moment": move.at,
        "detail": "; ".join(_changes(need, move.data)),
    }


def _changes(need: Need, data: dict[str, Any]) -> Iterable[str]:
    """What a revision changed, old to new. Free text is named, not repeated: the page shows what holds now."""
    for name, change in data.items():
        if not (isinstance(change, list) and len(change) == 2):
            continue
        old, new = change
        if name == "target":
            yield _target(need, old, new)
        elif name == "deadline":
            yield _("batas waktu dari %(old)s menjadi %(new)s") % {"old": _day(old), "new": _day(new)}
        elif name == "priority":
            yield _("menjadi %(new)s") % {"new": Priority(new).label}
        elif name == "people":
            yield _("penerima dari %(old)s menjadi %(new)s") % {
                "old": notation.number(old), "new": notation.number(new),
            }  # fmt: skip
        elif name == "reason":
            yield _("penjelasan diperbarui")
        elif name == "handover_place":
            yield _("tempat serah terima diperbarui")


def _target(need: Need, old: int, new: int) -> str:
    words = {"old": notation.number(old), "new": quantity_in_unit(need.aid_type, new)}
    if new > old:
        return _("target naik dari %(old)s menjadi %(new)s") % words
    return _("target turun dari %(old)s menjadi %(new)s") % words


def _day(text: str) -> str:
    return notation.when(date.fromisoformat(text), "day")
