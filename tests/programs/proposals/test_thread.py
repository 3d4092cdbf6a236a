"""Support, comments, reports and one's own proposals, through their pages."""

import uuid

import pytest
from django.test import Client

from accounts.errors import Refused
from accounts.models import User
from programs.proposals import actions
from programs.proposals.models import AbuseReport, Comment, Support
from programs.proposals.rules import Rule
from tests.factories import OrganisationFactory, UserFactory, assessor, collaborator, organisation_of
from tests.programs.proposals.making import BODY, make_comment, make_proposal

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_support_asks_a_visitor_to_sign_in_and_comes_back(client) -> None:
    proposal = make_proposal()
    address = f"/id/usulan/{proposal.pk}/dukung/"
    assert client.get(address)["Location"] == f"/id/masuk/?next={address}"
    person = as_(UserFactory())
    assert "Dukung usulan ini?" in person.get(address).content.decode()
    for _ in range(2):  # a double click
        assert person.post(address)["Location"] == f"{proposal.get_absolute_url()}#dukungan"
    assert Support.objects.count() == 1
    assert "Tarik dukungan" in person.get(proposal.get_absolute_url()).content.decode()
    person.post(address, {"tarik": "1"})
    assert not Support.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "hidden", "withdrawn"])
def test_nothing_is_done_to_what_is_not_public(state: str) -> None:
    proposal, person = make_proposal(state), as_(UserFactory())
    for page in ("dukung", "tanggapan", "lapor"):
        assert person.post(f"/id/usulan/{proposal.pk}/{page}/").status_code == 404


def test_closed_proposal_takes_no_support_and_says_so() -> None:
    proposal, person = make_proposal("closed"), as_(UserFactory())
    person.post(f"/id/usulan/{proposal.pk}/dukung/")
    assert not Support.objects.exists()
    response = person.post(
        f"/id/usulan/{proposal.pk}/tanggapan/", {"body": "Terlambat.", "display_name": "Warga"}
    )
    assert response.status_code == 409
    assert "Terlambat." in response.content.decode()


def test_comment_is_posted_once_under_a_chosen_name() -> None:
    proposal, author = make_proposal(), UserFactory()
    client = as_(author)
    form = client.get(proposal.get_absolute_url()).context["form"]
    data = {"key": form["key"].value(), "body": "Setuju, di RW kami juga.", "display_name": "Warga Menteng"}
    places = {client.post(f"/id/usulan/{proposal.pk}/tanggapan/", data)["Location"] for _ in range(2)}
    comment = Comment.objects.get()
    assert places == {comment.get_absolute_url()}
    assert (comment.shown_as, comment.user) == ("Warga Menteng", author)
    # The name is offered again.
    assert client.get(proposal.get_absolute_url()).context["form"]["display_name"].value() == "Warga Menteng"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", ""),
        ("body", "x" * 1501),
        ("body", "Hubungi 0812 3456 7890"),
        ("display_name", ""),
        ("display_name", "a@b.id"),
    ],
)
def test_what_is_wrong_with_a_comment_is_said_beside_it(field: str, value: str) -> None:
    proposal = make_proposal()
    data = {"key": str(uuid.uuid4()), "body": "Setuju sekali.", "display_name": "Warga", field: value}
    response = as_(UserFactory()).post(f"/id/usulan/{proposal.pk}/tanggapan/", data)
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not Comment.objects.exists()


def test_comment_in_the_name_of_ones_organisation_and_of_no_other() -> None:
    proposal, member, other = make_proposal(), collaborator(), collaborator()
    address = f"/id/usulan/{proposal.pk}/tanggapan/"
    data = {"body": "Kami siap membantu.", "sebagai": str(organisation_of(member).pk)}
    assert as_(member).post(address, data).status_code == 302
    assert Comment.objects.get().shown_as == organisation_of(member).name
    assert as_(other).post(address, data).status_code == 422


