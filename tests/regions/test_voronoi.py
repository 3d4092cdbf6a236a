import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.boundaries.dissolve import dissolve
from regions.boundaries.voronoi import Village, derive
from regions.gazetteer import grow, read_gazetteer
from regions.geometry import area_km2
from regions.models import Region

from .conftest import GAZETTEER


def villages_of_jakarta():
    tree: dict[str, Region] = grow(read_gazetteer(GAZETTEER.read_bytes()).rows)
    rw = [code for code in sorted(tree) if code.count(".") == 4]
    return [
        Village(
            code, place.latitude, place.longitude, place.area_km2, [one for one in rw if one.startswith(code)]
        )
        for code, place in sorted(tree.items())
        if place.level == "village"
    ]


def village(code="31.74.01.1001", lat=-6.2, lon=106.8, count=3, **kwargs):
    return Village(
        code, lat, lon, kwargs.pop("area", 1.0), [f"{code}.{n:03}" for n in range(1, count + 1)], **kwargs
    )


@pytest.fixture(scope="module")
def outlines():
    return derive(villages_of_jakarta())


def test_cells_of_jakarta_fit_together(outlines):
    assert len(outlines) == 2755
    shapes = list(outlines.values())
    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    union = shapely.coverage_union_all(shapes)
    assert abs(sum(shape.area for shape in shapes) - union.area) < 1e-9
    # One mainland and six islands, without holes.
    assert len(shapely.get_parts(union)) == 7
    assert all(not part.interiors for part in shapely.get_parts(union))
    assert 600 < area_km2(union) < 720


def test_cells_of_jakarta_hold_their_village_centres(outlines):
    for place in villages_of_jakarta():
        whole = dissolve([outlines[code] for code in place.rw_codes])
        assert whole.buffer(1e-6).covers(shapely.Point(place.lon, place.lat))


def test_derive_gives_the_same_cells_every_time(outlines):
    again = derive(villages_of_jakarta())
    assert again.keys() == outlines.keys()
    assert all(again[code].equals_exact(outlines[code], 0) for code in again)


def test_derive_of_nothing_is_nothing():
    assert derive([]) == {}


def test_derive_outlines_a_village_without_rw():
    assert "31.74.01.1001" in derive([village(count=0), village("31.74.01.1002", lon=106.81)])


def test_derive_gives_a_lonely_village_a_blob_of_its_area():
    outlines = derive([village(count=4, area=2.0)])
    assert abs(sum(map(area_km2, outlines.values())) - 2.0) < 0.5


def test_derive_places_rw_in_a_real_village():
    box = shapely.box(106.79, -6.21, 106.81, -6.19)
    outlines = derive([village(outline=box), village("31.74.01.1002", lon=106.82)])
    placed = [shape for code, shape in outlines.items() if code.startswith("31.74.01.1001")]
    assert len(placed) == 3
    assert shapely.union_all(placed).equals_exact(box, 1e-6) or shapely.union_all(placed).equals(box)
    others = shapely.union_all(
        [shape for code, shape in outlines.items() if code.startswith("31.74.01.1002")]
    )
    assert others.intersection(box).area < 1e-10


def test_derive_places_rw_in_what_real_rw_leave():
    box = shapely.box(106.79, -6.21, 106.81, -6.19)
    west = shapely.box(106.79, -6.21, 106.80, -6.19)
    outlines = derive([village(count=2, outline=box, known_rw=[west])])
    rest = shapely.union_all(list(outlines.values()))
    assert rest.intersection(west).area < 1e-9
    assert abs(rest.area - west.area) < 1e-6


def test_derive_leaves_out_rw_without_room():
    box = shapely.box(106.79, -6.21, 106.81, -6.19)
    assert derive([village(count=2, outline=box, known_rw=[box])]) == {}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(1, 9)),
        min_size=1,
        max_size=12,
        unique_by=lambda place: place[:2],
    )
)
def test_cells_of_any_villages_fit_together(places):
    villages = [
        village(f"31.74.01.{1001 + number}", -6.2 + north / 500, 106.8 + east / 500, count)
        for number, (north, east, count) in enumerate(places)
    ]
    outlines = derive(villages)
    assert len(outlines) == sum(len(place.rw_codes) for place in villages)
    assert shapely.coverage_is_valid(list(outlines.values()))
