import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regions.arcs import counted_back, counted_up, cut, join


def ring(*points):
    return np.array(points, dtype=np.int64)


def edges(rings):
    """Each side of each ring, whichever way it is walked."""
    return {
        frozenset([tuple(here), tuple(there)])
        for one in rings
        for here, there in zip(one.tolist(), np.roll(one, -1, axis=0).tolist(), strict=True)
    }


LEFT = ring((0, 0), (2, 0), (2, 1), (2, 2), (0, 2))
RIGHT = ring((2, 0), (4, 0), (4, 2), (2, 2), (2, 1))


def test_a_border_of_two_is_one_arc():
    arcs, shapes = cut([[LEFT], [RIGHT]])
    assert len(arcs) == 3
    [left], [right] = shapes
    [shared] = {arc if arc >= 0 else ~arc for arc in left} & {arc if arc >= 0 else ~arc for arc in right}
    assert sorted(arcs[shared].tolist()) == [[2, 0], [2, 1], [2, 2]]


def test_a_ring_without_neighbours_is_one_arc():
    arcs, shapes = cut([[LEFT]])
    assert len(arcs) == 1
    assert shapes == [[[0]]]
    assert edges(join(arcs, shapes[0])) == edges([LEFT])


def test_an_island_in_a_lake_shares_its_shore():
    outer = ring((0, 0), (9, 0), (9, 9), (0, 9))
    lake = ring((3, 3), (3, 6), (6, 6), (6, 3))
    island = ring((6, 6), (6, 3), (3, 3), (3, 6))
    arcs, shapes = cut([[outer, lake], [island]])
    assert len(arcs) == 2
    assert edges(join(arcs, shapes[1])) == edges([island])


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=4, max_size=24, unique=True))
def test_joined_rings_are_those_that_were_cut(points):
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=shapely.box(-3, -3, 15, 15))
    # Noded on a grid of whole numbers, so that neighbours meet in the same points.
    lines = shapely.union_all([cell.boundary for cell in cells.geoms], grid_size=1)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    regions = [
        [ring(*shapely.get_coordinates(line)[:-1].astype(int)) for line in (face.exterior, *face.interiors)]
        for face in faces
    ]
    arcs, shapes = cut(regions)
    for rings, shape in zip(regions, shapes, strict=True):
        assert edges(join(arcs, shape)) == edges(rings)
    assert sum(len(arc) - 1 for arc in arcs) == len(edges([one for rings in regions for one in rings]))
    assert counted_up(counted_back(shapes)) == shapes
    assert sum(back == 0 for shape in counted_back(shapes) for one in shape for back in one) == len(arcs)
