from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksbb import charts


def test_dots_stand_on_one_scale():
    dots = charts.dots(32, 20, 21.08, 35)
    assert (dots.aid, dots.want, dots.people) == ("91.43%", "57.14%", "60.23%")
    assert dots.css == "span-more"
    assert [tick.at for tick in dots.ticks] == ["0.00%", "28.57%", "57.14%", "85.71%"]


def test_a_long_scale_of_shares_has_fewer_lines():
    assert [tick.value for tick in charts.dots(40, 20, None, 45).ticks] == [0, 10, 20, 30, 40]
    assert [tick.value for tick in charts.dots(100, 20, None, 105).ticks] == [0, 20, 40, 60, 80, 100]


@pytest.mark.parametrize(("aid", "want", "css"), [(1, 2, "span-less"), (2, 2, "span"), (3, 2, "span-more")])
def test_dots_say_below_at_or_above(aid, want, css):
    assert charts.dots(aid, want, None, 35).css == css


def test_divergence_goes_left_for_less():
    assert charts.divergence(-16.25, 50) == charts.Divergence("less", "33.75%", "16.25%")
    assert charts.divergence(28.15, 50) == charts.Divergence("more", "50.00%", "28.15%")


def test_columns_scale_to_a_round_top():
    months = [SimpleNamespace(label="Nov", received=5130, verified=3650)]
    chart = charts.columns(months)
    assert [(tick.value, tick.at) for tick in chart.ticks] == [
        (2000, "57.33%"),
        (4000, "28.67%"),
        (6000, "0.00%"),
    ]
    column = chart.columns[0]
    assert (column.verified_y, column.verified_height) == ("33.68%", "52.32%")
    assert (column.waiting_y, column.waiting_height) == ("12.47%", "21.21%")


@pytest.mark.parametrize(
    ("most", "lines"),
    [
        (1, [1]),
        (2, [1, 2]),
        (7, [2, 4, 6, 8]),
        (10, [2, 4, 6, 8, 10]),
        (180, [50, 100, 150, 200]),
        (4980, [1000, 2000, 3000, 4000, 5000]),
    ],
)
def test_the_lines_of_a_scale_are_round(most, lines):
    chart = charts.columns([SimpleNamespace(label="x", received=most, verified=0)])
    assert [tick.value for tick in chart.ticks] == lines


def test_no_months_are_a_scale_without_columns():
    chart = charts.columns([])
    assert chart.columns == ()
    assert chart.ticks[-1].value == 1


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=18))
def test_columns_stay_between_base_and_top(pairs):
    months = [SimpleNamespace(label="x", received=max(pair), verified=min(pair)) for pair in pairs]
    for column in charts.columns(months).columns:
        assert -0.01 <= float(column.waiting_y[:-1]) <= float(column.verified_y[:-1]) + 0.01
        assert float(column.verified_y[:-1]) + float(column.verified_height[:-1]) == pytest.approx(
            86, abs=0.02
        )


@given(st.integers(1, 10**12))
def test_round_top_is_near_above(value):
    assert value <= charts.round_top(value) <= 2 * value


@pytest.mark.parametrize(("count", "named"), [(1, 1), (12, 12), (13, 7), (24, 12), (36, 12)])
def test_no_more_than_twelve_months_are_named(count, named):
    months = [SimpleNamespace(label=f"b{n}", received=n, verified=0) for n in range(count)]
    labels = [column.label for column in charts.columns(months).columns]
    assert len(labels) == count
    assert len([label for label in labels if label]) == named
    assert labels[-1] == f"b{count - 1}"


def test_line_breaks_where_there_is_no_value_and_a_month_alone_is_a_dot() -> None:
    drawn = charts.lines([("aid", [None, 0, 50, None, 100])], 100, 20, list("abcde"))
    [line] = drawn.lines
    assert line.pieces == ("25.00,100.00 50.00,50.00", "100.00,0.00 100.00,0.00")
    assert [(tick.value, tick.at) for tick in drawn.ticks][::5] == [(0, "100.00%"), (100, "0.00%")]
    assert drawn.names[0] == ("a", "0.00%")


def test_lines_of_many_months_name_only_some_counted_from_the_last() -> None:
    drawn = charts.lines([("line", [1.0] * 30)], 40, 20, [str(n) for n in range(30)])
    assert [name for name, _at in drawn.names] == [str(n) for n in range(2, 30, 3)]


def test_line_of_one_month_stays_inside_the_picture() -> None:
    assert charts.lines([("line", [140.0])], 100, 20, ["a"]).lines[0].pieces == ("0.00,0.00 0.00,0.00",)
    assert charts.lines([("line", [])], 100, 20, []).lines[0].pieces == ()
