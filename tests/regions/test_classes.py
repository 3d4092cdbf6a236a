import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.classes import Classes, classes_for, round_near
from regions.tiles import tile_places

values = st.lists(st.one_of(st.none(), st.integers(0, 10**7)))
CLASSES = Classes((500, 900, 1500, 2500))


@pytest.mark.parametrize(
    ("value", "level"),
    [(None, 0), (0, 0), (1, 1), (499, 1), (500, 2), (899, 2), (1500, 4), (2499, 4), (2500, 5), (10**6, 5)],
)
def test_level_of_a_value(value, level):
    assert CLASSES.level(value) == level


def test_rows_meet_without_gap_and_count():
    rows = CLASSES.rows([80, 640, 640, 5030, None, 0])
    assert [(row.lower, row.upper) for row in rows] == [
        (1, 499),
        (500, 899),
        (900, 1499),
        (1500, 2499),
        (2500, None),
    ]
    assert [row.count for row in rows] == [1, 2, 0, 0, 1]
    assert CLASSES.nothing([80, None, 0]) == 2


@pytest.mark.parametrize("breaks", [(1, 2, 3), (1, 1, 2, 3), (4, 3, 2, 1)])
def test_breaks_rise(breaks):
    with pytest.raises(ValueError, match="rising"):
        Classes(breaks)


@given(values)
def test_every_value_is_counted_once(numbers):
    classes = classes_for(numbers)
    counted = sum(row.count for row in classes.rows(numbers)) + classes.nothing(numbers)
    assert counted == len(numbers)


@pytest.mark.parametrize(("value", "rounded"), [(7, 7), (37, 40), (240, 250), (1480, 1500), (5030, 5000)])
def test_breaks_are_round(value, rounded):
    assert round_near(value) == rounded


def test_every_district_has_a_tile_of_its_own():
    places = tile_places()
    assert len(places) == 44
    assert len({(place.row, place.column) for place in places.values()}) == 44
    assert len({place.short for place in places.values()}) == 44