def test_chosen_name_tells_nothing_of_accounts_that_are_not_named_in_public() -> None:
    for number, fields in enumerate(({}, {"may_be_named": False}, {"collaborator_kind": "individual"})):
        named = OrganisationFactory(name=f"Mekar Sari {number}", **fields)
        data = {"body": "Setuju sekali.", "display_name": named.name.lower()}
        answer = as_(UserFactory()).post(f"/id/usulan/{make_proposal().pk}/tanggapan/", data)
        assert answer.status_code == (302 if fields else 422), fields


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Badan Contoh", "collaborator_kind": "government", "is_confirmed": False},
        {"name": "Dinas Sosial DKI Jakarta", "collaborator_kind": "social"},
    ],
)
def test_nobody_speaks_for_an_office_of_which_nobody_made_sure(fields: dict) -> None:
    member = collaborator(OrganisationFactory(**fields))
    proposal, own = make_proposal(), organisation_of(member)
    data = {"body": "Kami siap membantu.", "sebagai": str(own.pk)}
    assert as_(member).post(f"/id/usulan/{proposal.pk}/tanggapan/", data).status_code == 422
    assert not Comment.objects.exists()
    own.collaborator_kind, own.is_confirmed = "government", True
    own.save()
    assert as_(member).post(f"/id/usulan/{proposal.pk}/tanggapan/", data).status_code == 302
    assert Comment.objects.get().shown_as == own.name


def test_action_refuses_a_borrowed_office_and_unconfirmed_names_are_not_shown() -> None:
    member = collaborator(OrganisationFactory(name="Pemprov DKI Jakarta"))
    with pytest.raises(Refused):
        make_comment(by=member, organisation=organisation_of(member), display_name="")
    agency = OrganisationFactory(name="Badan Contoh", collaborator_kind="government", is_confirmed=False)
    comment = make_comment(by=collaborator(agency), organisation=agency, display_name="")
    assert comment.shown_as == "Warga Jakarta"


def test_officer_is_asked_for_no_name() -> None:
    proposal, officer = make_proposal(), assessor("31.74")
    client = as_(officer)
    assert set(client.get(proposal.get_absolute_url()).context["form"].fields) == {"key", "body"}
    client.post(f"/id/usulan/{proposal.pk}/tanggapan/", {"body": "Kami mengkajinya."})
    assert Comment.objects.get().role == "assessor"


def test_own_comment_is_edited_and_withdrawn_and_nobody_elses() -> None:
    author = UserFactory()
    comment = make_comment(by=author)
    own, other = as_(author), as_(UserFactory())
    edit, gone = f"/id/usulan/tanggapan/{comment.pk}/ubah/", f"/id/usulan/tanggapan/{comment.pk}/withdraw/"
    assert own.get(edit).status_code == 200
    assert own.post(edit, {"body": "Setuju sekali."})["Location"] == comment.get_absolute_url()
    assert own.post(edit, {"body": ""}).status_code == 422
    for address in (edit, gone):
        assert other.post(address, {"body": "Bukan saya."}).status_code == 404
        assert as_(assessor("31.74")).post(address, {"body": "Bukan saya."}).status_code == 403
    assert own.get(gone).status_code == 200
    assert own.post(gone).status_code == 302
    comment.refresh_from_db()
    assert (comment.state, comment.body, comment.user) == ("withdrawn", "", None)


def test_moderator_hides_author_appeals_another_restores() -> None:
    author, first, second = UserFactory(), assessor("31.74"), assessor("31.74.01")
    comment = make_comment(by=author)
    at = lambda verb: f"/id/usulan/tanggapan/{comment.pk}/{verb}/"  # noqa: E731
    assert as_(first).post(at("hide"), {"reason": "Menghina."}).status_code == 422
    assert as_(first).post(at("hide"), {"rule": Rule.RESPECT, "reason": "Menghina."}).status_code == 302
    assert as_(first).get(at("hide")).status_code == 409
    assert as_(author).post(at("appeal"), {"text": "Itu kutipan."}).status_code == 302
    assert as_(first).post(at("restore"), {"reason": "Saya saja."}).status_code == 422
    assert as_(second).post(at("restore"), {"reason": "Memang kutipan."}).status_code == 302
    comment.refresh_from_db()
    assert comment.state == "published"
    assert as_(assessor("31.75")).get(at("hide")).status_code == 404


