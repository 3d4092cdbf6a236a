"""The API: the same rows as the downloads, page by page; errors that name the field; a document that tells the truth."""

import json
import re

import pytest
from django.db import connection
from django.test import Client

from accounts import clock
from donations.opendata import api, sql
from donations.opendata.asked import written_after
from donations.opendata.datasets import DATASETS
from tests.donations.opendata.conftest import Small, as_json, body


def answer(path: str) -> dict:
    return json.loads(body(path))


@pytest.mark.parametrize("name", DATASETS)
def test_pages_together_are_the_download(small: Small, name: str) -> None:
    address, rows, pages = f"/api/v1/{name}?limit=2", [], 0
    while address:
        page = answer(address.removeprefix("http://testserver"))
        assert len(page["data"]) == 2 or page["next"] is None
        rows += page["data"]
        address, pages = page["next"], pages + 1
    assert rows == as_json(name)
    assert pages == max(1, -(-len(rows) // 2))


@pytest.mark.parametrize("name", DATASETS)
def test_rows_are_as_the_document_says(small: Small, name: str) -> None:
    model = api.row_of(DATASETS[name])
    for row in answer(f"/api/v1/{name}")["data"]:
        assert list(row) == list(model.model_fields)
        model.model_validate_json(json.dumps(row), strict=True)


@pytest.mark.parametrize("name", [name for name, dataset in DATASETS.items() if dataset.key])
def test_one_row_is_found_by_its_key(small: Small, name: str) -> None:
    row = as_json(name)[0]
    assert answer(f"/api/v1/{name}/{row[DATASETS[name].key]}")["data"] == row
    missing = Client().get(f"/api/v1/{name}/tidak-ada")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    assert Client().get(f"/api/v1/{name}/x?foo=1").status_code == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("foo=1", "foo"), ("page=1000000000", "page"), ("limit=0", "limit"), ("limit=1001", "limit"),
        ("limit=banyak", "limit"), ("after=xx", "after"), ("after=W10", "after"), ("after=%00", "after"),
        ("within=<script>", "within"), ("within=3174", "within"), ("state=draft", "state"), ("open=mungkin", "open"),
        ("published_since=2026-13-45", "published_since"), ("published_since=0", "published_since"),
        ("program=" + "x" * 5000, "program"), ("state=", "state"), ("after=" + written_after(["K"]), "after"),
        ("after=" + written_after([1, 2]), "after"), ("after=" + "W" * 3000, "after"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(small: Small, query: str, field: str) -> None:
    refused = Client().get(f"/api/v1/needs?{query}")
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    problem = json.loads(refused.content)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["errors"][0]["message"]
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_a_place_far_behind_the_last_row_gives_an_empty_page(small: Small) -> None:
    page = answer(f"/api/v1/needs?after={written_after([10**30])}")
    assert (page["data"], page["next"]) == ([], None)
    assert answer("/api/v1/needs?within=99")["data"] == []


def test_filters_stay_in_the_address_of_the_next_page(small: Small) -> None:
    page = answer("/api/v1/needs?within=31.75&limit=1")
    assert "within=31.75" in page["next"]
    assert answer(page["next"].removeprefix("http://testserver"))["next"] is None


def test_unchanged_answers_are_not_sent_twice(small: Small) -> None:
    first = Client().get("/api/v1/needs?limit=1")
    assert 'rel="next"' in first["Link"]
    again = Client().get("/api/v1/needs?limit=1", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get("/api/v1/needs?limit=2", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_addresses_that_are_not_there_say_so_in_json(small: Small) -> None:
    for path in ("/api/", "/api/v2/needs", "/api/v1/nothing"):
        found = Client().get(path)
        assert (found.status_code, found["Content-Type"]) == (404, "application/problem+json"), path
        assert "/id/data/api/" in json.loads(found.content)["detail"]
    moved = Client().get("/api/v1/needs/?limit=1")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/needs?limit=1")


def test_root_leads_to_every_list(small: Small) -> None:
    found = json.loads(Client().get("/api/v1/").content)
    assert len(found["lists"]) >= 10
    for address in (
        found["openapi"],
        found["reference"],
        found["lists"]["needs"],
        found["lists"]["aid-types"],
    ):
        assert Client().get(address.removeprefix("http://testserver")).status_code == 200


def test_only_reading_is_allowed(small: Small) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)("/api/v1/needs").status_code == 405
    assert Client().options("/api/v1/needs").status_code == 204
    heads = Client().head("/api/v1/needs")
    assert (heads.status_code, heads.content) == (200, b"")
    assert heads["ETag"] == Client().get("/api/v1/needs")["ETag"]


def test_document_names_every_column_and_filter_once_described(small: Small) -> None:
    document = json.loads(body("/api/v1/openapi.json"))
    assert document["openapi"].startswith("3.")
    for name, dataset in DATASETS.items():
        listed = document["paths"][f"/api/v1/{name}"]["get"]
        asked = {item["name"] for item in listed["parameters"]}
        # A list of values would be read as named examples, and is none.
        assert not any("examples" in item for item in listed["parameters"])
        assert asked == {each.name for each in dataset.filters} | {"limit", "after"}
        row = document["components"]["schemas"][f"{name.title().replace('-', '')}Row"]
        assert set(row["properties"]) == set(dataset.names)
        assert all(schema["description"] for schema in row["properties"].values())
    english = Client().get("/api/v1/openapi.json", headers={"accept-language": "en"})
    assert "Accept-Language" in english["Vary"]


def test_reference_shows_every_operation_and_field(client, small: Small) -> None:
    page = client.get("/id/data/api/").content.decode()
    for name, dataset in DATASETS.items():
        assert f"/api/v1/{name}" in page
        assert all(f">{column}<" in page for column in dataset.names)
    assert client.get("/en/data/api/").status_code == 200


def test_document_in_another_language_is_another_answer(small: Small) -> None:
    indonesian = Client().get("/api/v1/openapi.json", headers={"accept-language": "id"})
    wish = {"accept-language": "en", "if-none-match": indonesian["ETag"]}
    english = Client().get("/api/v1/openapi.json", headers=wish)
    assert english.status_code == 200
    assert english["ETag"] != indonesian["ETag"]


@pytest.mark.parametrize("name", ["needs", "commitments", "allocations", "handovers", "sites"])
def test_one_row_is_found_by_its_own_key(small: Small, name: str) -> None:
    dataset = DATASETS[name]
    with connection.cursor() as cursor:
        values = {"root": "", "today": clock.today(), "key": "K-2026-00001", "pk": 1}
        cursor.execute(f"EXPLAIN {sql.one(dataset)}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    # Only the column as it is, not a text made of it, can be looked up in an index.
    assert re.search(r"\(?\bid = '?1'?(::bigint)?\)", plan), plan
