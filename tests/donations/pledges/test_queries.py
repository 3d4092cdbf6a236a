import pytest

from donations.pledges.queries import alternatives, collaborator_organisations, permitted_aggregators
from programs.models import Need
from regions.models import Region
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    aggregator,
    collaborator,
    make_commitment,
    make_need,
    tree,
)

pytestmark = pytest.mark.django_db


def put(code: str, latitude: float, longitude: float) -> str:
    tree(code)
    Region.objects.filter(code=code).update(latitude=latitude, longitude=longitude)
    return code


def need_at(code: str, latitude: float, **fields: object) -> Need:
    return make_need(code=put(code, latitude, 106.8), **fields)  # type: ignore[arg-type]


def test_alternatives_are_nearest_first_then_what_misses_most() -> None:
    here = need_at("31.74.01.1001.001", -6.20)
    far = need_at("31.74.01.1001.002", -6.40)
    near = need_at("31.74.01.1001.003", -6.21)
    twin = need_at("31.74.01.1001.004", -6.21, target=2000)
    assert alternatives(here, 10) == [twin, near, far]
    assert alternatives(here, 10, n=1) == [twin]


def test_alternatives_are_open_and_of_the_same_aid_type() -> None:
    here = need_at("31.74.01.1001.001", -6.20)
    full = need_at("31.74.01.1001.002", -6.21)
    make_commitment(need=full, quantity=1000)
    need_at("31.74.01.1001.003", -6.21, aid_type=AidTypeFactory(code="thr"))
    make_need("draft", code="31.74.01.1001.004")
    assert alternatives(here, 10) == []


def test_alternatives_say_whether_all_of_it_fits() -> None:
    here = need_at("31.74.01.1001.001", -6.20)
    small = need_at("31.74.01.1001.002", -6.21, target=50)
    large = need_at("31.74.01.1001.003", -6.22)
    assert [(one, one.takes_all) for one in alternatives(here, 51)] == [(small, False), (large, True)]  # type: ignore[attr-defined]


def test_alternatives_count_an_rw_where_its_village_is_and_know_sites() -> None:
    put("31.74.01.1001", -6.20, 106.8)
    here = make_need(code="31.74.01.1001.001")
    far = need_at("31.75.01.1001.001", -6.9)
    site = make_need(site=SiteFactory(region=tree("31.74.01.1001.002")))
    assert alternatives(here, 1) == [site, far]


def test_alternatives_without_a_position_begin_with_what_misses_most() -> None:
    here = make_need(code="31.74.01.1001.001")
    small = make_need(code="31.74.01.1001.002", target=5)
    large = make_need(code="31.74.01.1001.003")
    assert alternatives(here, 1) == [large, small]


def test_permitted_aggregators_have_one_permit_each_in_force() -> None:
    second, first = aggregator("B"), aggregator("A")
    aggregator("C", days=-1)
    longest = second.permits.create(number="X", issuer="Y", valid_from="2020-01-01", valid_until="2099-01-01")
    assert permitted_aggregators() == [first.permits.get(), longest]


def test_collaborator_organisations_leave_out_the_suspended() -> None:
    person = collaborator(OrganisationFactory(state="suspended"))
    assert collaborator_organisations(person) == []
