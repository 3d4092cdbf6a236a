"""The programs by name, for appointments. `programs` stands above this app, so it says here how to ask."""

from collections.abc import Callable

Choices = list[tuple[str, str]]


def _nothing() -> Choices:
    return []


_source: Callable[[], Choices] = _nothing


def say(source: Callable[[], Choices]) -> None:
    """`programs` registers when it is ready how (code, title) of every program are read."""
    global _source
    _source = source


def choices() -> Choices:
    """(code, title) of every program, in the reader's language and the order of the programs."""
    return _source()
