"""Two versions of a report side by side, from what was sealed of each: which answers, counts and photos changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from donations.handovers.models import HandoverPhoto, HandoverRecord
from donations.handovers.models.reports import Shortfall, Signing
from programs.models import PeopleKind
from regions.notation import number, when

LABELS: dict[str, str | Promise] = {
    "place": _("Tempat"),
    "arrived_at": _("Tiba"),
    "position": _("Posisi"),
    "receiver": _("Yang menerima"),
    "witness": _("Saksi"),
    "note": _("Catatan"),
    "reasons": _("Sebab kekurangan"),
    "recipients": _("Penerima manfaat"),
    "sessions": _("Sesi"),
    "signing": _("Tanda tangan"),
    "signatures": _("Digambar"),
    "sheets": _("Lembar bertanda tangan"),
    "recipient_lists": _("Daftar penerima"),
}
# Asked of a few reports only: told where one of the versions answers.
SELDOM = frozenset(("reasons", "recipients", "sessions", "signatures", "sheets", "recipient_lists"))
# Told elsewhere on the page, or of the version itself and never the same.
APART = {
    "code", "number", "delivery", "version", "submitted_at", "reported_by", "latitude", "longitude", "lines", "photos",
    *LABELS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer then and in the version after; both written."""

    label: str | Promise
    then: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Count:
    """One line's (good, damaged, missing) in both versions."""

    aid: str
    sent: int
    then: tuple[int, ...]
    now: tuple[int, ...]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.then, self.now, strict=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo of the older version. `is_gone`: the newer one has it no more."""

    photo: HandoverPhoto
    caption: str
    is_gone: bool


@dataclass(frozen=True)
class Compared:
    """`others`: whether something else that was asked differs, too."""

    then: HandoverRecord
    now: HandoverRecord
    answers: tuple[Answer, ...]
    counts: tuple[Count, ...]
    photos: tuple[Shown, ...]
    added: tuple[HandoverPhoto, ...]
    others: bool


def compared(then: HandoverRecord, now: HandoverRecord, photos: Iterable[HandoverPhoto]) -> Compared:
    """`photos`: all that the report ever had."""
    old, new = then.content["facts"], now.content["facts"]
    kept = {photo.pk: photo for photo in photos}
    of_old = {pk: caption for pk, _hash, caption in old["photos"]}
    of_new = {pk for pk, _hash, _caption in new["photos"]}
    return Compared(
        then=then,
        now=now,
        answers=tuple(
            Answer(label, _written(name, old), _written(name, new))
            for name, label in LABELS.items()
            if name not in SELDOM or old.get(name) or new.get(name)
        ),
        counts=_counts(then.content, new["lines"]),
        photos=tuple(
            Shown(kept[pk], caption, pk not in of_new) for pk, caption in of_old.items() if pk in kept
        ),
        added=tuple(photo for pk, photo in kept.items() if pk in of_new and pk not in of_old),
        others=any(
            (old.get(name) or None) != (new.get(name) or None) for name in (old.keys() | new.keys()) - APART
        ),
    )


def _counts(content: Mapping[str, Any], new: Sequence[Sequence[int]]) -> tuple[Count, ...]:
    later = {row[0]: tuple(row[2:5]) for row in new}
    found = []
    for pk, sent, *counts in content["facts"]["lines"]:
        words = content["words"]["lines"][str(pk)]
        then = tuple(counts[:3])
        found.append(Count(words["aid"], sent, then, later.get(pk, then)))
    return tuple(found)


def _written(name: str, facts: Mapping[str, Any]) -> str:
    if name in WRITERS:
        return WRITERS[name](facts.get(name) or []) or "–"
    if name == "position":
        latitude, longitude = facts.get("latitude"), facts.get("longitude")
        return "–" if latitude is None else f"{latitude:.5f}, {longitude:.5f}"
    value = facts.get(name)
    if name == "arrived_at":
        return when(datetime.fromisoformat(value)) if value else "–"
    if name == "witness" and value and not value[0]:
        return _now("tidak ada: %(why)s") % {"why": value[1]} if value[1] else "–"
    if isinstance(value, list):
        return ", ".join(part for part in value if part) or "–"
    return str(value or "–")


def _reasons(rows: Sequence[Any]) -> str:
    found = []
    for _pk, why, words, extra, extra_words in rows:
        if why:
            found.append(f"{Shortfall(why).label}{f' ({words})' if words else ''}")
        if extra:
            more = _now("lebih %(n)s") % {"n": number(extra)}
            found.append(f"{more}{f' ({extra_words})' if extra_words else ''}")
    return "; ".join(found)


def _sessions(rows: Sequence[Any]) -> str:
    attended = sum(row[5] for row in rows)
    return (
        _now("%(n)s sesi, %(people)s hadir") % {"n": number(len(rows)), "people": number(attended)}
        if rows
        else ""
    )


def _how_many(rows: Sequence[Any]) -> str:
    return number(len(rows)) if rows else ""


WRITERS: dict[str, Callable[[Any], str]] = {
    "reasons": _reasons,
    "recipients": lambda rows: ", ".join(f"{number(count)} {PeopleKind(kind).label}" for kind, count in rows),
    "sessions": _sessions,
    "signing": lambda how: str(Signing(how or Signing.PAPER).label),
    "signatures": _how_many,
    "sheets": _how_many,
    "recipient_lists": _how_many,
}
