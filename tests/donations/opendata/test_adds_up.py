"""Downloads added up are the published statistics and the figures on the pages, to the digit."""

import re
from collections import Counter
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from donations.opendata.columns import numbered
from regions.notation import number
from tests.donations.opendata.conftest import Small, as_csv, as_json


def sums(rows: list[dict[str, str]], column: str, *by: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        found[tuple(row[name] for name in by)] += int(row[column])
    return Counter({key: value for key, value in found.items() if value})


def published(measure: str) -> Counter[tuple[str, ...]]:
    rows = as_csv("statistics", f"?measure={measure}&dimension=aid_type")
    return sums([row for row in rows if row["program"]], "value", "city_code", "program", "key")


PLACE = ("city_code", "program", "aid_type")


def test_allocations_add_up_to_the_statistics(small: Small) -> None:
    rows = as_csv("allocations")
    for column, measure in (("quantity", "allocated"), ("received", "delivered"), ("verified", "verified")):
        assert sums(rows, column, *PLACE) == published(measure)
    assert published("allocated")


def test_handovers_add_up_to_the_statistics(small: Small) -> None:
    rows = as_csv("handovers")
    assert sums(rows, "good", *PLACE) == published("delivered")
    assert sums([row for row in rows if row["is_verified"] == "true"], "good", *PLACE) == published(
        "verified"
    )


def test_commitments_and_needs_add_up_to_the_statistics(small: Small) -> None:
    assert sums(as_csv("commitments"), "quantity", *PLACE) == published("committed")
    assert sums(as_csv("needs"), "target", *PLACE) == published("target")
    counted = as_csv("statistics", "?measure=commitments&dimension=total&program=pangan")
    assert sum(int(row["value"]) for row in counted) == len(as_csv("commitments"))


def test_page_of_statistics_shows_the_sums_of_the_downloads(small: Small) -> None:
    page = text_of("/id/statistik/?program=pangan&bentuk=sembako&wilayah=31.74")
    rows = as_csv("allocations", "?within=31.74&program=pangan&aid_type=sembako")
    for column in ("quantity", "received", "verified"):
        assert number(sum(int(row[column]) for row in rows)) in page
    target = sum(row["target"] for row in as_json("needs", "?within=31.74&aid_type=sembako"))
    assert f"target {number(target)}" in page.replace("\u00a0", " ").lower() or number(target) in page


def test_page_of_a_need_shows_its_row(small: Small) -> None:
    [row] = as_json("needs", "?within=31.74")
    page = text_of(row["url"].removeprefix("http://testserver"))
    for part in ("target", "reserved", "received", "verified", "missing"):
        assert number(row[part]) in page
    assert row["number"] in page


def test_page_of_a_handover_shows_its_rows(small: Small) -> None:
    [row] = as_json("handovers", "?verified=true")
    page = text_of(row["url"].removeprefix("http://testserver"))
    for part in ("good", "damaged", "missing"):
        assert re.search(rf"\b{row[part]}\b", page)
    assert row["number"] in page


def test_page_of_a_region_shows_the_sums_of_its_needs(small: Small) -> None:
    page = text_of("/id/wilayah/31.75/")
    needs = as_json("needs", "?within=31.75&aid_type=sembako")
    for part in ("target", "received"):
        assert number(sum(row[part] for row in needs)) in page


@pytest.mark.parametrize("key", [1, 99_999, 100_000, 12_345_678])
def test_numbers_in_sql_are_those_of_the_ledger(db: None, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbered('k')} FROM (SELECT %s::bigint AS k) one", [key])
        assert cursor.fetchone() == (f"{key:05d}",)


def text_of(address: str) -> str:
    page = Client().get(address)
    assert page.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))
