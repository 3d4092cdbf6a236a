"""The officers' lists of needs and commitments."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from tests.factories import (
    OrganisationFactory,
    UserFactory,
    assessor,
    collaborator,
    make_commitment,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
NEEDS, COMMITMENTS = "/id/meja/kebutuhan/", "/id/meja/ikrar/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_are_for_those_whose_work_they_are() -> None:
    assert Client().get(NEEDS).status_code == 302
    assert as_(collaborator()).get(NEEDS).status_code == 403
    assert as_(official(tree())).get(COMMITMENTS).status_code == 403
    assert as_(UserFactory()).get(COMMITMENTS).status_code == 403
    assert as_(someone(Role.FACILITATOR, tree("31.74"))).get(NEEDS).status_code == 200


def test_needs_lists_drafts_and_only_the_own_area() -> None:
    draft, inside, outside = make_need("draft"), make_need(), make_need(code="31.75.01.1001.001")
    page = as_(assessor()).get(NEEDS).context["page"]
    assert {need.pk for need in page} == {draft.pk, inside.pk}
    assert outside not in page.object_list


def test_needs_are_searched_filtered_and_ordered() -> None:
    draft = make_need("draft")
    far = make_need(code="31.74.01.1001.007", target=5000)
    client = as_(assessor())
    found = lambda query: [need.pk for need in client.get(NEEDS + query).context["page"]]  # noqa: E731
    assert found("?keadaan=draft") == [draft.pk]
    assert found("?q=RW+07") == [far.pk]
    assert found(f"?q={draft.number}") == [draft.pk]
    assert found("") == [far.pk, draft.pk]
    assert set(found("?keadaan=ngawur&urut=ngawur&program=ngawur&hal=99")) == {far.pk, draft.pk}
    assert found("?q=tidak-ada-itu") == []


def test_commitments_are_searched_and_filtered() -> None:
    one = make_commitment(collaborator=OrganisationFactory(name="Koperasi Melati"))
    two = make_commitment("accepted")
    client = as_(assessor())
    found = lambda query: [item.pk for item, _step in client.get(COMMITMENTS + query).context["rows"]]  # noqa: E731
    assert found("") == [two.pk, one.pk]
    assert found("?q=melati") == [one.pk]
    assert found("?keadaan=accepted") == [two.pk]


@pytest.mark.parametrize("address", [NEEDS, COMMITMENTS])
def test_lists_ask_the_same_queries_for_1_and_30_rows(address: str) -> None:
    make_commitment()
    client = as_(assessor())
    before = queries(client, address)
    for _ in range(30):
        make_commitment()
    assert queries(client, address) == before
