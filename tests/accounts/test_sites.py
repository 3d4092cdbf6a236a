"""Sites as administrators keep them: what stands there goes where the site lies."""

import pytest

from accounts.actions.sites import edit
from accounts.errors import Refused
from accounts.models import KeptSite
from accounts.roles import Role
from accounts.scope import Scope
from donations.deliveries.models import Delivery
from donations.pledges.models import Commitment
from programs.models import Need
from regions.models import StaleMark
from tests.factories import (
    SiteFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
THERE = "31.74.02.1001.001"


@pytest.fixture
def site() -> KeptSite:
    return KeptSite.objects.get(pk=SiteFactory(region=tree()).pk)


def test_needs_and_what_is_on_the_way_follow_a_corrected_place(site: KeptSite) -> None:
    need = make_need(site=site)
    elsewhere = make_need()
    handover = make_handover(
        "verified",
        delivery=make_delivery("dispatched", commitment=make_commitment("accepted", need=need)),
    )
    StaleMark.objects.all().delete()
    edit(site=site, by=someone(Role.ADMINISTRATOR, tree("31.74")), region=tree(THERE))
    for model in (Need, Commitment, Delivery):
        assert set(model.objects.filter(site=site.pk).values_list("region", flat=True)) == {THERE}
    elsewhere.refresh_from_db()
    assert elsewhere.region_id == tree().code
    # Whoever looks after the new place sees the report, too; nobody of the old one does any longer.
    handover = type(handover).objects.get(pk=handover.pk)
    assert Scope.of(someone(Role.FACILITATOR, tree(THERE[:13]))).reaches(handover)
    assert not Scope.of(someone(Role.FACILITATOR, tree("31.74.01.1001"))).reaches(handover)
    assert set(StaleMark.objects.values_list("city_code", flat=True)) == {"31.74"}


@pytest.mark.parametrize(
    ("change", "marked"), [({"kind": "pesantren"}, True), ({"name": "Panti Lain"}, False)]
)
def test_statistics_are_stale_only_where_they_count_what_changed(
    site: KeptSite, change: dict, marked: bool
) -> None:
    edit(site=site, by=None, **change)
    assert StaleMark.objects.filter(city_code="31.74").exists() is marked


def test_refused_move_leaves_everything_where_it_was(site: KeptSite) -> None:
    need = make_need(site=site)
    with pytest.raises(Refused, match="kota lain"):
        edit(site=site, by=None, region=tree("31.75.01.1001.001"))
    need.refresh_from_db()
    assert need.region_id == tree().code
    assert KeptSite.objects.get(pk=site.pk).region_id == tree().code
