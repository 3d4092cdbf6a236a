"""A story: written, published and withdrawn by officers; its figures come from the report."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.errors import NotNow, OutOfReach, ReasonNeeded, Refused
from accounts.roles import Role
from donations.handovers import actions as handovers
from donations.stories import actions
from donations.stories.models import Story
from tests.factories import (
    OrganisationFactory,
    make_commitment,
    make_delivery,
    make_handover,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
WORDS = {"title": "Dua gerobak", "title_en": "Two carts", "text": "Satu pagi.", "text_en": "One morning."}


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def make_story(state: str = "published", **words: str) -> Story:
    story = actions.write(handover=make_handover("verified"), by=None, **{**WORDS, **words})
    return actions.publish(story=story, by=None) if state == "published" else story


def test_story_is_public_from_publishing_to_withdrawal(client):
    story = make_story("draft")
    assert client.get(story.get_absolute_url()).status_code == 404
    actions.publish(story=story, by=None)
    assert "Dua gerobak" in client.get(story.get_absolute_url()).content.decode()
    assert "Two carts" in client.get(f"/en/kisah/{story.pk}/").content.decode()
    assert "Dua gerobak" in client.get("/id/kisah/").content.decode()
    with pytest.raises(ReasonNeeded):
        actions.withdraw(story=story, by=None, reason=" ")
    actions.withdraw(story=story, by=None, reason="Ada nama orang.")
    assert client.get(story.get_absolute_url()).status_code == 404
    assert "Dua gerobak" not in client.get("/id/kisah/").content.decode()


def test_page_tells_the_chain_from_the_journals_and_names_nobody_who_stays_unnamed(client):
    quiet = OrganisationFactory(name="Diam Saja", may_be_named=False)
    report = make_handover(
        "verified",
        delivery=make_delivery("dispatched", commitment=make_commitment("accepted", collaborator=quiet)),
    )
    story = actions.publish(story=actions.write(handover=report, by=None, **WORDS), by=None)
    text = client.get(story.get_absolute_url()).content.decode()
    assert "Diam Saja" not in text
    assert "100 paket sembako" in text
    assert report.get_absolute_url() in text
    need = report.lines.get().delivery_line.allocation.need
    assert need.get_absolute_url() in text


def test_only_cleared_photos_are_on_the_page(client):
    story = make_story()
    assert client.get(story.get_absolute_url()).context["photos"] == []
    photo = story.handover.photos.get()
    handovers.clear(handover=story.handover, by=None, photos=[photo.pk])
    assert len(client.get(story.get_absolute_url()).context["photos"]) == 1


def test_story_needs_a_verified_report_and_both_languages():
    with pytest.raises(Refused):
        actions.write(handover=make_handover("submitted"), by=None, **WORDS)
    with pytest.raises(Refused) as refused:
        make_story("draft", text_en="  ")
    assert refused.value.field == "text_en"
    story = make_story("draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(title_en="")


def test_form_sent_twice_is_one_draft(client):
    report = make_handover("verified")
    client.force_login(someone(Role.ASSESSOR, tree("31.74")))
    assert reverse("stories_desk") in client.get("/id/meja/").content.decode()
    address = reverse("story_new", args=[report.pk])
    key = client.get(address).context["form"]["key"].value()
    assert len({client.post(address, {**WORDS, "key": key})["Location"] for _ in range(2)}) == 1
    assert Story.objects.count() == 1
    assert client.post(address, WORDS).status_code == 302
    assert Story.objects.count() == 2


def test_edit_keeps_the_words_of_before_in_the_journal():
    story = actions.edit(story=make_story(), by=None, **{**WORDS, "title": "Tiga gerobak"})
    assert story.title == "Tiga gerobak"
    assert story.moves.order_by("-pk").first().data["before"]["title"] == "Dua gerobak"


def test_published_story_is_not_published_twice():
    with pytest.raises(NotNow):
        actions.publish(story=make_story(), by=None)


def test_officer_of_another_city_reaches_no_story(client):
    story = make_story("draft")
    stranger = someone(Role.ASSESSOR, tree("31.75"))
    with pytest.raises(OutOfReach):
        actions.publish(story=story, by=stranger)
    client.force_login(stranger)
    for name in ("story_desk", "story_edit"):
        assert client.get(reverse(name, args=[story.pk])).status_code == 404
    assert client.get(reverse("story_new", args=[story.handover_id])).status_code == 404


def test_officer_writes_publishes_and_withdraws_by_page(client):
    report = make_handover("verified")
    client.force_login(someone(Role.ASSESSOR, tree("31.74")))
    address = reverse("story_new", args=[report.pk])
    refused = client.post(address, {**WORDS, "title_en": ""})
    assert refused.status_code == 422
    assert "Satu pagi." in refused.content.decode()
    client.post(address, WORDS)
    story = Story.objects.get()
    client.post(reverse("story_edit", args=[story.pk]), {**WORDS, "title": "Tiga gerobak"})
    for verb, data in (("publish", {}), ("withdraw", {"reason": "Salah."}), ("publish", {})):
        assert client.post(reverse("story_verb", args=[story.pk, verb]), data).status_code == 302
    story.refresh_from_db()
    assert (story.title, story.state) == ("Tiga gerobak", "published")
    assert client.get(reverse("story_verb", args=[story.pk, "publish"])).status_code == 409
    assert client.get(reverse("story_verb", args=[story.pk, "write"])).status_code == 404
    assert "Tiga gerobak" in client.get(reverse("stories_desk")).content.decode()


def test_desk_of_stories_is_for_those_who_verify(client):
    client.force_login(someone(Role.FACILITATOR, tree("31.74")))
    assert client.get(reverse("stories_desk")).status_code == 403


@pytest.mark.parametrize("path", ["/id/kisah/", "/id/"])
def test_lists_ask_the_same_number_of_questions_whatever_there_is(client, path):
    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    make_story()
    one = asked()
    for _ in range(3):
        make_story()
    assert asked() == one


def test_withdrawn_words_leave_the_picture_of_the_link_too(client):
    story = make_story(title="Pak Contoh menerima dua gerobak")
    found = re.search(
        r'property="og:image" content="http://testserver([^"]+)"',
        client.get(story.get_absolute_url()).content.decode(),
    )
    assert found
    picture = client.get(found[1])
    assert picture.status_code == 200
    assert "immutable" not in picture["Cache-Control"]
    actions.edit(story=story, by=None, **{**WORDS, "title": "Dua gerobak"})
    assert client.get(found[1]).status_code == 302
    actions.withdraw(story=story, by=None, reason="Ada nama orang.")
    assert client.get(found[1]).status_code == 404


def test_journal_of_an_edit_keeps_what_stood_there_and_not_what_somebody_had_read():
    story = make_story("draft")
    read_before = Story.objects.get(pk=story.pk)
    actions.edit(story=story, by=None, **{**WORDS, "title": "Kedua"})
    actions.edit(story=read_before, by=None, **{**WORDS, "title": "Ketiga"})
    assert story.moves.order_by("-pk")[0].data["before"]["title"] == "Kedua"
