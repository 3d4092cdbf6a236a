"""Questions composed once answer as the querysets they stand for, and rows go in as `save()` puts them in."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections
from django.forms.models import model_to_dict

from accounts.models import Organisation
from donations.pledges.models import PledgeDraft
from donations.pledges.queries import DRAFT_BY_KEY, draft_rows
from regions.composed import Composed, insert
from regions.models import Region
from tests.factories import OrganisationFactory, make_need

pytestmark = pytest.mark.django_db


def a_draft() -> PledgeDraft:
    need = make_need()
    return PledgeDraft.objects.create(need=need, aid_type=need.aid_type)


def test_it_finds_what_the_queryset_finds(django_assert_num_queries) -> None:
    drafts = [a_draft() for _ in range(2)]
    for draft in drafts:
        with django_assert_num_queries(1):
            found = DRAFT_BY_KEY.get(str(draft.key))
            assert (found, found.aid_type, found.need.region) == (draft, draft.aid_type, draft.need.region)
        assert vars(found).keys() == vars(draft_rows().get(key=draft.key)).keys()


def test_none_and_several_are_told_as_the_model_tells_them() -> None:
    with pytest.raises(PledgeDraft.DoesNotExist):
        DRAFT_BY_KEY.get(uuid4())
    named = Composed(lambda: Organisation.objects.order_by("-pk"), "name")
    assert named.first("Sama") is None
    first, second = OrganisationFactory(name="Sama"), OrganisationFactory(name="Sama")
    assert named.all("Sama") == [second, first]
    with pytest.raises(Organisation.MultipleObjectsReturned):
        named.get("Sama")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection() -> None:
    keys = [a_draft().key for _ in range(8)]

    def ask(key: object) -> object:
        try:
            return [DRAFT_BY_KEY.get(key).key for _ in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, keys)) == [[key] * 5 for key in keys]


def test_a_row_goes_in_as_save_puts_it_in(django_assert_num_queries) -> None:
    kept = OrganisationFactory(about="Kata 'petik' dan %s")
    values = {field.attname: getattr(kept, field.attname) for field in Organisation._meta.concrete_fields}
    row = Organisation(**{**values, "id": None})
    with django_assert_num_queries(1):
        insert(row)
    assert row.pk not in (None, kept.pk)
    assert not row._state.adding
    assert model_to_dict(Organisation.objects.get(pk=row.pk), exclude=["id"]) == model_to_dict(
        kept, exclude=["id"]
    )


def test_a_row_whose_key_is_ours_goes_in_as_well() -> None:
    row = Region(code="31", level="province", name="Jakarta")
    insert(row)
    assert Region.objects.get(pk="31").name == "Jakarta"
