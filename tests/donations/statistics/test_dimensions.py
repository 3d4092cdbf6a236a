"""Every row of every dimension, against a second count of the same ledger; months and the index through time."""

import random
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from donations.models import StatisticRow
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.statistics.actions import recompute
from donations.statistics.definitions import gini_points
from donations.statistics.equity import gini_rows
from donations.statistics.facts import Facts, Neighbourhood, Reached
from programs.actions import close
from regions.models import SiteKind
from regions.notation import JAKARTA
from tests.donations.statistics.oracle import DISTINCT, RATIOS, counted
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    tree,
)

KINDS = ("social", "enterprise", "individual")
START = datetime(2026, 1, 5, 9, tzinfo=JAKARTA)


def told(city: str) -> dict[tuple[str, str, str, str], int]:
    rows = StatisticRow.objects.filter(city_code=city).exclude(measure__in=DISTINCT | RATIOS)
    return {tuple(key): value for *key, value in rows.values_list(
        "program_code", "measure", "dimension", "key", "value"
    )}  # fmt: skip


def a_ledger(seed: int) -> None:
    """Needs, gifts, wishes and arrivals of nine months in two cities and three districts, as chance will have it."""
    chance = random.Random(seed)
    types = [
        AidTypeFactory(),
        AidTypeFactory(code="siap-saji", guide_value=45_000),
        AidTypeFactory(code="lain", guide_value=None),
    ]
    codes = ["31.74.01.1001.001", "31.74.02.1001.001", "31.75.01.1001.001"]
    home = SiteFactory(kind=SiteKind.NURSING_HOME, region=tree(codes[1]))
    givers = [OrganisationFactory(collaborator_kind=kind) for kind in KINDS]
    wishes = []
    for step in range(24):
        with clock.at(START + timedelta(days=11 * step, hours=chance.randrange(15))):
            giver, aid_type = chance.choice(givers), chance.choice(types)
            site = home if chance.random() < 0.3 else None
            need = make_need(
                code=chance.choice(codes), site=site, target=chance.randrange(50, 200), aid_type=aid_type
            )
            gift = make_commitment(
                "accepted", need=need, quantity=chance.randrange(5, 50), collaborator=giver
            )
            promise = Promise(
                quantity=40, aid_type=aid_type, region=tree(chance.choice(["31", "31.74", "31.75.01"]))
            )
            wish = pledges.submit(collaborator=giver, by=None, promises=[promise]).commitments.get()
            wishes.append((pledges.accept(commitment=wish, by=None), aid_type))
        with clock.at(START + timedelta(days=11 * step + 20)):
            if chance.random() < 0.6:
                make_handover(chance.choice(["submitted", "verified"]), damaged=chance.randrange(3),
                              delivery=make_delivery("dispatched", commitment=gift))  # fmt: skip
            elif chance.random() < 0.3:
                close(need=need, by=None, reason="Tidak diperlukan lagi.")
    for wish, aid_type in wishes[::3]:
        with clock.at(START + timedelta(days=290)):
            late = make_need(code=chance.choice(codes), target=30, aid_type=aid_type)
            if not wish.region_id.startswith("31.7") or late.region_id.startswith(wish.region_id):
                pledges.allocate(commitment=wish, need=late, quantity=20, by=None)
    # What the server last counted may be tables that another test had just emptied: it would join them row by row.
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("donations").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


@pytest.mark.django_db
def test_every_dimension_agrees_with_a_second_count() -> None:
    a_ledger(0)
    for place in ("31.74", "31.75", "31"):
        recompute(place)
        assert told(place) == {k: v for k, v in counted(place).items() if k[1] not in DISTINCT | RATIOS}
    assert StatisticRow.objects.filter(dimension="aid_type:district:month", measure="allocated").count() > 10


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
