"""The conversation about a commitment: whose it is, sent once, never changed, read and answered."""

import io
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.errors import Refused
from accounts.models import Notice, User
from accounts.personal import tables_of
from accounts.roles import Role
from accounts.typed import COOKIE, WITHOUT_FILES, mark_of
from donations.ledger import faults
from donations.messages import actions
from donations.messages.files import MOST_PDF_BYTES, clean
from donations.messages.models import Attachment, Message, Thread
from donations.messages.queries import unread
from donations.pledges.models import Commitment
from tests.factories import (
    OrganisationFactory,
    aggregator,
    assessor,
    collaborator,
    make_commitment,
    make_need,
    official,
    organisation_of,
    picture,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


def pdf(**page: object) -> io.BytesIO:
    """A document of one page; `page`: what else lies in that page."""
    made = pikepdf.new()
    made.add_blank_page()
    for key, value in page.items():
        made.pages[0].obj[f"/{key}"] = value
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


@pytest.fixture
def giver() -> User:
    return collaborator()


@pytest.fixture
def item(giver: User) -> Commitment:
    return make_commitment("accepted", collaborator=organisation_of(giver))


def page(item: Commitment) -> str:
    return reverse("thread", args=[item.pk])


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_parties_and_officers_of_the_place_read_it_and_nobody_else() -> None:
    collector, carrier = aggregator(), OrganisationFactory(is_executor=True)
    item = make_commitment("accepted", route="aggregator", aggregator=collector)
    Commitment.objects.filter(pk=item.pk).update(executor=carrier)
    giver = someone(Role.COLLABORATOR, item.pledge.collaborator)
    sent = actions.send(commitment=item, by=giver, text="Halo.", files=[clean(picture(), "a.jpg")])
    file = reverse("message_file", args=[sent.attachments.get().pk])
    inside = [
        giver, someone(Role.AGGREGATOR, collector), someone(Role.EXECUTOR, carrier), assessor(),
        someone(Role.FACILITATOR, tree("31.74")),
    ]  # fmt: skip
    outside = [
        collaborator(), assessor("31.75"), assessor(program="lain"), official(tree()),
        someone(Role.AGGREGATOR, aggregator()), someone(Role.EXECUTOR, item.pledge.collaborator),
    ]  # fmt: skip
    for user in inside:
        assert as_(user).get(page(item)).status_code == as_(user).get(file).status_code == 200, user
        assert as_(user).get(reverse("threads")).context["page"].paginator.count == 1
    for user in outside:
        assert as_(user).get(page(item)).status_code == as_(user).get(file).status_code == 404, user
        assert as_(user).post(page(item), {"text": "x"}).status_code == 404
        assert as_(user).get(reverse("threads")).context["page"].paginator.count == 0
    # Who sees the commitment, but takes no part in the conversation, is told so.
    keeper = someone(Role.ADMINISTRATOR, tree("31.74"))
    assert as_(keeper).get(page(item)).status_code == 403
    assert as_(keeper).get(file).status_code == 404
    assert Message.objects.count() == 1


def test_a_form_sent_twice_is_one_message(giver: User, item: Commitment) -> None:
    client, key = as_(giver), uuid.uuid4()
    for _time in range(2):
        assert client.post(page(item), {"text": "Bisa Sabtu?", "key": key}).status_code == 302
    assert Message.objects.get().text == "Bisa Sabtu?"
    # The key of somebody else's message opens nothing.
    other = collaborator()
    theirs = make_commitment(collaborator=organisation_of(other), need=make_need(code="31.74.01.1001.009"))
    assert as_(other).post(page(theirs), {"text": "x", "key": key}).status_code == 404


def test_waiting_for_an_answer_until_there_is_one(giver: User, item: Commitment) -> None:
    officer = assessor()
    with clock.at(clock.now() - timedelta(hours=2)):
        actions.send(commitment=item, by=giver, text="Halo?")
    actions.send(commitment=item, by=giver, text="Ada orang?")
    thread = Thread.objects.get()
    assert thread.state == "waiting"
    assert clock.now() - thread.waiting_since > timedelta(hours=1)  # since the first of them
    assert "Jawab pesan" in as_(officer).get(reverse("desk")).content.decode()
    assert "Halo?" in as_(officer).get(f"{reverse('desk')}?pilih=reply-{thread.pk}").content.decode()
    assert unread(officer, [item.pk]) == {item.pk: 2}
    as_(officer).get(page(item))
    assert unread(officer, [item.pk]) == {}
    assert as_(officer).post(reverse("settle_thread", args=[item.pk])).status_code == 302
    thread.refresh_from_db()
    assert (thread.state, thread.waiting_since) == ("answered", None)
    assert as_(giver).post(reverse("settle_thread", args=[item.pk])).status_code == 403
    actions.send(commitment=item, by=officer, text="Ada.")
    assert unread(giver, [item.pk]) == {item.pk: 1}
    assert "1 pesan belum dibaca" in as_(giver).get(item.get_absolute_url()).content.decode()


def test_taken_back_while_fresh_with_a_trace(giver: User, item: Commitment) -> None:
    officer = assessor()
    sent = actions.send(commitment=item, by=giver, text="Rahasia.", files=[clean(picture(), "a.jpg")])
    stored = sent.attachments.get().file
    storage, name = stored.storage, stored.name
    address = reverse("withdraw_message", args=[item.pk, sent.pk])
    assert as_(officer).post(address).status_code == 403
    with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(Refused, match="sudah lewat"):
        actions.withdraw(message=sent, by=giver)
    with transaction.atomic():
        assert as_(giver).post(address).status_code == 302
    shown = as_(officer).get(page(item)).content.decode()
    assert "Rahasia." not in shown
    assert "ditarik oleh pengirimnya" in shown
    assert Thread.objects.get().state == "answered"  # nobody waits any more
    assert Attachment.objects.get().file == ""
    assert storage.exists(name)  # deleted once the transaction ends, which a test's never does


def test_an_answer_taken_back_leaves_the_question_waiting(giver: User, item: Commitment) -> None:
    officer = assessor()
    actions.send(commitment=item, by=giver, text="Kapan?")
    answer = actions.send(commitment=item, by=officer, text="Besok.")
    actions.withdraw(message=answer, by=officer)
    assert Thread.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "change", [{"text": "lain"}, {"sent_at": clock.now() - timedelta(days=1)}, {"key": uuid.uuid4()}, None]
)
def test_what_was_sent_is_never_changed(giver: User, item: Commitment, change: dict | None) -> None:
    sent = actions.send(commitment=item, by=giver, text="Halo.")
    rows = Message.objects.filter(pk=sent.pk)
    with pytest.raises(Exception, match=r"was sent|Cannot delete") as refusal, transaction.atomic():
        if change is None:
            rows._raw_delete("default")
        else:
            rows.update(**change)
    assert refusal.type.__module__.startswith("django.db") or refusal.type is IntegrityError


