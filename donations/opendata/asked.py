"""What a reader asked of a dataset, checked: one model a dataset, for downloads and API alike.

A well-formed name of nothing gives no rows; what is not well-formed, and a filter that the dataset does not have,
is refused with a sentence that names it.
"""

import functools
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
)

from donations.opendata.columns import Dataset, Filter, Kind, Test
from donations.opendata.datasets import DATASETS
from donations.opendata.reading import Asked

CODE = r"^[1-9][0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4}(\.[0-9]{3})?)?)?)?$"
NAME = r"^[-A-Za-z0-9_]{1,40}$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOST_ROWS, USUAL_ROWS = 1000, 100


class Wrong(Exception):
    """`problems`: (parameter, sentence), at least one."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{name}: {sentence}" for name, sentence in self.problems))


class Filters(BaseModel):
    """The base of every dataset's filters."""

    model_config = ConfigDict(extra="forbid")


def _whole_day(text: object) -> object:
    """pydantic reads a number as seconds since 1970, which nobody means by a day."""
    if isinstance(text, str) and not re.fullmatch(DAY, text):
        raise ValueError("day")
    return text


def _not_given() -> None:
    return None


def _type(asked: Filter) -> Any:
    if asked.codes:
        return Literal[tuple(asked.codes)]
    if asked.kind is Kind.DAY:
        return Annotated[date, BeforeValidator(_whole_day)]
    if asked.kind is Kind.BOOLEAN:
        return bool
    pattern = CODE if asked.test is Test.WITHIN or asked.name == "city" else NAME
    return Annotated[str, StringConstraints(pattern=pattern, max_length=40)]


@functools.cache
def filters_of(name: str, language: str = "id") -> type[Filters]:
    """The model of a dataset's filters, described in a language."""
    with override(language):
        fields: dict[str, Any] = {
            asked.name: (
                _type(asked),
                # Made anew each time, so that the document names no default: not given is not null.
                Field(
                    default_factory=_not_given,
                    description=str(asked.text),
                    examples=[asked.example] if asked.example else None,
                ),
            )
            for asked in DATASETS[name].filters
        }
    return create_model(f"{name.title().replace('-', '')}Filters", __base__=Filters, **fields)


def read(dataset: Dataset, given: Mapping[str, str], root: str) -> Asked:
    """The filters of a question; empty ones are not asked. Raises Wrong."""
    try:
        model = filters_of(dataset.name).model_validate({name: text for name, text in given.items() if text})
    except ValidationError as error:
        raise Wrong(problems_of(error.errors(), dataset)) from error
    return Asked(dataset, wanted_of(model), root)


def wanted_of(model: BaseModel) -> dict[str, Any]:
    return {name: value for name, value in model.model_dump().items() if value is not None}


def problems_of(
    errors: Iterable[Any], dataset: Dataset | None = None, more: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """pydantic's errors as (parameter, sentence); `more` are parameters beside the dataset's filters."""
    known = [*(each.name for each in dataset.filters), *more] if dataset else []
    return [(str(error["loc"][-1]), _sentence(error, known)) for error in errors]


def no_such_filter(known: list[str]) -> str:
    return _("saringan ini tidak ada. Yang ada: %(names)s.") % {"names": ", ".join(known)}


def _sentence(error: Any, known: list[str]) -> str:
    kind, name = error["type"], str(error["loc"][-1])
    if kind == "extra_forbidden":
        return no_such_filter(known)
    if kind == "literal_error":
        return _("pilih salah satu: %(names)s.") % {
            "names": error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        }
    if kind == "string_pattern_mismatch" and name in ("within", "city"):
        return _("tuliskan kode wilayah, misalnya 31.74, atau 31 untuk provinsi.")
    if kind.startswith("string"):
        return _("tuliskan kode dari huruf, angka, dan tanda hubung, misalnya pangan.")
    if kind.startswith(("date", "value_error")):
        return _("tuliskan hari sebagai tahun-bulan-tanggal, misalnya 2026-11-22.")
    if kind.startswith("bool"):
        return _("tuliskan true atau false.")
    if kind.startswith(("int", "greater", "less")):
        return _("tuliskan bilangan dari 1 sampai %(most)s.") % {"most": MOST_ROWS}
    return _("isinya tidak terbaca.")


def written_after(place: list[Any]) -> str:
    """The place where the next page begins, for an address."""
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def read_after(dataset: Dataset, text: str) -> list[Any]:
    """The place that `written_after` wrote. Raises Wrong for anything else."""
    kind = int if dataset.order_kind is Kind.INTEGER else str
    try:
        place = json.loads(urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
    except (NotBase64, ValueError, RecursionError):
        place = None
    right = isinstance(place, list) and len(place) == len(dataset.order)
    if not right or not all(type(part) is kind and "\0" not in str(part) for part in place):
        raise Wrong([("after", _("bukan tanda halaman. Ikuti alamat di next, atau mulai tanpa after."))])
    return place


def root_of(request: HttpRequest) -> str:
    """The site's address, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")
