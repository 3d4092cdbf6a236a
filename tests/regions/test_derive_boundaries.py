import time

import pytest
import shapely
from django.core.management import CommandError, call_command

from regions.actions import derive_boundaries
from regions.geometry import shapes_of
from regions.models import Boundary, OutlineLayer, Region
from regions.outlines import outline_layer

pytestmark = pytest.mark.django_db


def shapes(**conditions):
    rows = Boundary.objects.filter(**conditions).order_by("region")
    return dict(zip([row.region_id for row in rows], shapes_of([row.geometry for row in rows]), strict=True))


def test_derive_boundaries_outlines_all_of_jakarta_quickly(jakarta):
    began = time.process_time()
    call_command("derive_boundaries")
    assert time.process_time() - began < 6
    assert Boundary.objects.filter(is_approximate=True).count() == 3073
    assert not Region.objects.filter(boundary__isnull=True).exists()
    for level in ("rw", "village", "district", "city"):
        assert shapely.coverage_is_valid(list(shapes(region__level=level).values()))
    province = shapes(region="31")["31"]
    assert abs(sum(shape.area for shape in shapes(region__level="rw").values()) - province.area) < 1e-9


def test_derive_boundaries_city_by_city_gives_the_same_lines(tree):
    tree("31.74.01", "31.75.01")
    derive_boundaries(within="31")
    whole = shapes()
    Boundary.objects.all().delete()
    derive_boundaries(within="31.74")
    assert not Boundary.objects.filter(region__in=Region.objects.within("31.75")).exists()
    derive_boundaries(within="31.75")
    again = shapes()
    assert again.keys() == whole.keys()
    assert all(again[code].equals(whole[code]) for code in whole)


def test_derive_boundaries_puts_rw_inside_their_outline(tree):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    for rw in Region.objects.at_level("rw").select_related("boundary"):
        assert shapes(region=rw)[rw.code].covers(shapely.Point(rw.longitude, rw.latitude))


def test_derive_boundaries_keeps_real_outlines(tree):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    Boundary.objects.filter(region="31.74.01.1001.001").update(is_approximate=False, source="peta kelurahan")
    before = shapes(region="31.74.01.1001.001")
    derived = derive_boundaries(within="31")
    assert derived.kept == 1
    assert shapes(region="31.74.01.1001.001") == before


def test_derive_boundaries_reports_villages_without_centre(tree):
    tree("31.74.01")
    Region.objects.filter(code="31.74.01.1001").update(latitude=None, longitude=None)
    assert derive_boundaries(within="31").without_centre == ("31.74.01.1001",)


def test_derive_boundaries_draws_the_layers_anew(tree):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    before = outline_layer("31", "rw")
    assert set(OutlineLayer.objects.values_list("level", flat=True)) == {"city", "district", "village", "rw"}
    tree("31.74.01.1002")
    derive_boundaries(within="31.74")
    assert outline_layer("31", "rw")[0] != before[0]


@pytest.mark.parametrize("options", [{}, {"city": "31.99"}])
def test_derive_boundaries_says_what_is_missing(options):
    with pytest.raises(CommandError):
        call_command("derive_boundaries", **options)
