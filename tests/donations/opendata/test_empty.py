"""Before there is anything: every file, page, feed and card answers."""

import json
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client

from donations.opendata.datasets import DATASETS
from tests.factories import tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget() -> None:
    cache.clear()


def test_files_without_rows_are_whole() -> None:
    for name, dataset in DATASETS.items():
        if dataset.made:
            continue  # says of every row that nothing is told
        assert len(Client().get(f"/data/{name}.csv").getvalue().splitlines()) == 2
        assert json.loads(Client().get(f"/data/{name}.json").getvalue())["rows"] == []
        assert json.loads(Client().get(f"/api/v1/{name}").content)["data"] == []
        if dataset.geometry:
            assert json.loads(Client().get(f"/data/{name}.geojson").getvalue())["features"] == []


def test_pages_feeds_and_activities_answer() -> None:
    for page in ("/id/data/", "/en/data/", "/id/data/api/", "/id/sematan/", "/data/catalog.jsonld"):
        assert Client().get(page).status_code == 200, page
    for feed in ("kebutuhan", "serah-terima"):
        assert ElementTree.fromstring(Client().get(f"/id/umpan/{feed}.atom").content).tag.endswith("feed")
    assert ElementTree.fromstring(Client().get("/data/iati-activities.xml").content).tag == "iati-activities"


def test_cards_say_what_there_is() -> None:
    assert Client().get("/id/sematan/statistik/").status_code == 200
    assert Client().get("/id/sematan/peta/").status_code == 400
    tree("31")
    cache.clear()
    assert Client().get("/id/sematan/peta/").status_code == 200
