"""What everybody may know: counts, none that points at somebody."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts import clock
from donations.misconduct import actions
from donations.misconduct.queries.published import LEAST, begin_of_month, published, told
from tests.donations.misconduct.making import make_case
from tests.html import flat


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 40), min_size=1))
def test_what_is_left_out_stays_unknown_to_who_knows_the_sum(counts):
    found = told(counts)
    shown = found.counts
    assert all(count is None or count == counts[key] for key, count in shown.items())
    assert all(shown[key] is None for key, count in counts.items() if count < LEAST)
    hidden = [key for key, count in shown.items() if count is None]
    assert found.all_small is all(counts[key] < LEAST for key in hidden)
    left = sum(counts[key] for key in hidden)
    everything_hidden = len(hidden) == len(counts)
    assert left == 0 or everything_hidden or (len(hidden) > 1 and left >= LEAST)


@pytest.mark.django_db
def test_counts_end_with_last_month_and_tell_nothing_small(client):
    before = begin_of_month() - timedelta(days=20)
    with clock.at(before):
        cases = [make_case(kind="levy") for _i in range(7)] + [make_case(kind="short") for _i in range(6)]
        make_case(kind="permit")
    for number, case in enumerate(cases[:6]):
        for verb, days in (("acknowledge", 1), ("coordinate", 2), ("resolve", 4 + number)):
            reason = {} if verb == "acknowledge" else {"reason": "x"}
            with clock.at(before + timedelta(days=days)):
                getattr(actions, verb)(case=case, by=None, **reason)
    make_case(kind="levy")  # this month: not told yet
    actions.acknowledge(case=cases[10], by=None)  # neither is this
    with CaptureQueriesContext(connection) as asked:
        found = published()
    assert len(asked) == 2
    assert found.total == 14
    kinds = {kind.value: count for kind, count in found.kinds.counts.items()}
    assert kinds["levy"] == 7
    assert kinds["permit"] is None
    assert kinds["short"] is None  # else one could subtract
    assert found.days == 6
    states = {state.value: count for state, count in found.states.counts.items()}
    assert states == {
        "received": 8,
        "resolved": 6,
        "acknowledged": None,
        "coordinated": None,
        "rejected": None,
    }
    shown = client.get("/id/lapor/").content.decode()
    assert "kurang dari 5" in shown
    assert "tidak disebut" in shown  # of kinds a larger one is left out, too
    # The data say row for row what the page says.
    rows = json.loads(client.get("/data/misconduct-counts.json").getvalue())["rows"]
    words = {"small": "kurang dari 5", "withheld": "tidak disebut"}
    told_of = [(row["name"], words.get(row["told"]) or str(row["value"])) for row in rows if row["name"]]
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", flat(shown).partition('id="hasil"')[2])
    assert told_of == [(unescape(name), value) for name, value in facts]
    assert all((row["value"] is None) == (row["told"] != "told") for row in rows)
    assert [row["value"] for row in rows if row["dimension"] == "total"] == [14, 6]
    assert json.loads(client.get("/api/v1/misconduct-counts?dimension=kind&limit=1").content)["data"] == [
        rows[1]
    ]


@pytest.mark.django_db
def test_page_stands_without_any_case(client):
    assert client.get("/id/lapor/").status_code == 200
    assert client.get("/en/lapor/").status_code == 200
    found = published()
    assert (found.total, found.days) == (None, None)
