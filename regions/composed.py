"""Questions that are asked often: their SQL is composed once, and only the value that is asked for changes.

Django composes the SQL of a queryset anew for each question, which takes several times as long as sending it. For the
few questions that nearly every request asks, or that hundreds ask at the same moment, the composition is kept here. What
comes back are the same objects, made by Django from the same columns.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Expression
from django.db.models.query import QuerySet

Row = TypeVar("Row", bound=models.Model)


class _Asked(Expression):
    """Stands in the SQL for the value that is asked for."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


class Composed(Generic[Row]):
    """The rows of a queryset that have one value in one column, as `rows().filter(**{field: value})` finds them.

        DRAFTS = Composed(draft_rows, "key")
        draft = DRAFTS.get(key)

    `rows` is called once, at the first question; so nothing in it may depend on who asks or when, and it may not
    prefetch. `field` names a column of the model itself.
    """

    def __init__(self, rows: Callable[[], QuerySet[Row]], field: str) -> None:
        self._rows, self._name = rows, field
        self._kept: tuple[QuerySet[Row], Any, str, Sequence[Any]] | None = None

    def get(self, value: Any) -> Row:
        """The one row with this value. Raises the model's `DoesNotExist` or `MultipleObjectsReturned`."""
        found = self.all(value)
        if len(found) == 1:
            return found[0]
        model: Any = self._composed()[0].model
        raise model.MultipleObjectsReturned if found else model.DoesNotExist

    def first(self, value: Any) -> Row | None:
        """The first row with this value, if there is one."""
        return next(iter(self.all(value)), None)

    def all(self, value: Any) -> list[Row]:
        """All rows with this value, in the queryset's order."""
        kept, composed, sql, marked = self._composed()
        rows = kept.all()
        connection = connections[rows.db]
        field: Any = rows.model._meta.get_field(self._name)
        asked = field.get_db_prep_value(field.to_python(value), connection, prepared=False)
        params = tuple(asked if isinstance(one, _Asked) else one for one in marked)
        # Of this thread's own: a compiler knows its connection, and what it did last.
        compiler = copy(composed)
        compiler.connection = connection
        compiler.as_sql = lambda: (sql, params)
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(rows)

    def _composed(self) -> tuple[QuerySet[Row], Any, str, Sequence[Any]]:
        if self._kept is None:
            rows = self._rows().filter(**{self._name: _Asked(output_field=models.Field())})
            compiler = rows.query.get_compiler(using=rows.db)
            self._kept = (rows, compiler, *compiler.as_sql())
        return self._kept


def insert(row: models.Model) -> None:
    """Save a new row as `row.save()` does, but for signals, which the platform has none of, and expressions as values.

    A row whose key is not the database's to give is saved by Django.
    """
    model = type(row)
    if row.pk is not None or not isinstance(model._meta.pk, models.AutoField) or model._meta.parents:
        return row.save()
    connection = connections[DEFAULT_DB_ALIAS]
    if model not in _INSERTS:
        _INSERTS[model] = _composed_insert(model, connection.ops.quote_name)
    fields, sql = _INSERTS[model]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return None


_INSERTS: dict[type[models.Model], tuple[list[Any], str]] = {}


def _composed_insert(model: type[models.Model], quote: Callable[[str], str]) -> tuple[list[Any], str]:
    key: Any = model._meta.pk
    # What the database makes of the others is not given to it, and read when it is asked for.
    concrete: list[Any] = list(model._meta.local_concrete_fields)
    fields = [field for field in concrete if field is not key and not field.generated]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table, asked = quote(model._meta.db_table), quote(str(key.column))
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {asked}"  # noqa: S608
