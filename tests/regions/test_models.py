import pytest
from django.db import IntegrityError, transaction

from regions.models import Boundary, Region, SampleData, Site

pytestmark = pytest.mark.django_db


def refused(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("region_code_has_level", {"code": "31.74.02", "level": "village", "parent_id": "31.74"}),
        ("region_code_has_level", {"code": "3174", "level": "city", "parent_id": "31"}),
        ("region_code_has_level", {"code": "32", "level": "province", "parent_id": "31"}),
        ("region_lies_in_parent", {"code": "32.74", "level": "city", "parent_id": "31"}),
        ("region_lies_in_parent", {"code": "31.99", "level": "city"}),
        ("region_centre_on_earth", {"code": "31.99", "level": "city", "parent_id": "31", "latitude": -6.0}),
        (
            "region_ends_after_start",
            {"code": "31.99", "level": "city", "parent_id": "31", "valid_from": "2026-01-02",
             "valid_until": "2026-01-02"},
        ),
    ],
)  # fmt: skip
def test_region_that_contradicts_itself_is_refused(tree, constraint, values):
    tree("31.74.01.1001")
    refused(constraint, lambda: Region.objects.create(name="x", official_name="x", full_name="x", **values))


@pytest.mark.parametrize("code", ["31", "31.74", "31.74.01"])
def test_site_lies_in_a_village_or_rw(tree, code):
    tree("31.74.01.1001")
    refused("site_lies_in", lambda: Site.objects.create(kind="school", name="x", region_id=code))
    for inside in ("31.74.01.1001", "31.74.01.1001.001"):
        assert Site.objects.create(kind="school", name="x", region_id=inside).city_code == "31.74"


def test_boundary_box_is_ordered(tree):
    tree("31.74.01.1001")
    values = {"min_lon": 2, "max_lon": 1, "min_lat": 1, "max_lat": 2, "source": "x", "geometry": {}}
    refused("boundary_box", lambda: Boundary.objects.create(region_id="31", **values))


def test_sample_data_is_a_single_row():
    SampleData.objects.create()
    refused("sample_data_single_row", lambda: SampleData.objects.create(id=2))


def test_within_is_not_fooled_by_like_codes(tree):
    tree("31.74.01", "31.75.01")
    assert (
        Region.objects.within("31.74").count() + Region.objects.within("31.75").count()
        == Region.objects.count() - 1
    )
    assert not Region.objects.within("31.7").exists()


def test_current_passes_over_what_has_ended_or_not_begun(tree):
    tree("31.74.01.1001")
    Region.objects.filter(code="31.74.01.1001.001").update(valid_until="2020-01-01")
    Region.objects.filter(code="31.74.01.1001.002").update(valid_from="2999-01-01")
    current = Region.objects.current().at_level("rw")
    assert [code[-3:] for code in current.values_list("code", flat=True)[:2]] == ["003", "004"]
    assert all(region.is_current for region in current)
    assert not Region.objects.get(code="31.74.01.1001.001").is_current


def test_city_code_needs_no_query(tree, django_assert_num_queries):
    tree("31.74.01.1001")
    region = Region.objects.get(code="31.74.01.1001.001")
    with django_assert_num_queries(0):
        assert (region.city_code, str(region)) == ("31.74", "RW 01 Tebet Timur")
