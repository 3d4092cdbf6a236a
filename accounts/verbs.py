"""Tables of verbs: what may be done to a thing in which state. Pure; one table an aggregate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.errors import NotNow
from accounts.roles import Permission
from regions.public_version import EVERYTHING

NEW = ""
"""The state of what does not exist yet: verbs that create start here."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One change of state.

    `sources` are the states it starts from, `target` the state it leads to (None: the state stays),
    `label` the button's words, `done` the timeline's words. `by_platform`: only the platform itself
    performs it (a job), nobody by hand. `by_owner`: the person whose the thing is (its `owner_id`)
    performs it, whatever else they are; with a permission beside it, so do those who hold it. `by_others`: who holds
    the permission performs it, except on what is their own. `silent`: it keeps what is being filled in; nothing has
    happened yet, so there is no journal row and public pages stay as they are. `private`: journalled
    like every other, but nothing that the public reads follows from it.
    """

    name: str
    sources: frozenset[str]
    target: str | None
    permission: Permission | None
    label: str | Promise
    done: str | Promise
    needs_reason: bool = False
    danger: bool = False
    by_platform: bool = False
    by_owner: bool = False
    by_others: bool = False
    silent: bool = False
    private: bool = False


class Table(Mapping[str, Verb]):
    """The verbs of one aggregate by name, e.g. `COMMITMENT["accept"]`.

    `topic`: where its changes show on some public pages only (`regions.public_version`).
    """

    def __init__(self, name: str, states: type, *verbs: Verb, topic: str = EVERYTHING) -> None:
        self.name, self.topic = name, topic
        self.states = states
        self._verbs = {verb.name: verb for verb in verbs}
        known = {str(state) for state in states} | {NEW}  # type: ignore[attr-defined]
        for verb in verbs:
            if verb.silent and verb.target is not None:
                raise ValueError(f"table {name}: verb {verb.name} changes the state, so it cannot be silent")
            strange = (set(verb.sources) | ({verb.target} if verb.target else set())) - known
            if strange or len(self._verbs) != len(verbs):
                raise ValueError(
                    f"table {name}: verb {verb.name} is double or names unknown states {strange}"
                )

    def __getitem__(self, name: str) -> Verb:
        return self._verbs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._verbs)

    def __len__(self) -> int:
        return len(self._verbs)

    def possible(self, state: str) -> list[Verb]:
        """The verbs that start from `state`, in the table's order."""
        return [verb for verb in self._verbs.values() if state in verb.sources]

    def check(self, name: str, state: str) -> Verb:
        """The verb, if it starts from `state`; raises `NotNow` otherwise."""
        verb = self._verbs[name]
        if state not in verb.sources:
            raise NotNow(name, state)
        return verb

    def mermaid(self) -> str:
        """The table as a Mermaid state diagram, for the documentation."""
        lines = ["stateDiagram-v2"]
        for verb in self._verbs.values():
            for source in sorted(verb.sources):
                start = source or "[*]"
                end = verb.target if verb.target is not None else start
                lines.append(f"    {start} --> {end}: {verb.name}")
        return "\n".join(lines) + "\n"


def states(*names: str) -> frozenset[str]:
    """A set of states, as `Verb.sources` wants it."""
    return frozenset(str(name) for name in names)
