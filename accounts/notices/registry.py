"""Which verb tells whom: rooms register, `perform()` asks. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.notices.audiences import Audience, Audiences
from accounts.notices.kinds import Kind
from accounts.notices.values import Value


@dataclass(frozen=True, slots=True)
class News:
    """One thing to say to an audience.

    `about`: what it is about; its `number` (or text) is the label and its `get_absolute_url()` the page, unless
    `label` or `path` say otherwise. `params`: see `values`; only what the words name.
    """

    kind: Kind
    to: Audience | Audiences
    about: Any
    params: Mapping[str, Value] = field(default_factory=dict)
    label: str = ""
    path: str = ""


# Called with the `Performance` after its journal row is written.
Teller = Callable[[Any], Iterable[News]]
_tellers: dict[tuple[type, str], list[Teller]] = {}
_settled: dict[tuple[type, str], set[str]] = {}


def tells(model: type, *verbs: str) -> Callable[[Teller], Teller]:
    """Register who is told of these verbs of a model. Raises ValueError for a verb that its table lacks."""
    _check(model, verbs)

    def register(teller: Teller) -> Teller:
        for verb in verbs:
            tellers = _tellers.setdefault((model, verb), [])
            if teller not in tellers:
                tellers.append(teller)
        return teller

    return register


def tellers_of(model: type, verb: str) -> Iterable[Teller]:
    """In the order in which they registered: a person whom several name hears of the first."""
    return _tellers.get((model, verb), ())


def told_verbs() -> set[tuple[type, str]]:
    """Every model and verb of which somebody is told."""
    return set(_tellers)


def settles(model: type, *verbs: str, kinds: Iterable[Kind]) -> None:
    """Register that these verbs of a thing answer what notices of these kinds about it asked for: of everybody.

    Raises ValueError for a verb that its table lacks.
    """
    _check(model, verbs)
    for verb in verbs:
        _settled.setdefault((model, verb), set()).update(kind.name for kind in kinds)


def settled_by(model: type, verb: str) -> frozenset[str]:
    """The names of the kinds of notices of which this verb leaves nothing to do."""
    return frozenset(_settled.get((model, verb), ()))


def _check(model: type, verbs: tuple[str, ...]) -> None:
    unknown = set(verbs) - set(model.VERBS)  # type: ignore[attr-defined]
    if unknown or not verbs:
        raise ValueError(f"{model.__name__} has no verbs {sorted(unknown)}")
