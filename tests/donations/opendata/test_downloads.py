"""Every dataset in every format: the same rows, nothing that is not public, nothing that a spreadsheet runs."""

import csv
import gzip
import io
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.opendata import reading
from donations.opendata.columns import Kind
from donations.opendata.datasets import DATASETS
from donations.opendata.reading import Asked, csv_lines
from regions.models import Region, SampleData
from regions.public_version import FORUM, bump_public_version
from regions.queries import forget_sample_data
from tests.donations.opendata.conftest import (
    FORMULA,
    OWN_NAME,
    SECRET,
    UNPUBLISHED,
    Small,
    as_csv,
    as_json,
    body,
)
from tests.factories import OrganisationFactory, make_commitment, make_handover, make_need

FILES = [(name, kind) for name, dataset in DATASETS.items() for kind in dataset.formats]


def written(value: object) -> str:
    """A JSON value as the CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value[:1] in "=+-@":
        return f"'{value}" if value else ""
    return json.dumps(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", DATASETS)
def test_csv_and_json_have_the_same_rows(small: Small, name: str) -> None:
    rows, lines = as_json(name), as_csv(name)
    assert rows
    assert [list(row) for row in rows] == [list(DATASETS[name].names)] * len(rows)
    for row, line in zip(rows, lines, strict=True):
        said = {key: value for key, value in line.items() if key not in {"as_of", "note"} - set(row)}
        assert said == {key: written(value) for key, value in row.items()}


@pytest.mark.parametrize("name", [name for name, dataset in DATASETS.items() if dataset.shared])
def test_shared_cells_are_written_as_copy_writes_them(small: Small, name: str, monkeypatch) -> None:
    names = ("", '"', "a,b", "a\nb", "a\rb", "=1+1", 'x "y", z', "\\.")
    for number, written_so in enumerate(names):
        giver = OrganisationFactory(name=written_so or "kosong")
        need = make_need(code=f"31.74.01.1001.{number + 20:03}")
        Region.objects.filter(pk=need.region_id).update(full_name=written_so)
        make_commitment("accepted", need=need, quantity=number + 1, collaborator=giver)
    monkeypatch.setattr(reading, "now", lambda: "2026-11-22T12:00:00+07:00")
    dataset = DATASETS[name]
    plain = Asked(replace(dataset, shared=()), {}, "http://testserver")
    for note in ("", "data contoh, karangan"):
        monkeypatch.setattr(reading, "note", lambda note=note: note)
        ours = b"".join(csv_lines(Asked(dataset, {}, "http://testserver")))
        assert ours == b"".join(csv_lines(plain))
        assert ours.count(b"31.74.01.1001.0") >= len(names)


def test_packed_download_says_the_same(small: Small) -> None:
    packed = Client().get("/data/sites.json", headers={"accept-encoding": "gzip, br"})
    assert (packed["Content-Encoding"], "Accept-Encoding" in packed["Vary"]) == ("gzip", True)
    plain = json.loads(body("/data/sites.json"))
    said = json.loads(gzip.decompress(b"".join(packed.streaming_content)))
    assert said["rows"] == plain["rows"]


@pytest.mark.parametrize("name", [name for name, dataset in DATASETS.items() if dataset.geometry])
def test_geojson_has_the_same_rows_with_their_shape(small: Small, name: str) -> None:
    found = json.loads(body(f"/data/{name}.geojson"))
    assert found["type"] == "FeatureCollection"
    assert [feature["properties"] for feature in found["features"]] == as_json(name)
    assert {feature["type"] for feature in found["features"]} == {"Feature"}
    assert all(feature["geometry"] is None or feature["geometry"]["type"] for feature in found["features"])


@pytest.mark.parametrize("name", DATASETS)
def test_second_row_of_csv_is_hxl_unless_unwanted(small: Small, name: str) -> None:
    heads, tags, *rows = list(csv.reader(io.StringIO(body(f"/data/{name}.csv"))))
    assert all(tag.startswith("#") for tag in tags)
    assert {len(heads)} == {len(tags)} == {len(row) for row in rows}
    assert len(set(tags)) == len(tags)
    plain = list(csv.reader(io.StringIO(body(f"/data/{name}.csv?hxl=0"))))
    # The last two say when the file was made, and whether it is sample data.
    assert [row[:-2] for row in plain] == [row[:-2] for row in (heads, *rows)]
    assert Client().get(f"/data/{name}.csv?hxl=ya").status_code == 400


def test_only_what_is_accepted_and_only_who_agreed_is_named(small: Small) -> None:
    everything = "".join(body(f"/data/{name}.{kind}") for name, kind in FILES)
    for hidden in (SECRET, OWN_NAME, UNPUBLISHED, "Belum Dijawab"):
        assert hidden not in everything
    gifts = {row["number"]: row for row in as_json("commitments")}
    assert set(gifts) == {small.named.number, small.unnamed.number}
    assert gifts[small.named.number]["collaborator"] == "@Yayasan Terang"
    assert gifts[small.unnamed.number]["collaborator"] is None
    assert gifts[small.unnamed.number]["collaborator_kind"] == "individual"
    assert {row["commitment"] for row in as_json("allocations")} == set(gifts)
    assert small.site.number in {row["number"] for row in as_json("needs")}
    assert len(as_json("needs")) == 3  # the draft is nobody's business


def test_handovers_are_those_in_force(small: Small) -> None:
    rows = {row["number"]: row for row in as_json("handovers")}
    assert set(rows) == {small.verified.number, small.waiting.number}
    checked = rows[small.verified.number]
    assert (checked["good"], checked["damaged"], checked["missing"], checked["is_verified"]) == (
        290,
        7,
        3,
        True,
    )
    assert checked["url"] == f"http://testserver/id/bast/{small.verified.code}/"
    make_handover("draft")
    assert len(as_json("handovers")) == 2


def test_quantities_are_those_of_the_ledger(small: Small) -> None:
    [own] = [row for row in as_json("allocations") if row["commitment"] == small.named.number]
    assert [own[part] for part in ("quantity", "dispatched", "received", "verified")] == [300, 300, 290, 290]
    assert own["value"] == 300 * 200_000
    [need] = as_json("needs", "?within=31.74")
    assert [need[part] for part in ("target", "reserved", "missing")] == [1000, 300, 700]


def test_cells_run_no_formula(small: Small) -> None:
    assert {row["name"] for row in as_csv("sites")} == {f"'{FORMULA}"}
    assert {row["address"] for row in as_csv("sites")} == {"'+62 Jalan"}
    assert "'@Yayasan Terang" in {row["collaborator"] for row in as_csv("commitments")}
    for name, kind in FILES:
        if kind == "csv":
            texts = [column.name for column in DATASETS[name].columns if column.kind is Kind.TEXT]
            for row in as_csv(name):
                assert not [row[text] for text in texts if row[text][:1] in tuple("=+-@\t\r\n")]


@pytest.mark.parametrize(("name", "kind"), FILES)
@pytest.mark.parametrize("query", ["?foo=1", "?within=<script>", "?page=1000000000"])
def test_unknown_filters_are_named(small: Small, name: str, kind: str, query: str) -> None:
    answer = Client().get(f"/data/{name}.{kind}{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith(f"{query[1:].partition('=')[0]}: ")


@pytest.mark.parametrize("name", DATASETS)
def test_every_filter_chooses_rows(small: Small, name: str) -> None:
    rows = as_json(name)
    for asked in DATASETS[name].filters:
        sample = {
            "within": "31.74", "city": "31.74", "open": "true", "verified": "true", "published_since": "2001-01-01",
            "accepted_since": "2001-01-01", "accepted_until": "2001-01-01", "arrived_since": "2001-01-01",
            "arrived_until": "2001-01-01",
        }.get(asked.name)  # fmt: skip
        value = sample or next((str(row[asked.name]) for row in rows if row.get(asked.name)), None)
        if value is None:
            continue
        found = as_json(name, f"?{asked.name}={value}")
        if asked.name in rows[0]:
            assert found == [row for row in rows if row[asked.name] == value]
        elif asked.name.endswith("_until"):
            assert found == []
        elif asked.name.endswith("_since"):
            assert found == rows
        elif asked.name == "within":
            code = "code" if name == "regions" else "region_code"
            assert found == [row for row in rows if row[code].startswith("31.74")]
        elif asked.name not in ("city", "open", "verified"):
            assert 0 < len(found) <= len(rows)
        elif asked.name == "city":
            assert found == [row for row in rows if row["city_code"] == "31.74"]
        else:
            other = as_json(name, f"?{asked.name}=false")
            assert sorted(map(str, found + other)) == sorted(map(str, rows))


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_sample_data_are_called_so_in_every_file(small: Small, name: str, kind: str) -> None:
    assert "data contoh" not in body(f"/data/{name}.{kind}")
    SampleData.objects.create()
    forget_sample_data()
    answer = Client().get(f"/data/{name}.{kind}")
    assert "data contoh" in answer["X-KSBB-Note"]
    text = answer.getvalue().decode()
    if kind == "csv":
        _heads, _tags, *rows = list(csv.reader(io.StringIO(text)))
        assert all("data contoh" in row[-1] for row in rows)
    else:
        assert "data contoh" in json.loads(text)["note"]


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_unchanged_files_are_not_sent_twice(
    small: Small, name: str, kind: str, django_capture_on_commit_callbacks
) -> None:
    address = f"/data/{name}.{kind}"
    first = Client().get(address)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in first["Link"]
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert Client().get(f"{address}?", headers={"if-none-match": first["ETag"]}).status_code == 304
    if name != "statistics":
        with django_capture_on_commit_callbacks(execute=True):
            bump_public_version()
        assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_files_of_another_release_are_sent_again(small: Small, monkeypatch) -> None:
    first = Client().get("/data/needs.csv")
    monkeypatch.setattr("donations.opendata.answers.release", lambda: "another")
    assert Client().get("/data/needs.csv", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_voices_of_the_forum_renew_only_the_file_of_proposals(
    small: Small, django_capture_on_commit_callbacks
) -> None:
    tags = {name: Client().get(f"/data/{name}.csv")["ETag"] for name in ("needs", "proposals")}
    with django_capture_on_commit_callbacks(execute=True):
        bump_public_version(FORUM)
    for name, status in (("needs", 304), ("proposals", 200)):
        assert Client().get(f"/data/{name}.csv", headers={"if-none-match": tags[name]}).status_code == status


def test_times_are_told_once_they_are_settled(small: Small, monkeypatch) -> None:
    from donations.opendata import answers

    fresh = Client().get("/data/needs.csv")
    assert "Last-Modified" not in fresh
    monkeypatch.setattr(answers, "SETTLED", answers.timedelta(seconds=-1))
    told = Client().get("/data/needs.csv")["Last-Modified"]
    assert Client().get("/data/needs.csv", headers={"if-modified-since": told}).status_code == 304


def test_other_sites_may_read_and_nobody_may_write(small: Small) -> None:
    asked = Client().options("/data/needs.csv", headers={"origin": "https://x.test"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert Client().head("/data/needs.csv").status_code == 200
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)("/data/needs.csv").status_code == 405


def test_number_of_queries_does_not_grow_with_rows(small: Small) -> None:
    for name, kind in FILES:
        body(f"/data/{name}.{kind}")
    counts = {}
    for name, kind in FILES:
        with CaptureQueriesContext(connection) as seen:
            body(f"/data/{name}.{kind}")
        counts[name, kind] = len(seen)
    for number in range(10, 20):
        need = make_need(code=f"31.74.01.1001.0{number}", aid_type=small.aid)
        make_commitment("accepted", need=need, quantity=5, collaborator=OrganisationFactory())
    for name, kind in FILES:
        with CaptureQueriesContext(connection) as seen:
            body(f"/data/{name}.{kind}")
        assert len(seen) == counts[name, kind], (name, kind)


def test_a_stream_that_is_given_up_leaves_the_connection_usable(small: Small) -> None:
    lines = csv_lines(Asked(DATASETS["regions"], {}, "http://testserver"))
    next(lines)
    next(lines)
    lines.close()
    assert as_json("needs")


@pytest.mark.parametrize("name", ["commitments", "allocations", "handovers"])
def test_agency_of_which_nobody_made_sure_is_not_named(small: Small, name: str) -> None:
    giver = small.named.pledge.collaborator
    giver.name, giver.collaborator_kind, giver.is_confirmed = "Dinas Entah", "government", False
    giver.save()
    assert "Dinas Entah" not in body(f"/data/{name}.csv")
