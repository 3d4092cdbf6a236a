"""Sums of needs: one source for tiles, map, region pages and downloads."""

import pytest
from django.db.models import F

from programs.actions import close, pause
from programs.map_figures import Measure, map_figures
from programs.models import Need
from programs.queries import figures_by_aid_type, figures_by_place, figures_by_region, figures_of_map
from programs.tiles import district_tiles
from regions.codes import Level
from regions.queries import drawn_province
from tests.factories import AidTypeFactory, SiteFactory, make_commitment, make_need, tree

pytestmark = pytest.mark.django_db


def test_tiles_and_map_add_up_to_the_same_missing():
    first = make_need(code="31.74.01.1001.001", target=100)
    make_need(code="31.74.01.1002.001", target=50)
    make_need(code="31.75.02.1001.001", target=30)
    make_commitment("accepted", need=first, quantity=40)
    aid = AidTypeFactory()
    tiles = district_tiles(aid, drawn_province())
    rws = figures_of_map(figures_by_place(aid, "31"), Level.RW)
    assert tiles.missing == sum(one.missing for one in rws.values()) == 140
    assert {item["code"]: item["value"] for item in tiles.items} == {"31.74.01": 110, "31.75.02": 30}
    assert [item["code"] for item in tiles.highest] == ["31.74.01", "31.75.02"]


def test_paused_and_drafted_needs_are_not_missing():
    need = make_need(target=100)
    make_need("draft", code="31.74.01.1001.009", target=70)
    pause(need=need, by=None, reason="Menunggu data.")
    [one] = figures_of_map(figures_by_place(AidTypeFactory(), "31"), Level.CITY).values()
    assert (one.missing, one.target, one.needs, one.open_needs) == (0, 100, 1, 0)


def test_target_of_a_closed_need_is_what_was_allocated():
    need = make_need(target=100)
    make_commitment("accepted", need=need, quantity=40)
    close(need=need, by=None, reason="Cukup.")
    [one] = figures_of_map(figures_by_place(AidTypeFactory(), "31"), Level.CITY).values()
    assert (one.target, one.reserved, one.missing) == (40, 40, 0)
    assert one.coverage_in("paket").missing == 0


def test_need_of_a_village_is_in_no_rw_but_in_its_district():
    make_need(site=SiteFactory(region=tree("31.74.01.1001")), target=10)
    aid = AidTypeFactory()
    assert figures_of_map(figures_by_place(aid, "31"), Level.RW) == {}
    assert figures_of_map(figures_by_place(aid, "31"), Level.DISTRICT)["31.74.01"].missing == 10


def test_coverage_across_types_is_weighted_by_rupiah():
    dear = AidTypeFactory(code="mahal", guide_value=900)
    cheap = AidTypeFactory(code="murah", guide_value=100)
    make_need(code="31.74.01.1001.001", target=10, aid_type=dear)
    make_need(code="31.74.01.1001.002", target=10, aid_type=cheap)
    Need.objects.filter(aid_type=dear).update(reserved=10, dispatched=10, received=10)
    figures = figures_by_region(Need.objects.public(), Level.CITY)["31.74"]
    assert figures.percent == 90


def test_aid_types_are_never_added_up():
    make_need(target=10)
    make_need(target=7, aid_type=AidTypeFactory(code="lain"))
    assert [figures.target for _aid, figures in figures_by_aid_type(Need.objects.public())] == [10, 7]


@pytest.mark.parametrize("measure", list(Measure))
def test_legend_counts_every_rw_once(measure):
    for number, target in enumerate((5, 40, 300, 2000, 90, 12), start=1):
        make_need(code=f"31.74.01.1001.{number:03}", target=target, priority=1 + number % 3)
    Need.objects.update(reserved=F("target"), dispatched=F("target"), received=F("target") - 1)
    Need.objects.update(reserved=F("received"), dispatched=F("received"))
    aid = AidTypeFactory()
    figures = figures_of_map(figures_by_place(aid, "31"), Level.RW)
    shown = map_figures(measure, aid, figures, dict.fromkeys(figures, 900), 20)
    assert sum(row.count for row in shown.legend) == 20
    assert set(shown.levels) == set(shown.said) == set(figures)
    assert all(1 <= level <= 5 for level in shown.levels.values())
