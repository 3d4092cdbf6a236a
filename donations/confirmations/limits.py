"""How often one network may miss: wrong codes and answers are counted, never by whom."""

from django.http import HttpRequest

from accounts.attempts import WINDOW_SECONDS, address_of, is_spent, seconds_to_wait, spend

# A kampung shares one address: right codes cost nothing.
GUESSES, ANSWERS = 15, 120


def may_look(request: HttpRequest) -> bool:
    """Whether this network may still try a code; once it guessed too often, also right ones wait."""
    return not is_spent("confirmation-guess", address_of(request), limit=GUESSES)


def missed(request: HttpRequest) -> None:
    spend("confirmation-guess", address_of(request), limit=GUESSES)


def may_answer(request: HttpRequest) -> bool:
    return spend("confirmation-answer", address_of(request), limit=ANSWERS)


def seconds() -> int:
    return seconds_to_wait(WINDOW_SECONDS)
