"""Distances to a recipient's outline, and the drawing of them."""

import shapely

from donations.handovers.places import SIZE, Area, Mark, drawing_of
from regions.models import Region

# About 1,113 m on a side.
SQUARE = shapely.box(106.80, -6.21, 106.81, -6.20)
SITE, CENTRE = (-6.22, 106.805), (-6.205, 106.805)


def area(outline: shapely.Geometry | None = SQUARE, site: tuple[float, float] | None = None) -> Area:
    return Area(Region(code="31.74.01.1001.003"), outline, False, site, CENTRE)


def test_distance_is_0_inside_and_from_the_outline_beyond() -> None:
    assert area().outside((-6.205, 106.805)) == 0
    assert area().outside((-6.20, 106.80)) == 0
    assert abs((area().outside((-6.19, 106.805)) or 0) - 1113) <= 1
    # East counts for less than north, by the cosine of the latitude.
    assert abs((area().outside((-6.205, 106.82)) or 0) - 1107) <= 1


def test_distance_is_to_the_site_where_that_is_nearer_and_to_the_centre_where_nothing_else_is_known() -> None:
    assert area(site=SITE).outside((-6.2201, 106.805)) == 11
    assert area(None, SITE).outside(SITE) == 0
    assert area(None).by_centre
    assert area(None).outside((-6.215, 106.805)) == 1113
    assert Area(Region(), None, False, None, None).outside(CENTRE) is None


def test_drawing_keeps_the_area_large_and_sets_what_is_far_at_the_edge() -> None:
    marks = [Mark("report", CENTRE), Mark("photo", (-6.205, 107.5), 1), Mark("photo", (-6.2001, 106.805), 2)]
    drawing = drawing_of(area(), marks)
    assert drawing is not None
    report, far, near = drawing.marks
    assert (report.x, report.y) == (SIZE / 2, SIZE / 2)
    assert far.beyond
    assert far.y == SIZE / 2
    assert SIZE * 0.9 < far.x < SIZE
    assert not near.beyond
    assert 20 < near.y < 40  # north is up, and the square fills the paper
    assert drawing.path.startswith("M")
    assert drawing.path.endswith("z")
    assert 0 < drawing.bar <= SIZE / 3
    assert drawing_of(Area(Region(), None, False, None, None), []) is None
