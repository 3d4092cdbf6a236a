"""What the platform keeps about a person: gathered for a copy, and forgotten when an account is erased.

The copy asks every model that points to a person, so that nothing new is left out. Apps above this one say, when they
are ready, what of an organisation is still open (`when_asked_for`) and what they forget (`when_erased`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import ForeignKey, Model

from accounts.models import Move, Organisation, User

Rows = list[dict[str, Any]]
Matters = Callable[[Organisation], list[str]]
Eraser = Callable[[User, list[Organisation]], None]

# Never in a copy: what lets somebody in, and what tells of other people.
SECRETS = frozenset(
    {"password", "token_digest", "code_digest", "key", "submission_key", "data", "session_round"}
)
OTHERS = frozenset({"receiver_name", "receiver_position", "witness_name", "witness_position"})
# Of a row that somebody only acted on (verified, invited, issued), this is theirs.
ACTED = ("verb", "at", "role", "reason", "to_state")

_matters: list[Matters] = []
_erasers: list[Eraser] = []


def when_asked_for(matters: Matters) -> None:
    """Let `matters` say (a phrase each) what of an organisation is still open."""
    if matters not in _matters:
        _matters.append(matters)


def when_erased(eraser: Eraser) -> None:
    """Let `eraser` forget a person, and the organisations that go with them, in the erasing transaction."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def open_matters_of(organisation: Organisation | None) -> list[str]:
    return [line for matters in _matters for line in matters(organisation)] if organisation else []


def forget(user: User, organisations: list[Organisation]) -> None:
    for eraser in _erasers:
        eraser(user, organisations)


def tables_of(user: User) -> dict[str, Rows]:
    """Table by table (named app.model.field), everything that points to this person, and the person."""
    found: dict[str, Rows] = {"accounts.user": [_whole(user)]}
    for model, field in pointing():
        rows = model._default_manager.filter(**{field.name: user.pk}).order_by("pk")
        values = [_row(row, field) for row in rows.iterator(1000)]
        if values:
            found[f"{model._meta.label_lower}.{field.name}"] = values
    return found


def pointing() -> Iterator[tuple[type[Model], ForeignKey]]:
    """Every column of the database that points to a person; events repeat what their tables hold."""
    for model in apps.get_models():
        if model._meta.proxy or issubclass(model, pghistory.models.Event):
            continue
        if getattr(model, "NEVER_TOLD_TO_WHOM_IT_NAMES", False):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and issubclass(field.related_model, User):  # type: ignore[arg-type]
                yield model, field


def _row(row: Model, field: ForeignKey) -> dict[str, Any]:
    if isinstance(row, Move):
        return {"id": row.pk, "of": str(row.subject), **{name: getattr(row, name) for name in ACTED}}  # type: ignore[attr-defined]
    # What they wrote themselves, a model may say: `OWN_WORDS` names the column of its author.
    own = getattr(row, "OWN_WORDS", "")
    if field.name in ("user", "person", "submitted_by", "reported_by", "written_by", own):
        return _whole(row)
    return {"id": row.pk, "of": str(row)}


def _whole(row: Model) -> dict[str, Any]:
    """Its columns as plain values, without secrets and without what tells of somebody else."""
    return {
        field.attname: field.value_to_string(row) if getattr(row, field.attname) is not None else None
        for field in row._meta.concrete_fields
        if field.name not in SECRETS | OTHERS and not field.generated
    }
