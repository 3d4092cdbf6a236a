"""Many operations of one migration, with the models rendered once for all of them instead of after each."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """The operations in their order, each against the models as they are after the last of them.

    After every change of a model Django renders it again with all that it is related to, which for a first migration
    of forty models takes many seconds. Here that is done once. A table is created as it will be in the end, so what
    the same block adds to it is done then. No field may be changed twice in one block, and no operation may need the
    models as they were in the middle: data are moved between two blocks.
    """

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        created: set[str] = set()
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                created.add(operation.name_lower)
            elif (
                isinstance(operation, AddField | AddIndex | AddConstraint)
                and operation.model_name_lower in created
            ):
                continue
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        raise NotImplementedError

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
