import pytest
from django.core.management import call_command
from django.db.models import Max, Min, Sum
from hypothesis import given
from hypothesis import strategies as st

from regions.actions import synthesise_families
from regions.actions.families import SYNTHETIC
from regions.families import share_out
from regions.models import Region

AREAS = st.dictionaries(st.text("0123456789.", min_size=1), st.floats(0, 50), min_size=1, max_size=40)


@given(st.integers(0, 100_000), AREAS)
def test_share_out_adds_up_exactly(total, areas):
    shares = share_out(total, areas)
    assert shares.keys() == areas.keys()
    assert sum(shares.values()) == total
    assert all(share >= (1 if total >= len(areas) else 0) for share in shares.values())
    assert shares == share_out(total, areas)


def test_share_out_among_nobody_is_empty():
    assert share_out(100, {}) == {}


@pytest.mark.django_db
def test_synthesise_families_fills_every_rw_and_says_so(jakarta):
    call_command("synthesise_families")
    for city in Region.objects.at_level("city"):
        rw = Region.objects.within(city.code).at_level("rw")
        assert rw.aggregate(total=Sum("families"))["total"] == round(city.population / 3.9)
        assert not rw.exclude(families_source=SYNTHETIC).exists()
    bounds = Region.objects.at_level("rw").aggregate(low=Min("families"), high=Max("families"))
    assert bounds["low"] > 100
    assert bounds["high"] < 4_000


@pytest.mark.django_db
def test_synthesise_families_gives_the_same_numbers_and_keeps_real_ones(tree):
    tree("31.01")
    code = "31.01.01.1001.001"
    Region.objects.filter(code=code).update(families=77, families_source="Kelurahan, 2025")
    synthesise_families()
    first = dict(Region.objects.at_level("rw").values_list("code", "families"))
    assert first[code] == 77
    synthesise_families(within="31.01")
    assert dict(Region.objects.at_level("rw").values_list("code", "families")) == first
    assert sum(first.values()) == round(30_334 / 3.9)


@pytest.mark.django_db
def test_synthesise_families_skips_cities_without_people(tree):
    tree("31.01")
    Region.objects.filter(level="city").update(population=None)
    assert synthesise_families() == {"31.01": 0}
