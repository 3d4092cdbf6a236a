"""The draw, the interval, the rule, and what is told of small numbers: without a database."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.confirmations.codes import in_groups, read
from donations.confirmations.drawing import digest_of, new_seed, positions
from donations.confirmations.interval import interval
from donations.confirmations.kinds import Side
from donations.confirmations.queries.results import share
from donations.confirmations.rule import Answer, Reported, contradictions
from donations.misconduct.kinds import Kind

sizes = st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789abcdef", min_size=64, max_size=64), sizes)
def test_draw_is_without_doubles_in_range_and_the_same_again(seed: str, of: tuple[int, int]) -> None:
    households, size = of
    found = positions(seed, households, size)
    assert len(set(found)) == size
    assert set(found) <= set(range(1, households + 1))
    assert found == sorted(found) == positions(seed, households, size)
    # A larger sample of the same list keeps the smaller one: nobody is dropped to ask somebody else.
    assert set(positions(seed, households, 1)) <= set(found)


def test_draw_is_as_the_page_of_definitions_says() -> None:
    seed, households = "5f" * 32, 40
    ranked = sorted(range(1, 41), key=lambda n: hashlib.sha256(f"{seed}:{n}".encode()).hexdigest())
    assert positions(seed, households, 7) == sorted(ranked[:7])
    assert digest_of(seed) == hashlib.sha256(seed.encode()).hexdigest()
    assert len(new_seed()) == 64
    assert new_seed() != new_seed()


def test_draw_is_uniform_over_positions_and_over_pairs() -> None:
    """Chi-square over two thousand fixed seeds: 39 and 44 degrees of freedom, bounds that one in ten thousand exceeds."""
    seeds = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(2000)]
    single = Counter(place for seed in seeds for place in positions(seed, 40, 4))
    expected = 2000 * 4 / 40
    assert len(single) == 40
    # Places of one draw are drawn without doubles, which makes the sum smaller, never larger.
    assert sum((single[n] - expected) ** 2 / expected for n in range(1, 41)) < 80
    pairs = Counter(tuple(positions(seed, 10, 2)) for seed in seeds)
    expected = 2000 / 45
    assert len(pairs) == 45
    assert sum((count - expected) ** 2 / expected for count in pairs.values()) < 90


@pytest.mark.parametrize(("households", "size"), [(0, 0), (3, 4), (3, 0), (-1, 1)])
def test_draw_of_more_than_there_are_is_refused(households: int, size: int) -> None:
    with pytest.raises(ValueError, match="of"):
        positions("0" * 64, households, size)


@pytest.mark.parametrize(
    ("hits", "answered", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score, no continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_interval_is_wilsons_where_the_sample_is_small(hits, answered, low, high) -> None:
    assert interval(hits, answered, 10**9) == pytest.approx((low, high), abs=5e-5)


def test_interval_narrows_with_the_population_until_it_is_the_share() -> None:
    widths = [high - low for low, high in (interval(4, 20, n) for n in (10**9, 640, 100, 40, 21, 20))]
    assert widths == sorted(widths, reverse=True)
    assert interval(4, 20, 20) == (0.2, 0.2)
    # As large as n(N − 1)/(N − n) answers say it: 20 of 39 counts as 40.
    assert interval(10, 20, 39) == pytest.approx(interval(20, 40, 10**9), abs=1e-6)
    assert interval(0, 20, 640)[0] == 0.0
    assert interval(20, 20, 640)[1] == 1.0
    with pytest.raises(ValueError, match="of"):
        interval(3, 2, 10)


D, F, R = Side.DELIVERER, Side.FACILITATOR, Side.RECIPIENT


def said(side: Side, *received: str, paid: bool = False) -> list[Answer]:
    return [Answer(side, one, paid) for one in received]


@pytest.mark.parametrize(
    ("answers", "reported", "expected"),
    [
        (said(R, "all") * 12, Reported(100), {}),
        (said(R, "", paid=True), Reported(100), {Kind.LEVY: R}),
        (said(F, "all", paid=True), Reported(100), {Kind.LEVY: F}),
        (said(R, "none"), Reported(100), {Kind.WITHHELD: R}),
        (said(D, "none"), Reported(100), {Kind.FALSE_REPORT: D}),
        (said(F, "none"), Reported(100), {Kind.FALSE_REPORT: F}),
        # The report says so itself.
        (said(R, "none") + said(D, "none"), Reported(0, 40, 60), {}),
        (said(F, "some") + said(D, "some"), Reported(100), {}),
        # Four are no share; the fifth makes one.
        (said(R, *["some"] * 4), Reported(100), {}),
        (said(R, *["some"] * 5), Reported(100), {Kind.SHORT: R}),
        # One of twelve with nothing reported as missing: the interval begins above nothing.
        (said(R, "some", *["all"] * 11), Reported(100), {Kind.SHORT: R}),
        # One of twelve is 1.5 to 35 %: a report that says 10 % is not contradicted, one that says 1 % is.
        (said(R, "some", *["all"] * 11), Reported(90, 5, 5), {}),
        (said(R, "some", *["all"] * 11), Reported(99, 1, 0), {Kind.SHORT: R}),
        (
            said(R, "none", "some", *["all"] * 4, paid=True),
            Reported(100),
            {Kind.LEVY: R, Kind.WITHHELD: R, Kind.SHORT: R},
        ),
        # Who only says that something was asked for it says nothing of what came.
        ([*said(R, *["some"] * 4), *said(R, "", paid=True)], Reported(100), {Kind.LEVY: R}),
    ],
)
def test_contradictions_by_the_rule(answers, reported, expected) -> None:
    assert contradictions(answers, reported, 640) == expected


@pytest.mark.parametrize(
    ("hits", "answered", "told"),
    [
        (0, 4, None), (4, 4, None), (0, 5, (0, 0)), (1, 5, None), (5, 5, None), (3, 9, None), (9, 9, None),
        (0, 12, (0, 0)), (1, 12, (1, 4)), (4, 12, (1, 4)), (5, 12, (5, 5)), (7, 12, (7, 7)), (8, 12, (8, 12)),
        (12, 12, (8, 12)), (5, 10, (5, 5)), (6, 10, (6, 10)), (10, 10, (6, 10)),
    ],
)  # fmt: skip
def test_share_singles_nobody_out(hits, answered, told) -> None:
    found = share(hits, answered, 640)
    assert (found.told, (found.least, found.most) if found.told else None) == (told is not None, told)
    if told:
        assert found.low == interval(found.least, answered, 640)[0]
        assert found.high == interval(found.most, answered, 640)[1]


@pytest.mark.parametrize(
    ("hits", "unsaid", "told"),
    [(0, 1, (0, 4)), (0, 4, (0, 4)), (6, 1, (6, 10)), (6, 4, (6, 10)), (6, 7, (6, 13)), (17, 2, (16, 20))],
)
def test_share_does_not_tell_how_few_left_it_open(hits, unsaid, told) -> None:
    found = share(hits, 20, 640, unsaid)
    assert (found.least, found.most) == told
    assert share(0, 7, 640, 1).told is False


def test_what_is_told_of_a_share_is_told_of_several() -> None:
    """From what is published nobody learns one answer: every class but "nobody" fits at least four numbers, or leaves
    five on either side."""
    for answered in range(5, 41):
        told: dict[object, list[int]] = {}
        for hits in range(answered + 1):
            found = share(hits, answered, 640)
            told.setdefault((found.told, found.least, found.most), []).append(hits)
        for (is_told, _least, _most), numbers in told.items():
            if numbers == [0]:
                continue
            assert len(numbers) >= 4 or (is_told and 5 <= numbers[0] <= answered - 5)


def test_codes_are_read_as_people_type_them() -> None:
    assert in_groups("K7QF2M9X4T") == "K7QF2-M9X4T"
    assert read(" k7qf2-m9x4t ") == read("K7QF2 M9X4T") == "K7QF2M9X4T"
    assert read("K7QF2-M9X4") == read("K7QF2-M9X4T2") == read("K0QF2-M9X4T") == read("") == read("\x00") == ""