def test_what_was_attached_and_its_conversation_leave_traces(giver: User, item: Commitment) -> None:
    with clock.at(clock.now() - timedelta(minutes=1)):
        sent = actions.send(commitment=item, by=giver, text="", files=[clean(picture(), "a.jpg")])
    rows = Attachment.objects.filter(message=sent)
    for change in ({"sha256": "0" * 64}, {"name": "lain.pdf"}, None):
        with pytest.raises(Exception, match=r"was sent|Cannot delete"), transaction.atomic():
            rows.update(**change) if change else rows._raw_delete("default")
    assert list(faults()) == []
    Thread.objects.update(state="answered", waiting_since=None)
    assert any("its journal says waiting" in line for line in faults())


def test_own_list_says_how_many_messages_are_new(giver: User, item: Commitment, client: Client) -> None:
    for text in ("Satu.", "Dua."):
        actions.send(commitment=item, by=assessor(), text=text)
    client.force_login(giver)
    assert "2 pesan baru" in client.get(reverse("pledges")).content.decode()
    client.get(reverse("thread", args=[item.pk]))
    assert "pesan baru" not in client.get(reverse("pledges")).content.decode()
    # Whoever read them there need not open the notices of them, too.
    assert not Notice.objects.filter(person=giver, kind="thread.to_givers").unread().exists()


def test_nothing_typed_is_lost(giver: User, item: Commitment) -> None:
    client = as_(giver)
    long = client.post(page(item), {"text": "a" * 5000})
    assert long.status_code == 422
    assert "a" * 5000 in long.content.decode()
    bad = client.post(page(item), {"text": "Ini fotonya", "attached": SimpleUploadedFile("x.exe", b"MZ\x90")})
    assert bad.status_code == 422
    assert "Ini fotonya" in bad.content.decode()
    assert "x.exe: Berkas ini bukan foto atau PDF" in bad.content.decode()
    client.logout()
    client.cookies[COOKIE] = mark_of(giver.pk)
    gone = {"text": "Sesi habis", "attached": SimpleUploadedFile("a.jpg", picture().read())}
    assert client.post(page(item), gone).status_code == 302
    client.force_login(giver)
    kept = client.get(page(item)).content.decode()
    assert "Sesi habis" in kept
    again = client.post(page(item), {"text": "Sesi habis", WITHOUT_FILES: "1"})
    assert "Pilih lagi berkasnya" in again.content.decode()
    assert Message.objects.count() == 0


