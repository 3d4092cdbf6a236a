"""When answers contradict a report. One function, pure: what it finds opens a case by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from donations.confirmations.interval import interval
from donations.confirmations.kinds import Received, Side
from donations.misconduct.kinds import Kind

# Below this many answers of recipients no share is spoken of.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Answer:
    side: str
    received: str
    paid: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """What the report says: units in good state, damaged, missing."""

    good: int
    damaged: int = 0
    missing: int = 0

    @property
    def short_share(self) -> float:
        """The part that the report itself says did not arrive in good state."""
        counted = self.good + self.damaged + self.missing
        return (self.damaged + self.missing) / counted if counted else 0.0


def contradictions(answers: Iterable[Answer], reported: Reported, households: int = 0) -> dict[Kind, Side]:
    """What the answers say against the report, each with the side that says it.

    - somebody was asked to pay: a levy, whoever says so;
    - nothing was received, though the report counts something as good: withheld where a recipient says it, else a
      false report;
    - of at least five recipients, a share did not receive all, and the whole interval of that share lies above what
      the report says was damaged or missing: short. `households`: of how many the recipients were drawn.
    """
    found: dict[Kind, Side] = {}
    asked = [answer for answer in answers if answer.received or answer.paid]
    for answer in asked:
        side = Side(answer.side)
        if answer.paid:
            found.setdefault(Kind.LEVY, side)
        if answer.received == Received.NONE and reported.good:
            kind = Kind.WITHHELD if side == Side.RECIPIENT else Kind.FALSE_REPORT
            found.setdefault(kind, side)
    told = [answer for answer in asked if answer.side == Side.RECIPIENT and answer.received]
    if len(told) >= LEAST:
        short = sum(answer.received != Received.ALL for answer in told)
        if interval(short, len(told), households)[0] > reported.short_share:
            found.setdefault(Kind.SHORT, Side.RECIPIENT)
    return found
