import gzip
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from regions.actions import derive_boundaries
from regions.models import Boundary, OutlineLayer, Region
from regions.outlines import STEP, children_geojson, decode, encode, outline_layer

from .conftest import shared_features

LIMIT = 200_000
WHOLE = st.integers(-20_000, 20_000)


def read(layer):
    return json.loads(gzip.decompress(layer[1]))


@given(WHOLE, WHOLE, st.integers(3, 400), st.integers(3, 400))
def test_encoding_returns_the_same_rings(x, y, width, height):
    west, south = 106.8 + x * STEP, -6.2 + y * STEP
    box = shapely.box(west, south, west + width * STEP, south + height * STEP)
    rings, origin = encode([box])
    points = decode(rings[0], origin)[0]
    assert len(points) == 5
    assert np.array_equal(points[0], points[-1])
    assert np.abs(points - shapely.get_coordinates(box)).max() < STEP / 1000


@given(st.lists(st.tuples(st.floats(106.6, 107), st.floats(-6.4, -6)), min_size=3, max_size=40))
def test_encoding_moves_no_point_by_more_than_half_a_step(places):
    shape = Polygon(places)
    rings, origin = encode([shape])
    for point in decode(rings[0], origin)[0]:
        distances = np.abs(shapely.get_coordinates(shape) - point).max(axis=1)
        assert distances.min() <= STEP / 2 + 1e-9


def test_encoding_keeps_holes_and_islands():
    holed = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    rings, origin = encode([MultiPolygon([holed, shapely.box(2, 2, 3, 3)])])
    assert sorted(Polygon(ring).area for ring in decode(rings[0], origin)) == pytest.approx([0.04, 1, 1])


def test_encoding_of_a_speck_keeps_a_ring():
    speck = shapely.box(106.8, -6.2, 106.8 + 1e-7, -6.2 + 1e-7)
    rings, _ = encode([speck])
    assert len(rings[0]) == 1


@pytest.mark.django_db
def test_layer_of_jakarta_is_small_and_complete(jakarta):
    derive_boundaries(within="31")
    layer = outline_layer("31", "rw")
    assert len(layer[1]) <= LIMIT
    document = read(layer)
    assert len(document["codes"]) == len(document["rings"]) == 2755
    assert document["approximate"] is True
    assert document["bounds"] == list(
        Boundary.objects.values_list("min_lon", "min_lat", "max_lon", "max_lat").get(region="31")
    )


@pytest.mark.django_db
def test_layer_keeps_neighbours_together(tree):
    tree("31.74.01")
    derive_boundaries(within="31")
    document = read(outline_layer("31.74.01", "rw"))
    polygons = [Polygon(decode(rings, document["origin"])[0]) for rings in document["rings"]]
    assert shapely.coverage_is_valid([shapely.set_precision(polygon, STEP) for polygon in polygons])


def test_layer_of_a_real_map_is_small():
    features = shared_features("jakarta_rw.geojson.gz")
    shapes = shapely.coverage_simplify([feature.shape for feature in features if feature.shape], 1.2e-4)
    content = json.dumps(encode(shapes)[0], separators=(",", ":")).encode()
    assert len(gzip.compress(content, 9)) <= LIMIT - 20_000


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
