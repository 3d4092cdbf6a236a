import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from programs.coverage import Coverage, whole_percents

counts = st.integers(min_value=0, max_value=10**9)


@st.composite
def coverages(draw):
    verified, more_received, more_reserved, held, missing = (draw(counts) for _ in range(5))
    received = verified + more_received
    reserved = received + more_reserved
    return Coverage(
        target=reserved + held + missing, held=held, reserved=reserved, received=received, verified=verified
    )


KALI_ANYAR = Coverage(target=640, held=80, reserved=260, received=160, verified=120)


def test_segments_stand_side_by_side_in_the_order_of_proof():
    assert [(s.css, s.quantity, s.x, s.width) for s in KALI_ANYAR.segments] == [
        ("v", 120, "0.00%", "18.75%"),
        ("d", 40, "18.75%", "6.25%"),
        ("al", 100, "25.00%", "15.62%"),
        ("h", 80, "40.62%", "12.50%"),
    ]


def test_segments_leave_out_what_is_empty():
    assert [s.css for s in Coverage(target=1200, held=150, reserved=300).segments] == ["al", "h"]
    assert Coverage(target=0).segments == ()


def test_key_adds_up_to_the_target():
    with override("id"):
        rows = KALI_ANYAR.key
    assert [(row.quantity, row.percent) for row in rows] == [
        (120, 19),
        (40, 6),
        (100, 16),
        (80, 12),
        (300, 47),
        (640, 100),
    ]
    assert rows[4].kind == "open"
    assert rows[5].label == "Target"


def test_key_of_no_target_has_no_percentages():
    assert {row.percent for row in Coverage(target=0).key} == {None}


def test_aria_label_says_every_quantity():
    with override("id"):
        assert Coverage(target=92_000, reserved=46_000, received=36_500, verified=32_300).aria_label == (
            "Dari target 92.000: terverifikasi 32.300, diterima 36.500, dialokasikan 46.000, "
            "ditahan 0, masih kurang 46.000"
        )


@pytest.mark.parametrize(
    "counters",
    [
        {"target": 10, "reserved": 8, "held": 3},
        {"target": 10, "reserved": 3, "received": 4},
        {"target": 10, "reserved": 5, "received": 4, "verified": 5},
        {"target": 10, "held": -1},
        {"target": -1},
    ],
)
def test_counters_that_contradict_are_refused(counters):
    with pytest.raises(ValueError, match="do not fit"):
        Coverage(**counters)


def test_coverage_reads_anything_that_keeps_counters():
    assert Coverage.of(KALI_ANYAR, unit="paket") == Coverage(640, 80, 260, 160, 120, "paket")


@given(coverages())
def test_parts_and_percentages_fill_the_whole(coverage):
    assert sum(coverage.parts) == coverage.target
    if coverage.target:
        assert sum(row.percent for row in coverage.key[:-1]) == 100
    assert coverage.is_full == (coverage.target > 0 and coverage.missing == 0)


@given(coverages())
def test_segments_stay_inside_the_target(coverage):
    ends = [float(segment.end[:-1]) for segment in coverage.segments]
    assert ends == sorted(ends)
    assert all(end <= 100 for end in ends)


@given(st.lists(counts, min_size=1, max_size=8).filter(any))
def test_whole_percents_are_never_a_point_away(parts):
    percents = whole_percents(parts)
    assert sum(percents) == 100
    assert all(
        abs(percent - part * 100 / sum(parts)) < 1 for percent, part in zip(percents, parts, strict=True)
    )


def test_whole_percents_of_nothing_are_refused():
    with pytest.raises(ValueError, match="not all 0"):
        whole_percents([0, 0])
