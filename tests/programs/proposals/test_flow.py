"""Proposing: question by question, similar ones first, sign-in only at the end, nothing lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Organisation, User
from programs.proposals.actions.drafts import forget_old_drafts
from programs.proposals.models import Proposal, ProposalDraft
from tests.factories import ProgramFactory, UserFactory, collaborator, organisation_of, picture, tree
from tests.programs.proposals.making import BODY, make_proposal

pytestmark = pytest.mark.django_db
NEW = "/id/usulan/baru/"
IDEA = {"title": "Bengkel kecil reparasi sepeda untuk remaja", "wilayah": "31.74.01.1001", "program": ""}
TEXT = {"body": BODY, "for_whom": "60 remaja di tiga RW", "offer": "Bengkel saya, tiga sore sepekan."}
NAME = {"sebagai": "nama", "display_name": "Warga Tebet"}


@pytest.fixture(autouse=True)
def place() -> None:
    tree("31.74.01.1001.003")


def as_(user: User, client: Client | None = None) -> Client:
    client = client or Client()
    client.force_login(user)
    return client


def walk(
    client: Client, *, until: str = "ringkasan", idea: dict | None = None, name: dict | None = None
) -> str:
    """Answer question after question; the address of the one named `until`."""
    where = client.post(NEW, idea or IDEA)["Location"]
    answers = {"serupa": {}, "isi": TEXT, "nama": name or NAME}
    for _turn in range(6):
        step = where.rstrip("/").rsplit("/", 1)[1]
        if step == until:
            return where
        response = client.post(where, answers[step])
        assert response.status_code == 302, (where, response.context and response.context["form"].errors)
        where = response["Location"]
    raise AssertionError(f"{until} was not reached: {where}")


def test_visitor_writes_first_and_signs_in_at_the_end(client) -> None:
    where = walk(client, until="akun")
    assert ProposalDraft.objects.get().user is None
    page = client.get(where).content.decode()
    following = re.search(r'href="([^"]*next=[^"]*)"', page)
    assert following is not None
    key = ProposalDraft.objects.get().key
    assert f"%2Fid%2Fusulan%2Fbaru%2F{key}%2Fnama%2F" in following[1]
    author = UserFactory()
    as_(author, client)
    summary = client.post(f"{NEW}{key}/nama/", NAME)["Location"]
    sent = client.post(summary, {"agree": "on"})
    proposal = Proposal.objects.get()
    assert sent["Location"] == f"/id/usulan/{proposal.pk}/terkirim/"
    assert (proposal.user, proposal.state, proposal.display_name, proposal.region_id) == (
        author, "submitted", "Warga Tebet", "31.74.01.1001",
    )  # fmt: skip
    assert "Moderator membaca" in client.get(sent["Location"]).content.decode()


def test_similar_ones_are_shown_before_one_writes_on(client) -> None:
    known = make_proposal()
    where = client.post(NEW, IDEA)["Location"]
    assert where.endswith("/serupa/")
    page = client.get(where).content.decode()
    assert known.title in page
    assert client.post(where)["Location"].endswith("/isi/")


def test_without_similar_ones_there_is_no_such_step(client) -> None:
    assert client.post(NEW, IDEA)["Location"].endswith("/isi/")


def test_place_is_the_whole_province_unless_said_and_the_program_is_kept(client) -> None:
    ProgramFactory(code="umkm", name="UMKM")
    client.post(NEW, {**IDEA, "wilayah": "", "program": "umkm"})
    draft = ProposalDraft.objects.get()
    assert (draft.region_id, draft.program_id) == ("31", "umkm")
    client.post(f"{NEW}{draft.key}/judul/", {**IDEA, "wilayah": "31.74", "program": ""})
    draft.refresh_from_db()
    assert (draft.region_id, draft.program_id) == ("31.74", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "Sepeda"), ("title", "12345678 90"), ("title", "x" * 121), ("wilayah", "Atlantis"),
     ("program", "lain"), ("title", "Hubungi saya di budi@contoh.test")],
)  # fmt: skip
def test_what_is_wrong_with_the_idea_is_said_beside_it(client, field: str, value: str) -> None:
    response = client.post(NEW, {**IDEA, field: value})
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert not ProposalDraft.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", ""),
        ("body", "Pendek."),
        ("for_whom", ""),
        ("body", BODY + " Telepon 0812-3456-7890."),
        ("offer", "x" * 1001),
    ],
)
def test_what_is_wrong_with_the_text_is_said_and_the_rest_is_kept(client, field: str, value: str) -> None:
    where = walk(client, until="isi")
    response = client.post(where, {**TEXT, field: value})
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert "60 remaja" in response.content.decode() or field == "for_whom"


def test_name_is_asked_for_unless_an_organisation_stands_for_it() -> None:
    member = collaborator()
    own = organisation_of(member)
    client = as_(member)
    where = walk(client, until="nama")
    for wrong in (
        ("nama", ""), ("nama", "0812 3456 7890"), ("nama", "Asesor Jakarta Selatan"), ("nama", own.name.upper()),
        ("999999", ""),
    ):  # fmt: skip
        data = dict(zip(("sebagai", "display_name"), wrong, strict=True))
        assert client.post(where, data).status_code == 422
    assert client.post(where, {"sebagai": str(own.pk), "display_name": ""}).status_code == 302
    draft = ProposalDraft.objects.get()
    assert (draft.organisation, draft.display_name) == (own, "")


def test_organisation_that_may_not_be_named_is_no_choice() -> None:
    member = collaborator()
    Organisation.objects.update(may_be_named=False)
    client = as_(member)
    form = client.get(walk(client, until="nama")).context["form"]
    assert "sebagai" not in form.fields


def test_picture_is_encoded_anew_described_replaced_and_dropped(django_capture_on_commit_callbacks) -> None:
    author = UserFactory()
    client = as_(author)
    where = walk(client, until="nama")
    send = lambda **more: client.post(where, {**NAME, **more})  # noqa: E731
    assert send(picture=SimpleUploadedFile("a.jpg", b"%PDF-1.7"), picture_text="x").status_code == 422
    assert send(picture=SimpleUploadedFile("a.jpg", picture().read())).status_code == 422  # no description
    assert (
        send(
            picture=SimpleUploadedFile("a.png", picture(format="PNG").read()), picture_text="Bengkel"
        ).status_code
        == 302
    )
    draft = ProposalDraft.objects.get()
    with draft.picture.open("rb") as stream:
        assert stream.read(2) == b"\xff\xd8"
    image = f"{NEW}{draft.key}/gambar.jpg"
    assert client.get(image).status_code == 200
    assert Client().get(image).status_code == 404
    assert as_(UserFactory()).get(image).status_code == 404
    first, storage = draft.picture.name, draft.picture.storage
    with django_capture_on_commit_callbacks(execute=True):
        send(picture=SimpleUploadedFile("b.jpg", picture("red").read()), picture_text="Bengkel baru")
    assert not storage.exists(first)
    client.post(f"{NEW}{draft.key}/ringkasan/", {"agree": "on"})
    proposal = Proposal.objects.get()
    draft.refresh_from_db()
    assert (proposal.picture.name, proposal.picture_text) == (draft.picture.name, "Bengkel baru")
    assert proposal.picture_width == 640


def test_picture_is_dropped_again() -> None:
    client = as_(UserFactory())
    where = walk(client, until="nama")
    client.post(
        where, {**NAME, "picture": SimpleUploadedFile("a.jpg", picture().read()), "picture_text": "Bengkel"}
    )
    client.post(where, {**NAME, "drop": "on", "picture_text": ""})
    assert not ProposalDraft.objects.get().picture


def test_summary_wants_agreement_and_sends_once() -> None:
    client = as_(UserFactory())
    where = walk(client)
    assert client.post(where, {}).status_code == 422
    places = {client.post(where, {"agree": "on"})["Location"] for _ in range(2)}
    assert len(places) == 1
    assert Proposal.objects.count() == 1


def test_second_proposal_of_who_is_trusted_is_shown_at_once() -> None:
    author = UserFactory()
    make_proposal(by=author, title="Kebun atap rusun")
    client = as_(author)
    where = walk(client)
    assert "tampil seketika" in client.get(where).content.decode()
    client.post(where, {"agree": "on"})
    assert Proposal.objects.get(title=IDEA["title"]).state == "published"


def test_draft_opens_for_nobody_else_once_somebody_worked_on_it(client) -> None:
    author = UserFactory()
    where = walk(as_(author), until="isi")
    assert as_(UserFactory()).get(where).status_code == 404
    assert client.get(where)["Location"].startswith("/id/masuk/?next=")


def test_text_typed_as_the_session_ended_is_there_after_signing_in(client) -> None:
    author = UserFactory()
    as_(author, client)
    where = walk(client, until="isi")
    client.logout()
    assert client.post(where, TEXT)["Location"].startswith("/id/masuk/")
    # Signing in keeps what the session of the visitor held.
    session = dict(client.session)
    as_(author, client)
    renewed = client.session
    renewed.update({key: value for key, value in session.items() if key == "typed_answer"})
    renewed.save()
    assert "Bengkel saya, tiga sore" in client.get(where).content.decode()


def test_steps_that_do_not_exist_or_come_too_early(client) -> None:
    where = walk(client, until="isi")
    assert client.get(where.replace("/isi/", "/lain/")).status_code == 404
    assert client.get(where.replace("/isi/", "/ringkasan/"))["Location"] == where
    assert client.get(where.replace("/isi/", "/nama/"))["Location"].endswith("/akun/")


def test_too_many_drafts_from_one_address_are_told_to_wait(client, monkeypatch) -> None:
    monkeypatch.setattr("programs.proposals.limits.LIMITS", {"draft": (2, 3600)})
    address = {"REMOTE_ADDR": "203.0.113.77"}
    statuses = [client.post(NEW, IDEA, **address).status_code for _ in range(4)]
    assert statuses[-1] == 429
    assert "Coba lagi sesudah pukul" in client.post(NEW, IDEA, **address).content.decode()


def test_sixth_proposal_of_a_day_waits_for_tomorrow() -> None:
    client = as_(UserFactory())
    statuses = [
        client.post(
            walk(client, idea={**IDEA, "title": f"Usulan yang ke-{n} tentang sepeda"}), {"agree": "on"}
        ).status_code
        for n in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    assert Proposal.objects.count() == 5


def test_old_drafts_are_forgotten_with_their_pictures(django_capture_on_commit_callbacks) -> None:
    client = as_(UserFactory())
    where = walk(client, until="nama")
    client.post(
        where, {**NAME, "picture": SimpleUploadedFile("a.jpg", picture().read()), "picture_text": "Bengkel"}
    )
    draft = ProposalDraft.objects.get()
    name, storage = draft.picture.name, draft.picture.storage
    assert forget_old_drafts() == 0
    ProposalDraft.objects.update(saved_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_drafts() == 1
    assert not storage.exists(name)
