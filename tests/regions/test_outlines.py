import gzip
import json
from collections import Counter

import numpy as np
import pytest
import shapely
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from regions.actions import derive_boundaries
from regions.arcs import counted_up
from regions.codes import Level
from regions.geometry import to_geojson
from regions.models import Boundary, OutlineLayer, Region
from regions.outlines import STEP, children_geojson, decode, encode, outline_layer, simplified

from .conftest import shared_features

LIMIT = 110_000
WHOLE = st.integers(-20_000, 20_000)


@pytest.mark.parametrize("turn", [1, -1])
def test_rings_run_as_geojson_wants(turn):
    ring, hole = [(0, 0), (4, 0), (4, 4), (0, 4)][::turn], [(1, 1), (2, 1), (2, 2), (1, 2)][::turn]
    outer, inner = to_geojson(Polygon(ring, [hole]))["coordinates"]
    assert (shapely.LinearRing(outer).is_ccw, shapely.LinearRing(inner).is_ccw) == (True, False)


def read(layer):
    return json.loads(gzip.decompress(layer[1]))


def there_and_back(*shapes):
    drawn, origin = encode(shapes)
    return decode({**drawn, "origin": origin, "step": STEP})


def holes_of(shape):
    return sum(len(part.interiors) for part in shapely.get_parts(shape))


def areas_of(document):
    """Each region as a browser fills it, by the even-odd rule, on the layer's own grid."""
    areas = []
    for rings in decode(document):
        area = Polygon()
        for ring in rings:
            area = area.symmetric_difference(shapely.set_precision(Polygon(ring), document["step"]))
        areas.append(area)
    return areas


@given(WHOLE, WHOLE, st.integers(3, 400), st.integers(3, 400))
def test_encoding_returns_the_same_rings(x, y, width, height):
    west, south = round(106.8 / STEP + x) * STEP, round(-6.2 / STEP + y) * STEP
    box = shapely.box(west, south, west + width * STEP, south + height * STEP)
    [[points]] = there_and_back(box)
    assert len(points) == 5
    assert np.array_equal(points[0], points[-1])
    assert (
        np.abs(np.unique(points, axis=0) - np.unique(shapely.get_coordinates(box), axis=0)).max()
        < STEP / 1000
    )


@given(st.lists(st.tuples(st.floats(106.6, 107), st.floats(-6.4, -6)), min_size=3, max_size=40))
def test_encoding_moves_no_point_by_more_than_half_a_step(places):
    shape = Polygon(places)
    [rings] = there_and_back(shape)
    if shape.area < STEP**2:  # a speck is drawn as one
        return
    for point in rings[0]:
        distances = np.abs(shapely.get_coordinates(shape) - point).max(axis=1)
        assert distances.min() <= STEP / 2 + 1e-9


def test_encoding_keeps_holes_and_islands():
    holed = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    [rings] = there_and_back(MultiPolygon([holed, shapely.box(2, 2, 3, 3)]))
    assert sorted(Polygon(ring).area for ring in rings) == pytest.approx([0.04, 1, 1])


def test_encoding_of_a_speck_keeps_a_ring():
    speck = shapely.box(106.8, -6.2, 106.8 + 1e-7, -6.2 + 1e-7)
    [[ring]] = there_and_back(speck)
    assert len(ring) == 4


@pytest.mark.django_db
def test_layer_of_jakarta_is_small_and_complete(jakarta):
    derive_boundaries(within="31")
    layer = outline_layer("31", "rw")
    assert len(layer[1]) <= LIMIT
    document = read(layer)
    assert len(document["codes"]) == len(document["shapes"]) == 2755
    assert document["approximate"] is True
    assert document["bounds"] == list(
        Boundary.objects.values_list("min_lon", "min_lat", "max_lon", "max_lat").get(region="31")
    )


@pytest.mark.django_db
def test_layer_keeps_neighbours_together(tree):
    tree("31.74.01")
    derive_boundaries(within="31")
    document = read(outline_layer("31.74.01", "rw"))
    assert shapely.coverage_is_valid(areas_of(document))


@pytest.mark.django_db
def test_layer_sends_each_border_once(tree):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    document = read(outline_layer("31", "rw"))
    shapes = counted_up(document["shapes"])
    used = Counter(arc if arc >= 0 else ~arc for shape in shapes for ring in shape for arc in ring)
    assert sorted(used) == list(range(len(document["arcs"])))
    assert set(used.values()) == {1, 2}


