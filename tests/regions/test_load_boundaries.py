import csv
import json
import re
from collections import Counter
from io import StringIO

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.utils import timezone

from regions.actions import derive_boundaries, load_boundaries
from regions.boundaries.matching import Status
from regions.geometry import shapes_of
from regions.models import Boundary, Region

from .conftest import shared_features

pytestmark = pytest.mark.django_db
VILLAGE = "31.74.01.1001"


def shape_of(code):
    return shapes_of([Boundary.objects.get(region=code).geometry])[0]


def strip(number, width=0.003):
    """The n-th of upright strips beside each other near the centre of Tebet Timur."""
    west = 106.845 + number * width
    return shapely.box(west, -6.235, west + width, -6.220)


def file_of(tmp_path, *features):
    path = tmp_path / "rw.geojson"
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
            for properties, shape in features
        ],
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(path, **options):
    out, err = StringIO(), StringIO()
    call_command("load_boundaries", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_load_boundaries_matches_every_kelurahan_by_code(jakarta):
    features = shared_features("jakarta_kelurahan.geojson.gz")
    findings = load_boundaries(features, source="uji")
    assert Counter(finding.status for finding in findings) == {Status.MATCHED: 267}
    assert len({finding.code for finding in findings}) == 267
    assert Boundary.objects.filter(region__level="village", is_approximate=False).count() == 267
    assert Boundary.objects.filter(is_dissolved=True).count() == 44 + 6 + 1


def test_load_boundaries_settles_every_feature_of_a_real_rw_map(jakarta):
    features = shared_features("jakarta_rw.geojson.gz")
    findings = load_boundaries(features, source="uji", dry_run=True)
    assert len(findings) == 2732
    assert not Boundary.objects.exists()
    assert all(finding.reason for finding in findings)
    assert all(bool(finding.code) == (finding.status is Status.MATCHED) for finding in findings)
    matched = [finding for finding in findings if finding.status is Status.MATCHED]
    assert len(matched) > 2600
    for finding in matched:
        assert int(re.sub(r"\D", "", finding.feature.properties["rw"])) == int(finding.code[-3:])
    others = [finding for finding in findings if finding.status is not Status.MATCHED]
    assert sum("bukan RW bernomor" in finding.reason or "Tmii" in finding.reason for finding in others) == 11
    assert not any(finding.label.codes for finding in findings)


def test_load_boundaries_puts_the_rw_of_a_real_map_into_the_right_kelurahan(jakarta):
    villages = {
        feature.properties["kode"]: feature.shape
        for feature in shared_features("jakarta_kelurahan.geojson.gz")
    }
    findings = load_boundaries(shared_features("jakarta_rw.geojson.gz"), source="uji", dry_run=True)
    matched = [finding for finding in findings if finding.status is Status.MATCHED]
    inside = [
        villages[finding.village].buffer(0.002).contains(finding.feature.shape.representative_point())
        for finding in matched
    ]
    assert sum(inside) / len(inside) > 0.985


def test_load_boundaries_creates_the_rw_that_the_tree_lacks(jakarta):
    begun = timezone.localdate()
    findings = load_boundaries(shared_features("jakarta_rw.geojson.gz"), source="uji", create=True)
    created = {finding.code for finding in findings if finding.creates}
    assert len(created) >= 20
    new = Region.objects.get(code=min(created))
    assert begun <= new.valid_from <= timezone.localdate()
    assert new.full_name == f"{new.name} {new.parent.name}"
    assert not any("--create" in finding.reason for finding in findings)


def test_load_boundaries_fits_approximate_rw_around_real_ones(tree, tmp_path):
    tree(VILLAGE)
    derive_boundaries(within="31")
    place = {"kelurahan": "Tebet Timur"}
    half = -(-Region.objects.filter(parent=VILLAGE).count() // 2)
    real = [(place | {"rw": str(number)}, strip(number)) for number in range(1, half + 1)]
    doubtful = [(place | {"rw": "TPU"}, strip(half + 1))]
    run(file_of(tmp_path, *real, *doubtful))
    assert shape_of(VILLAGE).equals(shapely.union_all([strip(number) for number in range(1, half + 2)]))
    rows = Boundary.objects.filter(region__level="rw")
    assert rows.filter(is_approximate=False).count() == half
    approximate = shapes_of([row.geometry for row in rows.filter(is_approximate=True)])
    assert approximate
    assert shapely.union_all(approximate).difference(strip(half + 1).buffer(1e-5)).area < 1e-9


def test_load_boundaries_of_a_single_rw_leaves_the_others_theirs(tree, tmp_path):
    tree(VILLAGE)
    derive_boundaries(within="31")
    one = shape_of(f"{VILLAGE}.001").buffer(-0.0003)
    run(file_of(tmp_path, ({"kelurahan": "Tebet Timur", "rw": "1"}, one)))
    rows = {row.region_id: row for row in Boundary.objects.filter(region__level="rw")}
    assert set(rows) == set(Region.objects.filter(parent=VILLAGE).values_list("code", flat=True))
    others = [row.geometry for code, row in rows.items() if code != f"{VILLAGE}.001"]
    assert all(rows[code].is_approximate for code in rows if code != f"{VILLAGE}.001")
    assert (
        shapely.union_all(shapes_of(others)).intersection(one).area < one.area / 1000
    )  # coordinates are rounded


def test_load_boundaries_joins_upper_levels_anew(tree, tmp_path):
    tree(VILLAGE)
    run(file_of(tmp_path, ({"kelurahan": "Tebet Timur", "rw": "1"}, strip(1))))
    assert shape_of("31.74").equals(strip(1))
    run(file_of(tmp_path, ({"kode": "31.74.01", "nama": "Tebet"}, strip(5))))
    assert shape_of("31.74").equals(strip(5))


def test_load_boundaries_sets_the_position_of_an_rw(tree, tmp_path):
    tree(VILLAGE)
    run(
        file_of(tmp_path, ({"kelurahan": "Tebet Timur", "rw": "1"}, strip(1))), source="Kelurahan Tebet Timur"
    )
    rw = Region.objects.get(code=f"{VILLAGE}.001")
    assert strip(1).contains(shapely.Point(rw.longitude, rw.latitude))
    assert rw.boundary.source == "Kelurahan Tebet Timur"


def test_load_boundaries_dry_run_writes_nothing(tree, tmp_path):
    tree(VILLAGE)
    out, _ = run(
        file_of(tmp_path, ({"kelurahan": "Tebet Timur", "rw": "40"}, strip(1))), dry_run=True, create=True
    )
    assert "1 cocok" in out
    assert not Boundary.objects.exists()
    assert not Region.objects.filter(code=f"{VILLAGE}.040").exists()


def test_load_boundaries_without_a_match_is_an_error(tree, tmp_path):
    tree(VILLAGE)
    with pytest.raises(CommandError, match="Tidak ada fitur yang cocok"):
        run(file_of(tmp_path, ({"kelurahan": "Antah", "rw": "1"}, strip(1))))


def test_load_boundaries_leaves_no_half_layer(tree, tmp_path):
    tree(VILLAGE)
    # An outline without an area makes the last step, joining upper levels, fail.
    Boundary.objects.create(
        region_id="31.74.01.1001.002",
        geometry={"type": "Polygon", "coordinates": []},
        min_lon=1, min_lat=1, max_lon=1, max_lat=1, source="rusak",
    )  # fmt: skip
    tree("31.74.01.1002")
    Boundary.objects.filter(region=f"{VILLAGE}.002").update(region="31.74.01.1002.001")
    path = file_of(tmp_path, ({"kelurahan": "Tebet Timur", "rw": "1"}, strip(1)))
    with pytest.raises(ValueError, match="nothing to dissolve"):
        run(path)
    assert list(Boundary.objects.values_list("region", flat=True)) == ["31.74.01.1002.001"]


def test_load_boundaries_writes_a_report_of_every_feature(tree, tmp_path):
    tree(VILLAGE)
    path = file_of(
        tmp_path,
        ({"kelurahan": "Tebet Timur", "rw": "1"}, strip(1)),
        ({"kelurahan": "=HYPERLINK(1)", "rw": "1"}, strip(2)),
    )
    report = tmp_path / "laporan.csv"
    _, err = run(path, report=report)
    rows = list(csv.DictReader(StringIO(report.read_text(encoding="utf-8-sig"))))
    assert [row["status"] for row in rows] == ["matched", "unmatched"]
    assert rows[0]["code"] == f"{VILLAGE}.001"
    assert rows[1]["village"] == "'=HYPERLINK(1)"
    assert "Fitur 2" in err


def test_load_boundaries_refuses_a_file_that_is_no_geojson(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text("code,name")
    with pytest.raises(CommandError, match="JSON"):
        run(path)
