"""How far a need is: the one coverage bar of map, need, desk and statistics, as numbers.

Five quantities of one aid type, each inside the next: verified ≤ received ≤ reserved, and reserved plus
held ≤ target. The bar shows what each step adds, in the order of proof; what is left is missing. No
queries here: the counters come from a need, from a sum of needs, or from a statistics row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


class Counters(Protocol):
    """Anything that keeps a need's counters: a need, or a row that sums several."""

    target: int
    held: int
    reserved: int
    received: int
    verified: int


@dataclass(frozen=True, slots=True)
class Segment:
    """One filled part of the bar; `x`, `width`, `end` are SVG lengths in per cent of the target: "18.75%"."""

    css: str
    label: str
    quantity: int
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the bar's key. `percent` is a whole per cent of the target, None when the target is 0."""

    css: str
    label: str
    quantity: int
    percent: int | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The counters of one need or of needs of one aid type, in units of that type.

    Raises ValueError when the counters contradict one another, since such a bar would be a lie.
    """

    target: int
    held: int = 0
    reserved: int = 0
    received: int = 0
    verified: int = 0
    unit: str = ""

    def __post_init__(self) -> None:
        in_order = 0 <= self.verified <= self.received <= self.reserved
        if not in_order or self.held < 0 or self.reserved + self.held > self.target:
            raise ValueError(f"Counters of a coverage do not fit one another: {self!r}")

    @classmethod
    def of(cls, counters: Counters, unit: str = "") -> Self:
        """Read the counters off a need or any row that keeps them."""
        return cls(
            target=counters.target,
            held=counters.held,
            reserved=counters.reserved,
            received=counters.received,
            verified=counters.verified,
            unit=unit,
        )

    @property
    def missing(self) -> int:
        """What nobody has pledged yet: target less reserved less held."""
        return self.target - self.reserved - self.held

    @property
    def is_full(self) -> bool:
        return self.target > 0 and self.missing == 0

    @property
    def parts(self) -> tuple[int, int, int, int, int]:
        """What each step adds: verified, received, reserved, held, missing. They sum to the target."""
        return (
            self.verified,
            self.received - self.verified,
            self.reserved - self.received,
            self.held,
            self.missing,
        )

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The filled parts that are not empty, from the left; with `missing` they fill the target."""
        labels = (
            pgettext("coverage", "terverifikasi"),
            pgettext("coverage", "diterima"),
            pgettext("coverage", "dialokasikan"),
            pgettext("coverage", "ditahan"),
        )
        found: list[Segment] = []
        start = 0
        for css, label, quantity in zip(("v", "d", "al", "h"), labels, self.parts[:4], strict=True):
            if quantity:
                end = start + quantity
                found.append(
                    Segment(css, label, quantity, self._at(start), self._at(quantity), self._at(end))
                )
                start = end
        return tuple(found)

    @property
    def key(self) -> tuple[KeyRow, ...]:
        """Five lines that add up to the target, in quantity and in whole per cent, and the target itself."""
        labels = (
            _("Terverifikasi petugas"),
            _("Diterima, menunggu verifikasi"),
            _("Dialokasikan, belum tiba"),
            _("Ditahan sampai ikrar dijawab"),
            _("Masih kurang"),
        )
        css = ("v", "d", "al", "h", "track")
        kinds = ("", "", "", "", "open")
        percents: Sequence[int | None] = whole_percents(self.parts) if self.target else [None] * 5
        rows = tuple(map(KeyRow, css, labels, self.parts, percents, kinds))
        return (*rows, KeyRow("target", _("Target"), self.target, 100 if self.target else None, "total"))

    @property
    def aria_label(self) -> str:
        """The bar in one sentence. Received counts the verified, reserved counts the received."""
        return _(
            "Dari target %(target)s: terverifikasi %(verified)s, diterima %(received)s, "
            "dialokasikan %(reserved)s, ditahan %(held)s, masih kurang %(missing)s"
        ) % {
            "target": _number(self.target),
            "verified": _number(self.verified),
            "received": _number(self.received),
            "reserved": _number(self.reserved),
            "held": _number(self.held),
            "missing": _number(self.missing),
        }

    def _at(self, quantity: int) -> str:
        return f"{quantity * 100 / self.target:.2f}%"


def whole_percents(parts: Sequence[int]) -> list[int]:
    """Whole per cent of the sum for each part, adding up to 100 (largest remainder, ties from the left).

    `parts` are ≥ 0 with a sum > 0; raises ValueError otherwise.
    """
    total = sum(parts)
    if total <= 0 or min(parts) < 0:
        raise ValueError("Parts of a whole are at least 0 and not all 0.")
    floors = [part * 100 // total for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: -(parts[i] * 100 % total))
    for i in by_remainder[: 100 - sum(floors)]:
        floors[i] += 1
    return floors


def _number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)
