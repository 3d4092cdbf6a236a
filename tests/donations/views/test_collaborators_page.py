"""The public list of collaborators: names of those who agreed, counts of the others."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganisationFactory, make_commitment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def gave(name: str, **fields: object) -> None:
    make_commitment("accepted", collaborator=OrganisationFactory(name=name, **fields), quantity=10)


def names(client, query: str = "") -> list[str]:
    cache.clear()
    return [one.name for one in client.get(f"/id/kolaborator/{query}").context["page"]]


def test_only_those_who_agreed_are_named_and_the_others_counted(client):
    gave("Yayasan Terang")
    gave("Diam Saja", may_be_named=False)
    make_commitment(collaborator=OrganisationFactory(name="Menunggu Jawaban"))
    OrganisationFactory(name="Belum Memberi")
    answer = client.get("/id/kolaborator/")
    text = answer.content.decode()
    assert [one.name for one in answer.context["page"]] == ["Yayasan Terang"]
    for name in ("Diam Saja", "Menunggu Jawaban", "Belum Memberi"):
        assert name not in text
    assert (answer.context["named"], answer.context["unnamed"]) == (1, 1)
    assert {one.kind: (one.named, one.unnamed) for one in answer.context["kinds"]} == {
        "social": (1, 1), "enterprise": (0, 0), "individual": (0, 0), "community": (0, 0), "government": (0, 0),
    }  # fmt: skip


def test_gifts_that_stay_unnamed_are_not_added_to_a_name(client):
    organisation = OrganisationFactory(name="Yayasan Terang")
    make_commitment("accepted", collaborator=organisation, quantity=10)
    organisation.may_be_named = False
    organisation.save()
    make_commitment("accepted", collaborator=organisation, quantity=500)
    found = client.get("/id/kolaborator/").context["page"][0]
    assert (found.commitments, found.committed_value) == (1, 2_000_000)


def test_search_kind_and_order(client):
    gave("Bakti", collaborator_kind="enterprise")
    make_commitment("accepted", collaborator=OrganisationFactory(name="Ananda"), quantity=99)
    assert names(client) == ["Ananda", "Bakti"]
    assert names(client, "?jenis=enterprise") == ["Bakti"]
    assert names(client, "?q=NAND") == ["Ananda"]
    assert names(client, "?urut=nilai") == ["Ananda", "Bakti"]
    assert names(client, "?urut=baru") == ["Ananda", "Bakti"]
    assert names(client, "?jenis=x&urut=%3Cscript%3E&hal=99999999999") == ["Ananda", "Bakti"]
    assert names(client, "?q=%00") == ["Ananda", "Bakti"]
    assert "Tidak ada nama yang cocok" in client.get("/id/kolaborator/?q=xyz").content.decode()


def test_list_asks_the_same_number_of_questions_whatever_there_is(client):
    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/id/kolaborator/")
        return len(queries)

    gave("Satu")
    one = asked()
    for number in range(29):
        gave(f"Lain {number}")
    assert asked() == one
