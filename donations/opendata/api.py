"""The API, version 1: a list for every dataset, and one row where rows have a key. Read only.

django-ninja reads the questions and writes the OpenAPI document; the rows go out as the database wrote them. Made
once for each language, since descriptions stand in the document.
"""

import functools
import json
from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLPattern, path, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from pydantic import BaseModel, ConfigDict, Field, create_model

from donations.opendata.answers import answer, open_to_all
from donations.opendata.asked import (
    MOST_ROWS,
    USUAL_ROWS,
    Filters,
    Wrong,
    filters_of,
    problems_of,
    read_after,
    root_of,
    wanted_of,
    written_after,
)
from donations.opendata.columns import Column, Dataset, Kind
from donations.opendata.datasets import DATASETS
from donations.opendata.reading import LICENCE_URL, Asked, note, now, one, page

VERSION = "1.0.0"
PREFIX = "/api/v1/"
PROBLEM = "application/problem+json"
PAGING = ("limit", "after")
TYPES: dict[Kind, Any] = {
    Kind.INTEGER: int, Kind.NUMBER: float, Kind.BOOLEAN: bool, Kind.DAY: date, Kind.MOMENT: datetime,
    Kind.LIST: list[Any],
}  # fmt: skip


class FieldProblem(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457."""

    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


def row_of(dataset: Dataset) -> type[BaseModel]:
    """The model of one row, for the document."""
    fields: dict[str, Any] = {
        column.name: (
            _type(column) | None if column.may_be_empty else _type(column), Field(description=described(column))
        )
        for column in dataset.columns
    }  # fmt: skip
    config = ConfigDict(title=str(dataset.title))
    return create_model(f"{_class(dataset)}Row", __config__=config, **fields)


def described(column: Column) -> str:
    """What a column holds, in one line with its unit and what its codes mean."""
    unit = _(" Satuan: %(unit)s.") % {"unit": column.unit} if column.unit else ""
    codes = "; ".join(f"{code}: {meaning}" for code, meaning in column.codes.items() if str(meaning) != code)
    return f"{column.text}{unit}{' ' + codes + '.' if codes else ''}"


@functools.cache
def api(language: str = "id") -> NinjaAPI:
    """The API, described in a language."""
    with override(language):
        made = NinjaAPI(
            title=_("Data terbuka KSBB Jakarta"),
            version=VERSION,
            description=_(
                "Semua yang diterbitkan, hanya untuk dibaca, tanpa kunci. Sebutkan sumbernya dan waktunya (as_of). "
                "Lisensi: CC BY 4.0."
            ),
            docs_url=None,
            openapi_url=None,
            urls_namespace=f"api-v1-{language}",
            openapi_extra={"info": {"license": {"name": "CC BY 4.0", "url": LICENCE_URL}}},
        )
        made.add_exception_handler(ValidationError, _unreadable)
        made.add_exception_handler(Wrong, _wrong)
        for dataset in DATASETS.values():
            _add(made, dataset, language)
    return made


def document(language: str) -> dict[str, Any]:
    """The OpenAPI document."""
    with override(language):
        made = json.loads(json.dumps(api(language).get_openapi_schema(path_prefix=PREFIX), default=str))
    for methods in made["paths"].values():
        for parameter in methods["get"].get("parameters", ()):
            # Of a list of values OpenAPI makes examples of the schema; beside it they would have names.
            if examples := parameter.pop("examples", None):
                parameter["schema"]["examples"] = examples
        for status, response in methods["get"]["responses"].items():
            # ninja has one media type for all answers; ours for problems is another.
            if status != "200" and "content" in response:
                response["content"] = {PROBLEM: response["content"].pop("application/json")}
    return made


def _add(made: NinjaAPI, dataset: Dataset, language: str) -> None:
    row = row_of(dataset)
    about: dict[str, Any] = {
        "as_of": (datetime, Field(description=_("Saat jawaban ini dibuat."))),
        "note": (
            str,
            Field(description=_("Berisi “data contoh” kalau angkanya karangan, selain itu kosong.")),
        ),
        "licence": (str, Field(description=_("Alamat lisensinya."))),
    }
    listing = create_model(
        f"{_class(dataset)}Page",
        data=(list[row], Field(description=_("Baris-baris halaman ini."))),  # type: ignore[valid-type]
        next=(str | None, Field(description=_("Alamat halaman berikutnya; null di halaman terakhir."))),
        **about,
    )
    single = create_model(
        f"{_class(dataset)}Single", data=(row, Field(description=_("Baris yang diminta."))), **about
    )
    asked = create_model(
        f"{_class(dataset)}Asked",
        __base__=filters_of(dataset.name, language),
        limit=(int, Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description=_("Banyaknya baris sehalaman."))),
        after=(
            str,
            Field(
                default_factory=lambda: None,
                max_length=2000,
                pattern=r"^[-_A-Za-z0-9]+$",
                description=_("Tanda halaman berikutnya, seperti tertulis di next."),
            ),
        ),
    )
    say: dict[str, Any] = {"tags": [dataset.name], "by_alias": True, "openapi_extra": _extra()}
    made.get(
        f"/{dataset.name}", response={200: listing, 422: Problem}, summary=str(dataset.title),
        description=str(dataset.text), operation_id=f"list_{_id(dataset)}", **say,
    )(_rows(dataset, asked))  # fmt: skip
    if dataset.key:
        key = dataset.column(dataset.key)
        made.get(
            f"/{dataset.name}/{{key}}", response={200: single, 404: Problem, 422: Problem},
            operation_id=f"get_{_id(dataset)}",
            summary=_("%(title)s: satu baris menurut %(key)s") % {"title": dataset.title, "key": key.name},
            description=str(key.text), **say,
        )(_row(dataset))  # fmt: skip


def _rows(dataset: Dataset, model: type[Filters]) -> Callable[..., HttpResponseBase]:
    def rows(request: HttpRequest, asked: Any = Query(...)) -> HttpResponseBase:  # noqa: B008 as ninja reads it
        if unknown := set(request.GET) - set(model.model_fields):
            errors = [{"type": "extra_forbidden", "loc": (name,)} for name in sorted(unknown)]
            raise Wrong(problems_of(errors, dataset, PAGING))
        place = None if asked.after is None else read_after(dataset, asked.after)
        wanted = {name: value for name, value in wanted_of(asked).items() if name not in PAGING}
        question = Asked(dataset, wanted, root_of(request))
        return answer(request, lambda: _page(request, question, asked.limit, place), dataset)

    rows.__annotations__["asked"] = model
    return rows


def _row(dataset: Dataset) -> Callable[..., HttpResponseBase]:
    said = str(dataset.column(dataset.key).text)

    def row(request: HttpRequest, key: str = Path(..., description=said)) -> HttpResponseBase:
        def make() -> HttpResponseBase:
            found = one(Asked(dataset, {}, root_of(request)), key.replace("\0", ""))
            if found is None:
                return problem(404, _("Tidak ada %(key)s seperti itu.") % {"key": dataset.key})
            return HttpResponse(_written(f'"data": {found}', {}), "application/json")

        if request.GET:
            raise Wrong([(sorted(request.GET)[0], _("alamat satu baris tidak punya saringan."))])
        return answer(request, make, dataset)

    return row


def _page(request: HttpRequest, asked: Asked, limit: int, place: list[Any] | None) -> HttpResponse:
    found = page(asked, limit=limit, after=place)
    goes_on = None
    if found.after is not None:
        given = {**request.GET.dict(), "after": written_after(found.after)}
        goes_on = f"{asked.root}{request.path}?{urlencode(given)}"
    body = _written(f'"data": [{", ".join(found.rows)}]', {"next": goes_on})
    response = HttpResponse(body, "application/json")
    if goes_on:
        response["Link"] = f'<{goes_on}>; rel="next"'
    return response


def _written(data: str, more: dict[str, str | None]) -> str:
    about = {**more, "as_of": now(), "note": note(), "licence": LICENCE_URL}
    return f"{{{data}, {json.dumps(about, ensure_ascii=False)[1:]}"


def problem(status: int, detail: str, errors: list[tuple[str, str]] | None = None) -> HttpResponse:
    """An error in the form of RFC 9457."""
    body = {
        "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
        "errors": [{"field": name, "message": sentence} for name, sentence in errors or []],
    }  # fmt: skip
    return HttpResponse(json.dumps(body, ensure_ascii=False), PROBLEM, status=status)


def _wrong(request: HttpRequest, wrong: Wrong | Any) -> HttpResponse:
    return problem(422, str(wrong), wrong.problems)


def _unreadable(request: HttpRequest, error: ValidationError | Any) -> HttpResponse:
    return _wrong(request, Wrong(problems_of(error.errors)))


@open_to_all
def openapi_json(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document in the language that the reader wishes."""
    language = "en" if (request.LANGUAGE_CODE or "").startswith("en") else "id"
    response = answer(request, lambda: HttpResponse(_document_text(language), "application/json"))
    response["Vary"] = "Accept-Language"
    return response


@functools.cache
def _document_text(language: str) -> str:
    return json.dumps(document(language), ensure_ascii=False)


@open_to_all
def index(request: HttpRequest) -> HttpResponseBase:
    """The root, which the catalogue names: where everything else is."""
    root = root_of(request)
    lists = [route for route in (str(pattern.pattern) for pattern in _operations()) if "/" not in route]
    body = {
        "title": "KSBB API v1",
        "openapi": f"{root}{reverse('openapi_json')}",
        "reference": f"{root}{reverse('api_reference')}",
        "license": LICENCE_URL,
        "lists": {route: f"{root}{PREFIX}{route}" for route in lists},
    }
    return answer(request, lambda: JsonResponse(body))


@open_to_all
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """An address that the API does not have; one that ends in a slash too many leads to the one without."""
    if rest.endswith("/"):
        try:
            if resolve(shorter := request.path.rstrip("/")).func is not nothing_here:
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(f"{shorter}?{query}" if query else shorter)
        except Resolver404:
            pass
    reference = f"{root_of(request)}{reverse('api_reference')}"
    return problem(404, _("Alamat ini tidak ada. Daftarnya: %(url)s") % {"url": reference})


def _operations() -> list[Any]:
    """The patterns of the operations, without the library's own root."""
    patterns: list[Any] = api("id").urls[0]
    return [pattern for pattern in patterns if pattern.name != "api-root"]


def urlpatterns() -> list[URLPattern]:
    """Every operation, open to all, with a flat name: api_needs, api_needs_row."""
    found: list[URLPattern] = []
    for pattern in _operations():
        route = str(pattern.pattern)
        name = "api_" + route.partition("/")[0].replace("-", "_") + ("_row" if "/" in route else "")
        found.append(path(PREFIX.lstrip("/") + route, open_to_all(pattern.callback), name=name))
    return [
        *found,
        path("api/v1/openapi.json", openapi_json, name="openapi_json"),
        path("api/v1/", index, name="api_root"),
        path("api/", nothing_here, name="api_elsewhere"),
        path("api/<path:rest>", nothing_here, name="api_nothing"),
    ]


def _type(column: Column) -> Any:
    if column.codes and column.kind is Kind.INTEGER:
        return Literal[tuple(int(code) for code in column.codes)]
    if column.codes:
        return Literal[tuple(column.codes)]
    return TYPES.get(column.kind, str)


def _extra() -> dict[str, Any]:
    headers = {
        name: {"schema": {"type": "string"}, "description": text}
        for name, text in (
            ("ETag", _("Tanda isi; kirim lagi sebagai If-None-Match.")),
            ("RateLimit-Remaining", _("Sisa permintaan dari alamat Anda sampai RateLimit-Reset detik lagi.")),
        )
    }
    return {
        "responses": {
            200: {"headers": headers},
            304: {"description": _("Tidak berubah sejak ETag atau waktu yang dikirim.")},
            429: {"description": _("Terlalu banyak permintaan; coba lagi setelah Retry-After detik.")},
        }
    }


def _class(dataset: Dataset) -> str:
    return dataset.name.title().replace("-", "")


def _id(dataset: Dataset) -> str:
    return dataset.name.replace("-", "_")