def test_form_that_somebody_overtook_comes_back_and_a_double_click_does_not() -> None:
    comment, officer = make_comment(), assessor("31.74")
    client, address = as_(officer), f"/id/usulan/tanggapan/{comment.pk}/hide/"
    seen = client.get(address).context["form"]["seen"].value()
    data = {"seen": seen, "rule": Rule.RESPECT, "reason": "Menghina."}
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert comment.moves.filter(verb="hide").count() == 1
    actions.restore(thing=comment, by=None, reason="Keliru.")
    again = as_(assessor("31.74")).post(address, data)
    assert again.status_code == 409
    assert "Menghina." in again.content.decode()


def test_report_reaches_moderators_once_a_person() -> None:
    comment, person = make_comment(), as_(UserFactory())
    address = f"/id/usulan/tanggapan/{comment.pk}/lapor/"
    assert person.get(address).status_code == 200
    assert person.post(address, {}).status_code == 422
    for _ in range(2):
        assert person.post(address, {"rule": Rule.RESPECT, "note": "Kasar."}).status_code == 302
    assert AbuseReport.objects.count() == 1
    assert person.post(f"/id/usulan/{comment.proposal_id}/lapor/", {"rule": Rule.CLAIM}).status_code == 302
    hidden = make_comment("hidden")
    assert person.get(f"/id/usulan/tanggapan/{hidden.pk}/lapor/").status_code == 404


def test_own_proposals_are_listed_with_why_they_are_hidden() -> None:
    author = UserFactory()
    make_proposal("submitted", by=author, title="Usulan yang menunggu")
    make_proposal("hidden", by=author, title="Usulan yang tersembunyi")
    make_proposal(title="Usulan orang lain")
    page = as_(author).get("/id/usulan/saya/").content.decode()
    assert "Usulan yang menunggu" in page
    assert "Merendahkan orang lain." in page
    assert "Usulan orang lain" not in page
    assert "belum mengusulkan" in as_(UserFactory()).get("/id/usulan/saya/").content.decode()


def test_author_edits_while_it_waits_appeals_when_hidden_and_withdraws() -> None:
    author = UserFactory()
    client = as_(author)
    waiting = make_proposal("submitted", by=author)
    data = {"title": "Bengkel sepeda remaja", "body": BODY, "for_whom": "60 remaja", "offer": ""}
    assert client.get(f"/id/usulan/{waiting.pk}/ubah/").status_code == 200
    assert client.post(f"/id/usulan/{waiting.pk}/ubah/", data)["Location"] == waiting.get_absolute_url()
    assert client.post(f"/id/usulan/{waiting.pk}/ubah/", {**data, "body": "x"}).status_code == 422
    assert as_(UserFactory()).get(f"/id/usulan/{waiting.pk}/ubah/").status_code == 404
    actions.hide(thing=waiting, by=None, rule=Rule.CAMPAIGN, reason="Iklan.")
    assert (
        client.post(f"/id/usulan/{waiting.pk}/appeal/", {"text": "Bukan iklan."})["Location"]
        == "/id/usulan/saya/"
    )
    assert as_(UserFactory()).get(f"/id/usulan/{waiting.pk}/withdraw/").status_code == 404
    assert client.post(f"/id/usulan/{waiting.pk}/withdraw/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"
    published = make_proposal(by=author)
    assert client.get(f"/id/usulan/{published.pk}/ubah/").status_code == 409
    assert client.post(f"/id/usulan/{published.pk}/hide/", {}).status_code == 403


@pytest.mark.parametrize(("action", "page", "data"), [
    ("comment", "tanggapan", {"body": "Setuju.", "display_name": "Warga"}),
    ("support", "dukung", {}),
    ("report", "lapor", {"rule": Rule.CLAIM}),
])  # fmt: skip
def test_too_much_at_once_is_told_to_wait(monkeypatch, action: str, page: str, data: dict[str, str]) -> None:
    monkeypatch.setattr("programs.proposals.limits.LIMITS", {action: (1, 3600)})
    proposal, client = make_proposal(), as_(UserFactory())
    address = f"/id/usulan/{proposal.pk}/{page}/"
    assert client.post(address, data).status_code == 302
    refused = client.post(address, data)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600


def test_forms_want_a_token() -> None:
    proposal = make_proposal()
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    assert client.post(f"/id/usulan/{proposal.pk}/dukung/").status_code == 403
    assert not Support.objects.exists()
