"""The moderators' queue and the officer's page of a proposal."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from programs.proposals import actions
from programs.proposals.models import Answer
from programs.proposals.rules import Rule
from tests.factories import ProgramFactory, UserFactory, assessor, collaborator, make_need, someone, tree
from tests.programs.proposals.making import make_comment, make_proposal

pytestmark = pytest.mark.django_db
QUEUE = "/id/meja/usulan/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_queue_is_for_moderators_and_holds_their_area(client) -> None:
    new = make_proposal("submitted", title="Usulan yang baru masuk")
    make_proposal("submitted", title="Usulan kota lain", code="31.75")
    assert client.get(QUEUE).status_code == 302
    for nobody in (UserFactory(), collaborator()):
        assert as_(nobody).get(QUEUE).status_code == 403
    for role in (Role.ASSESSOR, Role.FACILITATOR, Role.ADMINISTRATOR):
        page = as_(someone(role, tree("31.74"))).get(QUEUE).content.decode()
        assert new.title in page
        assert "Usulan kota lain" not in page
        assert f"/id/meja/usulan/{new.pk}/" in page


def test_queue_opens_at_the_first_kind_that_waits() -> None:
    officer = as_(assessor("31.74"))
    assert officer.get(QUEUE).status_code == 200
    proposal = make_proposal()
    assert officer.get(QUEUE).context["tabs"][3]["current"]
    actions.report_abuse(thing=proposal, by=UserFactory(), rule=Rule.CLAIM)
    assert officer.get(QUEUE).context["tabs"][1]["current"]
    assert officer.get(f"{QUEUE}?jenis=semua").context["tabs"][5]["current"]
    assert officer.get(f"{QUEUE}?jenis=;&hal=99").status_code == 200


def test_queries_of_the_queue_do_not_grow() -> None:
    officer = as_(assessor("31.74"))

    def asked() -> int:
        officer.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            officer.get(QUEUE)
        return len(queries)

    make_proposal("submitted")
    before = asked()
    for number in range(29):
        make_proposal("submitted", title=f"Usulan nomor {number}", code=f"31.74.01.1001.{number + 1:03}")
    assert asked() == before


def test_new_proposal_is_published_from_its_page() -> None:
    proposal, officer = make_proposal("submitted"), assessor("31.74")
    client = as_(officer)
    page = client.get(f"{QUEUE}{proposal.pk}/")
    assert [str(verb["label"]) for verb in page.context["verbs"]] == ["Terbitkan", "Sembunyikan"]
    assert page.context["form"] is None  # what nobody reads is not answered
    assert client.get(f"/id/usulan/{proposal.pk}/publish/").status_code == 200
    for _ in range(2):
        assert (
            client.post(
                f"/id/usulan/{proposal.pk}/publish/", {"seen": proposal.moves.get(verb="submit").pk}
            ).status_code
            == 302
        )
    proposal.refresh_from_db()
    assert proposal.state == "published"
    assert as_(assessor("31.75")).get(f"{QUEUE}{proposal.pk}/").status_code == 404
    assert as_(collaborator()).get(f"{QUEUE}{proposal.pk}/").status_code == 404


def test_hiding_wants_a_rule_and_a_reason() -> None:
    proposal, client = make_proposal(), as_(someone(Role.FACILITATOR, tree("31.74")))
    address = f"/id/usulan/{proposal.pk}/hide/"
    for wrong in ({}, {"rule": "lain", "reason": "x"}, {"rule": Rule.CLAIM, "reason": ""}):
        assert client.post(address, wrong).status_code == 422
    assert (
        client.post(address, {"rule": Rule.CLAIM, "reason": "Menuduh."})["Location"]
        == f"{QUEUE}{proposal.pk}/"
    )
    page = client.get(f"{QUEUE}{proposal.pk}/").content.decode()
    assert "Menuduh." in page
    assert "Tampilkan lagi" in page


def test_answer_is_published_with_its_text_and_program() -> None:
    proposal, program = make_proposal(), ProgramFactory()
    client = as_(assessor("31.74"))
    address = f"{QUEUE}{proposal.pk}/"
    for wrong in (
        {}, {"verb": "study"}, {"verb": "study", "text": "Pendek"}, {"verb": "refer", "text": "Dirujuk ke program."},
        {"verb": "realise", "text": "Sudah terlaksana."},
    ):  # fmt: skip
        assert client.post(address, wrong).status_code == 422, wrong
    assert not Answer.objects.exists()
    data = {"verb": "refer", "program": program.pk, "text": "Dirujuk ke program Pangan."}
    assert client.post(address, data).status_code == 302
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "Usulan ini dirujuk ke program" in page
    assert "Dirujuk ke program Pangan." in page
    assert "asesor Wilayah 31.74" in page
    assert as_(someone(Role.FACILITATOR, tree("31.74"))).post(address, data).status_code == 403


def test_officer_neither_answers_nor_moderates_a_proposal_of_their_own() -> None:
    officer = assessor("31.74")
    proposal, need = make_proposal(by=officer), make_need()
    comment = make_comment(proposal=proposal, by=officer)
    client, address = as_(officer), f"{QUEUE}{proposal.pk}/"
    page = client.get(address)
    assert (page.context["form"], page.context["link_form"], page.context["verbs"]) == (None, None, [])
    assert "Petugas lain yang menjawab" in page.content.decode()
    for path, data in (
        (address, {"verb": "study", "text": "Kami mengkajinya."}),
        (f"/id/usulan/{proposal.pk}/close/", {"reason": "Selesai."}),
        (f"/id/usulan/{proposal.pk}/kebutuhan/", {"need": need.number}),
        (f"/id/usulan/tanggapan/{comment.pk}/hide/", {"rule": Rule.CLAIM, "reason": "Menuduh."}),
    ):
        refused = client.post(path, data)
        assert (refused.status_code, "petugas lain yang memutuskannya" in refused.content.decode()) == (
            403,
            True,
        )
    acts = [act["label"] for act in client.get(proposal.get_absolute_url()).context["thread"][0].acts]
    assert "Sembunyikan" not in acts
    assert (
        as_(assessor("31.74")).post(address, {"verb": "study", "text": "Kami mengkajinya."}).status_code
        == 302
    )


def test_answer_that_somebody_overtook_comes_back_with_what_was_typed() -> None:
    proposal, client = make_proposal(), as_(assessor("31.74"))
    address = f"{QUEUE}{proposal.pk}/"
    client.post(address, {"verb": "study", "text": "Kami mengkajinya."})
    seen = client.get(address).context["form"]["seen"].value()
    actions.answer(proposal=proposal, verb="accept", by=assessor("31.74"), text="Diterima.")
    late = client.post(address, {"verb": "decline", "text": "Ditolak karena mahal.", "seen": seen})
    assert late.status_code in (409, 422)
    assert "Ditolak karena mahal." in late.content.decode()
    assert Answer.objects.get().state == "accepted"


def test_same_answer_twice_is_one() -> None:
    proposal, client = make_proposal(), as_(assessor("31.74"))
    address = f"{QUEUE}{proposal.pk}/"
    client.post(address, {"verb": "study", "text": "Kami mengkajinya."})
    data = {
        "verb": "report",
        "text": "Kunjungan sudah dilakukan.",
        "seen": client.get(address).context["form"]["seen"].value(),
    }
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.get().moves.filter(verb="report").count() == 1


def test_need_is_linked_by_its_number_and_taken_off_with_a_reason() -> None:
    proposal, need = make_proposal(), make_need()
    client = as_(assessor("31.74"))
    link = f"/id/usulan/{proposal.pk}/kebutuhan/"
    far = make_need(code="31.75.01.1001.004")
    for wrong in ("", "banyak", "K-2026-99999", far.number):
        assert client.post(link, {"need": wrong}).status_code == 422
    assert client.post(link, {"need": need.number}).status_code == 302
    assert client.post(link, {"need": need.number}).status_code == 422
    assert client.get(f"{QUEUE}{proposal.pk}/").context["needs"][0][0] == need
    away = f"{link}{need.pk}/lepas/"
    assert client.get(away).status_code == 200
    assert client.post(away, {"reason": ""}).status_code == 422
    assert client.post(away, {"reason": "Keliru."}).status_code == 302
    assert client.get(away).status_code == 404
    facilitator = as_(someone(Role.FACILITATOR, tree("31.74")))
    assert facilitator.post(link, {"need": need.number}).status_code == 403
    assert facilitator.get(f"{QUEUE}{proposal.pk}/").context["link_form"] is None


def test_reported_comment_is_shown_to_moderators_with_the_reports() -> None:
    comment = make_comment(body="Komentar yang dilaporkan")
    actions.report_abuse(
        thing=comment, by=UserFactory(name="Pelapor Rahasia"), rule=Rule.RESPECT, note="Kasar."
    )
    client = as_(assessor("31.74"))
    page = client.get(f"{QUEUE}{comment.proposal_id}/").content.decode()
    assert "Komentar yang dilaporkan" in page
    assert "Kasar." in page
    assert "Pelapor Rahasia" not in page
    assert (
        client.post(f"/id/usulan/tanggapan/{comment.pk}/keep/", {"reason": "Kritik biasa."}).status_code
        == 302
    )
    assert not client.get(f"{QUEUE}{comment.proposal_id}/").context["comments"]


def test_appeal_is_shown_and_decided_by_another() -> None:
    author, first = UserFactory(), assessor("31.74")
    proposal = make_proposal(by=author)
    actions.hide(thing=proposal, by=first, rule=Rule.CLAIM, reason="Menuduh.")
    actions.appeal(thing=proposal, by=author, text="Saya tidak menyebut nama.")
    address = f"/id/usulan/{proposal.pk}/uphold/"
    assert as_(first).post(address, {"reason": "Tetap."}).status_code == 422
    second = as_(someone(Role.ADMINISTRATOR, tree("31.74")))
    assert "Saya tidak menyebut nama." in second.get(f"{QUEUE}{proposal.pk}/").content.decode()
    assert second.post(address, {"reason": "Jabatannya disebut."}).status_code == 302


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_desk_leads_to_the_queue_and_says_how_many_wait(role: Role) -> None:
    make_proposal("submitted")
    page = as_(someone(role, tree("31.74"))).get("/id/meja/").content.decode()
    assert QUEUE in page
    assert "1 menunggu moderator" in page
