"""The catalogue, CSVW, schema.org and IATI: all say what the files hold, and lead to them."""

import csv
import io
import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client

from donations.opendata.catalogue import HXL
from donations.opendata.datasets import DATASETS
from programs.models import Program
from regions.models import SampleData
from regions.queries import forget_sample_data
from tests.donations.opendata.conftest import Small, body

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def test_catalogue_leads_to_every_file(small: Small) -> None:
    catalogue = json.loads(body("/data/catalog.jsonld"))
    assert catalogue["dct:license"]["@id"] == LICENCE
    assert {text["@language"] for text in catalogue["dct:title"]} == {"id", "en"}
    found = {dataset["dct:identifier"]: dataset for dataset in catalogue["dcat:dataset"]}
    assert set(found) == set(DATASETS)
    for name, dataset in found.items():
        assert dataset["dct:modified"]["@value"]
        files = [urlsplit(file["dcat:downloadURL"]["@id"]).path for file in dataset["dcat:distribution"]]
        assert files == [f"/data/{name}.{kind}" for kind in DATASETS[name].formats]
        assert all(Client().get(path).status_code == 200 for path in files)
        schema = dataset["dcat:distribution"][0]["csvw:tableSchema"]["csvw:column"]["@list"]
        assert [column["csvw:name"] for column in schema] == heads(name)[0]


@pytest.mark.parametrize("name", DATASETS)
def test_csvw_describes_the_columns_of_the_csv(small: Small, name: str) -> None:
    said = json.loads(body(f"/data/{name}.csv-metadata.json"))
    columns = said["tableSchema"]["columns"]
    names, tags = heads(name)
    assert [column["name"] for column in columns] == names
    assert [column[HXL] for column in columns] == tags
    assert said["url"] == f"http://testserver/data/{name}.csv?hxl=0"
    assert f"{name}.csv-metadata.json" in Client().get(f"/data/{name}.csv")["Link"]


def heads(name: str) -> tuple[list[str], list[str]]:
    names, tags, *_rows = csv.reader(io.StringIO(body(f"/data/{name}.csv")))
    return names, tags


def test_page_tells_search_engines_of_every_dataset(small: Small) -> None:
    page = Client().get("/id/data/").content.decode()
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set("<>&") & set(text)
    found = json.loads(text)
    assert [dataset["identifier"] for dataset in found["dataset"]] == list(DATASETS)
    for dataset in found["dataset"]:
        assert dataset["license"] == LICENCE
        assert dataset["variableMeasured"]
        for file in dataset["distribution"]:
            assert Client().get(urlsplit(file["contentUrl"]).path).status_code == 200


def test_page_lists_every_column_with_its_description(small: Small) -> None:
    page = Client().get("/id/data/").content.decode()
    for name, dataset in DATASETS.items():
        assert f'id="{name}"' in page
        for column in dataset.columns:
            assert f">{column.name}</th>" in page
            assert column.hxl in page


def test_activities_name_programs_and_count_what_arrived(small: Small) -> None:
    root = ElementTree.fromstring(body("/data/iati-activities.xml"))
    assert (root.tag, root.attrib["version"]) == ("iati-activities", "2.03")
    [activity] = root.findall("iati-activity")
    # The order of elements is the schema's.
    order = [child.tag for child in activity if child.tag != "result"]
    assert order == [
        "iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
        "activity-date", "recipient-country", "location", "sector", "document-link",
    ]  # fmt: skip
    assert activity.findtext("iati-identifier") == "XI-KSBB-JAKARTA-pangan"
    period = activity.find("result/indicator/period")
    assert period.find("target").attrib["value"] == str(1000 + 500 + 80)
    assert period.find("actual").attrib["value"] == str(290 + 90)


def test_activities_name_no_empty_organisation(small: Small) -> None:
    Program.objects.update(lead_agency=" ", lead_agency_en="", facilitators="")
    [activity] = ElementTree.fromstring(body("/data/iati-activities.xml")).findall("iati-activity")
    [taking_part] = activity.findall("participating-org")
    assert "KSBB" in taking_part.findtext("narrative")


def test_activities_of_sample_data_say_so(small: Small) -> None:
    SampleData.objects.create()
    forget_sample_data()
    text = body("/data/iati-activities.xml")
    assert "data contoh" in ElementTree.fromstring(text).findtext("iati-activity/description/narrative")
    assert "data contoh" in json.dumps(json.loads(body("/data/catalog.jsonld")))


def test_number_of_programs_does_not_change_the_number_of_queries(
    small: Small, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(5):
        body("/data/iati-activities.xml")
