"""Months of the published rows, and the index through time."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from donations.models import StatisticRow
from donations.statistics.actions import recompute
from donations.statistics.definitions import gini_points
from donations.statistics.equity import gini_rows
from donations.statistics.facts import Facts, Neighbourhood, Reached
from regions.notation import JAKARTA
from tests.factories import (
    make_commitment,
    make_need,
)


@pytest.mark.django_db
def test_months_are_those_of_jakarta() -> None:
    with clock.at(datetime(2026, 3, 31, 23, 30, tzinfo=JAKARTA)):
        need = make_need()
    with clock.at(datetime(2026, 4, 1, 0, 10, tzinfo=JAKARTA)):
        make_commitment("accepted", need=need, quantity=30)
    recompute("31.74")
    rows = StatisticRow.objects.filter(dimension="aid_type:month").values_list("measure", "key")
    assert set(rows) == {
        ("target", "sembako:2026-03"), ("needs", "sembako:2026-03"),
        *((name, "sembako:2026-04") for name in (
            "committed", "allocated", "committed_value", "allocated_value", "committed_packages", "commitments")),
        ("target_value", "sembako:2026-03"),
    }  # fmt: skip


def needed(region: str, month: str, target: int, covered: int) -> Neighbourhood:
    return Neighbourhood("pangan", "sembako", region, 10, month, target, covered, 0)


def came(region: str, month: str, count: int) -> Reached:
    return Reached("pangan", "sembako", region, "rw", 10, month, count)


def test_index_of_a_month_counts_what_there_was_at_its_end() -> None:
    facts = Facts(
        neighbourhoods=[needed("a", "2026-01", 100, 50), needed("b", "2026-02", 100, 0)],
        reached=[came("a", "2026-02", 20), came("a", "2026-04", 30)],
        until="2026-05",
    )
    rows = gini_rows(facts, "gini")
    along = {key: value for (program, _m, _d, key), value in rows.items() if program == ""}
    # One RW alone is even; then one of two has everything there is.
    assert along == {"": 5000, "2026-02": 5000, "2026-03": 5000, "2026-04": 5000, "2026-05": 5000}
    assert rows["pangan", "gini", "aid_type:month", "sembako:2026-04"] == 5000


MONTHS = [f"2026-{n:02d}" for n in range(1, 7)]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from(MONTHS), st.integers(1, 500), st.floats(0, 1)),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_index_of_the_last_month_is_that_of_now(needs: list[tuple[str, str, int, float]]) -> None:
    facts = Facts(
        neighbourhoods=[needed(rw, month, target, int(target * share)) for rw, month, target, share in needs],
        reached=[came(rw, month, int(target * share)) for rw, month, target, share in needs],
        until="2026-06",
    )
    rows = gini_rows(facts, "gini")
    assert rows.get(("pangan", "gini", "month", "2026-06")) == rows.get(("pangan", "gini", "total", ""))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_index_is_the_mean_difference_over_twice_the_mean(shares: list[float]) -> None:
    whole = sum(shares)
    if whole < 1e-6:
        return
    apart = sum(abs(a - b) for a in shares for b in shares) / len(shares) ** 2
    expected = 10_000 * apart / (2 * whole / len(shares))
    assert abs((gini_points(shares) or 0) - expected) <= 1