def test_real_map_is_small_and_without_cracks():
    shapes = [feature.shape for feature in shared_features("jakarta_rw.geojson.gz") if feature.shape]
    assert not shapely.coverage_is_valid(shapes)
    drawn, origin = encode(simplified(shapes, Level.RW))
    assert len(gzip.compress(json.dumps(drawn, separators=(",", ":")).encode(), 9)) <= LIMIT
    areas = areas_of({**drawn, "origin": origin, "step": STEP})
    whole = shapely.union_all(areas)
    assert whole.area == pytest.approx(shapely.union_all(shapes).area, rel=0.0005)
    # No crack opens: what lies open between neighbours was open on the source's map, and not a mere gap.
    before = shapely.union_all(shapes)
    assert holes_of(whole) < holes_of(before)
    assert shapely.difference(before, whole.buffer(1.3e-4)).area == 0
    # One of the source's areas lies wholly inside another; nothing else is drawn over its neighbour.
    assert sum(area.area for area in areas) - whole.area == pytest.approx(1.82e-6, rel=0.02)


@pytest.mark.django_db
def test_layer_is_drawn_once_and_named_by_its_content(tree, django_assert_num_queries):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    with django_assert_num_queries(1):
        first = outline_layer("31", "rw")
    derive_boundaries(within="31")
    assert outline_layer("31", "rw") == first
    Boundary.objects.filter(region="31.74.01.1001.001").delete()
    OutlineLayer.objects.all().delete()
    assert outline_layer("31", "rw")[0] != first[0]


@pytest.mark.django_db
def test_layer_of_a_smaller_place_is_drawn_without_writing(tree, django_assert_num_queries):
    tree("31.74.01")
    derive_boundaries(within="31")
    stored = OutlineLayer.objects.count()
    with django_assert_num_queries(2):
        layer = outline_layer("31.74.01.1001", "rw")
    assert all(code.startswith("31.74.01.1001.") for code in read(layer)["codes"])
    assert OutlineLayer.objects.count() == stored


@pytest.mark.django_db
def test_layer_says_which_outlines_are_approximate(tree):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    Boundary.objects.filter(region="31.74.01.1001.001").update(is_approximate=False)
    approximate = read(outline_layer("31.74", "rw"))["approximate"]
    assert 0 not in approximate
    assert approximate


@pytest.mark.django_db
def test_layer_without_outlines_is_empty():
    assert read(outline_layer("31", "rw"))["codes"] == []


@pytest.mark.django_db
def test_children_geojson_has_a_feature_for_every_child(tree):
    tree("31.74.01")
    derive_boundaries(within="31")
    Boundary.objects.filter(region="31.74.01.1003").delete()
    collection = children_geojson("31.74.01")
    assert [feature["id"] for feature in collection["features"]] == list(
        Region.objects.children_of("31.74.01").order_by("code").values_list("code", flat=True)
    )
    by_code = {feature["id"]: feature for feature in collection["features"]}
    assert by_code["31.74.01.1003"]["geometry"] is None
    assert by_code["31.74.01.1001"]["properties"] == {
        "code": "31.74.01.1001", "name": "Tebet Timur", "level": "village", "approximate": True,
    }  # fmt: skip


@pytest.mark.django_db
def test_children_geojson_asks_once_however_many_children(tree, django_assert_num_queries):
    tree("31.74.01")
    for code in ("31.74.01", "31.74.01.1001"):
        with django_assert_num_queries(1):
            children_geojson(code)


@pytest.mark.django_db
def test_children_geojson_of_an_rw_is_empty(tree):
    tree("31.74.01.1001")
    assert children_geojson("31.74.01.1001.001")["features"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["none", "of another form"])
def test_layers_are_drawn_by_whoever_migrates(tree, before):
    tree("31.74.01.1001")
    derive_boundaries(within="31")
    drawn = set(OutlineLayer.objects.values_list("level", "hash"))
    if before == "none":
        OutlineLayer.objects.all().delete()
    else:
        OutlineLayer.objects.update(hash="0")
    call_command("migrate", "regions", verbosity=0)
    assert set(OutlineLayer.objects.values_list("level", "hash")) == drawn
