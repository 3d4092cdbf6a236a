"""The OpenAPI document as a page shows it."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of an answer."""

    name: str
    type: str
    text: str
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    address: str
    title: str
    text: str
    parameters: tuple[Field, ...]
    fields: tuple[Field, ...]
    example: str


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every operation of the document, in its order; the fields are those of one row."""
    return [_operation(document, path, methods["get"]) for path, methods in document["paths"].items()]


def _operation(document: dict[str, Any], path: str, said: dict[str, Any]) -> Operation:
    answer = _meant(document, said["responses"]["200"]["content"]["application/json"]["schema"])
    data = answer["properties"]["data"]
    row = _meant(document, data.get("items", data))
    required = set(row.get("required", ()))
    parameters = tuple(
        _field(
            item["name"], item["schema"] | {"description": item.get("description", "")}, may_be_empty=False
        )
        for item in said.get("parameters", ())
    )
    fields = tuple(_field(name, schema, may_be_empty=name not in required or _may_be_null(schema))
                   for name, schema in row["properties"].items())  # fmt: skip
    example = "" if "{" in path else path + "?limit=3"
    return Operation(
        said["operationId"], path, said["summary"], said.get("description", ""), parameters, fields, example
    )


def _field(name: str, schema: dict[str, Any], *, may_be_empty: bool) -> Field:
    plain = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    choices = plain.get("enum", ())
    if "const" in plain:
        choices = (plain["const"],)
    kind = plain.get("format") or plain.get("type", "string")
    written = tuple(choice if isinstance(choice, str) else json.dumps(choice) for choice in choices)
    return Field(name, kind, schema.get("description", ""), may_be_empty, written)


def _may_be_null(schema: dict[str, Any]) -> bool:
    return any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def _meant(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a $ref names."""
    reference = schema.get("$ref")
    if not reference:
        return schema
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found