def test_a_persons_copy_of_their_data_holds_what_they_wrote(giver: User, item: Commitment) -> None:
    actions.send(commitment=item, by=giver, text="Tulisan saya.")
    actions.send(commitment=item, by=assessor(), text="Tulisan petugas.")
    tables = tables_of(giver)
    assert [row["text"] for row in tables["donations.message.author"]] == ["Tulisan saya."]
    assert "Tulisan petugas." not in str(tables)


def test_scripts_in_a_message_are_words(giver: User, item: Commitment) -> None:
    actions.send(
        commitment=item,
        by=giver,
        text="<script>alert(1)</script> \u202e 🎁",
        files=[clean(picture(), "<b>.jpg")],
    )
    shown = as_(giver).get(page(item)).content.decode()
    assert "<script>alert" not in shown
    assert "<b>.jpg" not in shown


def js(script: str = "app.alert(1)") -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=script)


def test_documents_lose_what_acts() -> None:
    link = pikepdf.Dictionary(
        Subtype=pikepdf.Name("/Link"), A=pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI="https://contoh.test")
    )
    acting = pikepdf.Dictionary(Subtype=pikepdf.Name("/Link"), A=js())
    launching = pikepdf.Dictionary(
        Subtype=pikepdf.Name("/Link"), A=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="x.exe")
    )
    film = pikepdf.Dictionary(Subtype=pikepdf.Name("/RichMedia"))
    source = pdf(Annots=pikepdf.Array([link, acting, launching, film]), AA=pikepdf.Dictionary(O=js()))
    with pikepdf.open(source, allow_overwriting_input=False) as made:
        made.Root.OpenAction = js("evil()")
        made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", js()])))
        made.attachments["virus.exe"] = b"MZ"
        made.docinfo["/Author"] = "Budi di Jalan Contoh"
        out = io.BytesIO()
        made.save(out)
    out.seek(0)
    kept = clean(out, "surat/../kontrak.pdf")
    assert (kept.kind, kept.name) == ("pdf", "kontrak.pdf")
    with pikepdf.open(io.BytesIO(kept.content)) as made:
        assert len(made.pages) == 1
        written = "".join(repr(one.unparse(resolved=True)) for one in made.objects)
        actions_left = [a.get("/A") for a in made.pages[0].Annots]
    for gone in ("JavaScript", "evil", "alert", "Launch", "virus", "RichMedia", "OpenAction", "Budi", "/AA"):
        assert gone not in written, gone
    assert [action is not None for action in actions_left] == [True, False, False]


def encrypted() -> io.BytesIO:
    out = io.BytesIO()
    with pikepdf.open(pdf()) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="x", user="rahasia"))
    out.seek(0)
    return out


def many_pages() -> io.BytesIO:
    made, out = pikepdf.new(), io.BytesIO()
    for _number in range(201):
        made.add_blank_page()
    made.save(out)
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (lambda: io.BytesIO(b""), "not_a_photo"),
        (lambda: io.BytesIO(b"<svg onload=alert(1)>"), "svg"),
        (lambda: io.BytesIO(b"PK\x03\x04 docx"), "not_a_photo"),
        (lambda: io.BytesIO(b"\0\0\0\x18ftypheic" + b"\0" * 40), "not_a_photo"),
        (lambda: io.BytesIO(b"%PDF-1.7\nnothing of the kind"), "not_a_pdf"),
        (lambda: io.BytesIO(pdf().read()[:200]), "not_a_pdf"),
        (lambda: io.BytesIO(b"%PDF-1.7" + b"0" * MOST_PDF_BYTES), "too_big"),
        (encrypted, "locked"),
        (many_pages, "too_long"),
    ],
)
def test_bad_files_are_refused_by_name(upload, code: str) -> None:
    with pytest.raises(Refused, match=r"lampiran\.pdf") as refusal:
        clean(upload(), "lampiran.pdf")
    assert refusal.value.code == code


def test_what_a_file_is_its_content_says() -> None:
    assert clean(picture(), "tagihan.pdf").kind == "photo"
    assert clean(pdf(), "foto.jpg").kind == "pdf"
    assert clean(pdf(), "a\u202egpj.exe\n.pdf").name == "agpj.exe.pdf"


def test_pages_ask_the_same_queries_for_1_and_30_messages(giver: User, item: Commitment) -> None:
    client, officer = as_(giver), assessor()

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    actions.send(commitment=item, by=giver, text="1", files=[clean(picture(), "a.jpg")])
    addresses = (page(item), reverse("threads"), item.get_absolute_url())
    one = [queries(address) for address in addresses]
    for number in range(30):
        actions.send(commitment=item, by=(giver, officer)[number % 2], text=str(number))
    for number in range(20, 24):
        more = make_commitment(
            collaborator=organisation_of(giver), need=make_need(code=f"31.74.01.1001.{number:03d}")
        )
        actions.send(commitment=more, by=giver, text="Halo.")
    actions.send(commitment=item, by=giver, text="Kapan?")
    assert [queries(address) for address in addresses] == one
