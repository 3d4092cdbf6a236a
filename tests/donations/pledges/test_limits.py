"""How many pledges may be begun: by one person, and by visitors of one address."""

import pytest
from django.test import Client

from donations.pledges.models import PledgeDraft
from donations.pledges.views import start
from programs.models import Need
from tests.factories import collaborator, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Need:
    monkeypatch.setattr(start, "DRAFTS_OF_ADDRESS", 2)
    monkeypatch.setattr(start, "DRAFTS_OF_PERSON", 1)
    return make_need()


def begin(client: Client, need: Need, **extra: str):
    return client.post(f"/id/kebutuhan/{need.pk}/ikrar/", {"jumlah": "25"}, **extra)


def test_visitors_of_one_address_are_asked_to_wait_and_keep_what_they_typed(
    client: Client, few: Need
) -> None:
    assert [begin(Client(), few).status_code for _try in range(3)] == [302, 302, 429]
    page = begin(client, few)
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 900
    assert "Coba lagi sesudah pukul" in page.content.decode()
    assert 'value="25"' in page.content.decode()
    assert PledgeDraft.objects.count() == 2
    # Neither others nor those who are signed in wait for them.
    assert begin(client, few, REMOTE_ADDR="10.1.2.3").status_code == 302
    client.force_login(collaborator())
    assert begin(client, few).status_code == 302
    assert begin(client, few).status_code == 429


def test_wish_counts_as_well(client: Client, few: Need) -> None:
    data = {"bantuan": few.aid_type_id, "wilayah": "31", "jumlah": "25"}
    answers = [client.post("/id/ikrar/tempatkan/", data) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Coba lagi sesudah pukul" in answers[2].content.decode()


def test_nobody_waits_while_the_cache_is_away(client: Client, few: Need, settings, tmp_path) -> None:
    nowhere = {**settings.CACHES["default"], "LOCATION": f"unix://{tmp_path}/nobody.sock?db=0"}
    settings.CACHES = {"default": nowhere}
    assert {begin(client, few).status_code for _try in range(5)} == {302}
