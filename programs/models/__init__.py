"""Programs, aid types and needs."""

from programs.models.needs import COUNTERS, Need, NeedMove, PeopleKind, Priority
from programs.models.programs import AidKind, AidType, Program, ProgramMove, PublishedFigure

__all__ = [
    "COUNTERS",
    "AidKind",
    "AidType",
    "Need",
    "NeedMove",
    "PeopleKind",
    "Priority",
    "Program",
    "ProgramMove",
    "PublishedFigure",
]
