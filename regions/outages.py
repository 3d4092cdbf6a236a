"""Servers that failed a moment ago are left alone: a hanging one must not cost every request its patience."""

import time

QUIET_SECONDS = 5.0


class Outages:
    """The addresses of servers that did not answer, each with the time from which it may be asked again."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def note(self, address: str) -> None:
        """It did not answer just now."""
        self._until[address] = time.monotonic() + QUIET_SECONDS

    def lasts(self, address: str) -> bool:
        """True while it had better be left alone."""
        return time.monotonic() < self._until.get(address, 0.0)
