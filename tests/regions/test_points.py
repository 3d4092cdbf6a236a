import pytest
import shapely

from regions.actions import derive_boundaries
from regions.actions.boundaries import Outline, store
from regions.geometry import shapes_of
from regions.models import Boundary, Region
from regions.points import region_at

pytestmark = pytest.mark.django_db
VILLAGE = "31.74.01.1001"


@pytest.fixture
def squares(tree):
    """RW 001 is a square with a hole, 002 the square in the hole's place but smaller, 003 the one beside it."""
    tree(VILLAGE)
    ring = shapely.box(106.80, -6.21, 106.81, -6.20).difference(shapely.box(106.803, -6.207, 106.807, -6.203))
    inner = shapely.box(106.804, -6.206, 106.806, -6.204)
    beside = shapely.box(106.81, -6.21, 106.82, -6.20)
    store({f"{VILLAGE}.{n:03}": Outline(shape, "uji") for n, shape in enumerate((ring, inner, beside), 1)})


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (-6.2015, 106.8015, "001"),
        (-6.205, 106.805, "002"),
        (-6.2035, 106.805, None),  # in the hole, beside the inner square
        (-6.205, 106.81, "001"),  # on the line between 001 and 003
        (-6.20, 106.82, "003"),  # on a corner
        (-6.19, 106.805, None),
        (0.0, 0.0, None),
        (-6.205, 1e9, None),
        (float("nan"), 106.8, None),
    ],
)
def test_region_at_finds_the_rw_of_a_point(squares, latitude, longitude, expected):
    found = region_at(latitude, longitude)
    assert (found.code[-3:] if found else None) == expected


def test_region_at_passes_over_regions_that_have_ended(squares):
    Region.objects.filter(code=f"{VILLAGE}.002").update(valid_until="2020-01-01")
    assert region_at(-6.205, 106.805) is None


def test_region_at_reads_outlines_in_one_query(squares, django_assert_num_queries):
    with django_assert_num_queries(1):
        region_at(-6.205, 106.805)


def test_region_at_agrees_with_the_outlines_at_every_level(tree):
    tree("31.74.01")
    derive_boundaries(within="31")
    rows = Boundary.objects.filter(region__level="rw")
    for row, shape in list(zip(rows, shapes_of([row.geometry for row in rows]), strict=True))[::7]:
        inside = shape.representative_point()
        for level, length in (("rw", 17), ("village", 13), ("district", 8), ("city", 5), ("province", 2)):
            assert region_at(inside.y, inside.x, level).code == row.region_id[:length]
