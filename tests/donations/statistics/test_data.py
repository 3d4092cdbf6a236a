"""The downloads: the same rows, fields and order in both, asked for by name, honest about samples."""

import csv
import io
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.models import StatisticRow
from regions.models import SampleData

pytestmark = pytest.mark.django_db
FIELDS = ["city_code", "program", "measure", "dimension", "key", "value", "as_of"]


@pytest.fixture(autouse=True)
def _rows() -> None:
    cache.clear()
    when = datetime(2026, 11, 22, 5, 40, tzinfo=UTC)
    for city, program, measure, key in (
        ("31.75", "pangan", "target", "sembako"),
        ("31.74", "pangan", "target", "siap-saji"),
        ("31.74", "pangan", "target", "sembako"),
        ("31.74", "pangan", "verified", "sembako"),
        ("31.74", "umkm", "target", "pelatihan"),
        ("31", "pangan", "committed", "sembako"),
    ):
        StatisticRow.objects.create(
            city_code=city, program_code=program, measure=measure, dimension="aid_type", key=key, value=7, as_of=when
        )  # fmt: skip


def as_json(query: str = "") -> dict:
    return json.loads(Client().get(f"/data/statistics.json{query}").getvalue())


def as_csv(query: str = "") -> list[dict[str, str]]:
    joint = "&" if query else "?"
    text = Client().get(f"/data/statistics.csv{query}{joint}hxl=0").getvalue().decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_have_the_published_fields_in_one_order() -> None:
    rows = as_json()["rows"]
    assert [list(row) for row in rows] == [FIELDS] * 6
    assert [(row["city_code"], row["measure"], row["key"]) for row in rows] == [
        ("31", "committed", "sembako"),
        ("31.74", "target", "sembako"),
        ("31.74", "target", "siap-saji"),
        ("31.74", "verified", "sembako"),
        ("31.74", "target", "pelatihan"),
        ("31.75", "target", "sembako"),
    ]
    assert rows[0]["value"] == 7
    assert rows[0]["as_of"] == "2026-11-22T12:40:00+07:00"


def test_both_downloads_say_the_same() -> None:
    lines = as_csv()
    assert list(lines[0]) == [*FIELDS, "note"]
    assert [{**row, "value": str(row["value"])} for row in as_json()["rows"]] == [
        {name: line[name] for name in FIELDS} for line in lines
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?program=pangan", 5), ("?city=31.74", 4), ("?city=31", 1), ("?measure=target", 4),
        ("?dimension=aid_type", 6), ("?program=pangan&city=31.74&measure=verified", 1),
        ("?program=&city=", 6), ("?program=tidak-ada", 0), ("?city=99", 0), ("?dimension=total", 0),
    ],
)  # fmt: skip
def test_filters_choose_rows(query: str, count: int) -> None:
    assert len(as_json(query)["rows"]) == len(as_csv(query)) == count


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("program", "<script>"), ("city", "Jakarta"), ("city", "31.74.0"), ("measure", "emas"),
        ("dimension", "'; drop table"), ("city", "9" * 5000), ("measure", "😀"),
    ],
)  # fmt: skip
def test_absurd_filters_are_refused_in_a_sentence(name: str, value: str) -> None:
    for kind in ("json", "csv"):
        response = Client().get(f"/data/statistics.{kind}?{name}={quote(value)}")
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode().startswith(f"{name}: ")


def test_unchanged_rows_are_not_sent_twice() -> None:
    for kind in ("json", "csv"):
        address = f"/data/statistics.{kind}?city=31.74"
        tag = Client().get(address)["ETag"]
        again = Client().get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        StatisticRow.objects.filter(city_code="31.75").update(as_of=datetime.now(UTC), value=len(kind))
        assert Client().get(address, headers={"if-none-match": tag}).status_code == 200


def test_sample_data_are_called_so() -> None:
    assert as_json()["note"] == ""
    assert "X-KSBB-Note" not in Client().get("/data/statistics.csv")
    SampleData.objects.create()
    cache.clear()
    assert "data contoh" in as_json()["note"]
    assert {line["note"] for line in as_csv()} == {as_json()["note"]}
    assert "data contoh" in Client().get("/data/statistics.csv")["X-KSBB-Note"]


def test_downloads_are_open_to_other_sites_and_only_read() -> None:
    response = Client().get("/data/statistics.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert Client().post("/data/statistics.json").status_code == 405
    assert Client().head("/data/statistics.csv").status_code == 200


def test_number_of_queries_does_not_grow_with_rows() -> None:
    as_json()
    with CaptureQueriesContext(connection) as few:
        as_json()
    when = datetime(2026, 11, 22, tzinfo=UTC)
    StatisticRow.objects.bulk_create(
        StatisticRow(city_code="31.73", program_code="pangan", measure="target", dimension="aid_type",
                     key=f"k{n}", value=n, as_of=when)
        for n in range(500)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(as_json()["rows"]) == 506
    assert len(many) == len(few)
