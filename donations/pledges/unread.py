"""What later rooms say is new about commitments, for lists of them: rooms register, lists ask."""

from collections.abc import Callable, Iterable

from accounts.models import User

# (person, commitments) → how much of each is new to them; commitments without anything new may be left out.
Counter = Callable[[User, Iterable[int]], dict[int, int]]
_counters: list[Counter] = []


def when_listed(counter: Counter) -> None:
    """Let `counter` say, in one query, what is new about the commitments of a list."""
    if counter not in _counters:
        _counters.append(counter)


def new_about(user: User, commitments: Iterable[int]) -> dict[int, int]:
    keys, found = list(commitments), dict[int, int]()
    for counter in _counters:
        for key, number in counter(user, keys).items():
            found[key] = found.get(key, 0) + number
    return found
