"""What lies in the database and on the disk cannot be read; keys can be changed."""

import io
import zlib

import pikepdf
import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from accounts.enclosures import MOST_PDF_BYTES
from accounts.errors import Refused
from accounts.sealing import Unreadable, decrypt
from accounts.typed import TYPED, mark_of
from donations.misconduct import actions, uploads
from donations.misconduct.models import CaseEntry
from tests.donations.misconduct.making import TEXT, inspector, make_case, pdf
from tests.factories import collaborator, picture

pytestmark = pytest.mark.django_db


def everything_kept() -> bytes:
    """All rows of the room's tables as the database holds them."""
    kept = b""
    with connection.cursor() as cursor:
        for table in ("case", "caseentry", "casemove", "caseevent", "casedraft", "evidence"):
            cursor.execute(f"SELECT * FROM donations_{table}")
            for row in cursor.fetchall():
                kept += b"\n".join(bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)
    return kept


def on_disk(evidence) -> bytes:
    with evidence.file.open("rb") as stream:
        return stream.read()


def test_nothing_that_was_told_can_be_read_where_it_lies():
    case = make_case("acknowledged", place="Pos ronda", who="Pak Contoh")
    actions.begin(kind="levy", text="Draf rahasia")
    actions.write(case=case, text="Pesan rahasia")
    actions.reply(case=case, by=None, text="Balasan rahasia")
    actions.note(case=case, by=None, text="Catatan rahasia")
    actions.coordinate(case=case, by=None, reason="Alasan rahasia")
    actions.attach(case=case, files=[uploads.clean(picture(), None), uploads.clean(pdf(), None)])
    kept = everything_kept()
    assert case.number.encode() in kept
    for words in (TEXT, "Pos ronda", "Pak Contoh", "rahasia"):
        assert words.encode() not in kept
    for row in case.evidence.all():
        lies = on_disk(row)
        assert lies.startswith(b"gAAAA")
        for mark in (b"JFIF", b"%PDF", b"\xff\xd8"):
            assert mark not in lies
        assert row.content()[:4] in (b"\xff\xd8\xff\xe0", b"%PDF")


def test_keys_are_rotated_and_the_old_one_can_go(settings):
    old, new = settings.EVIDENCE_KEYS[0], Fernet.generate_key().decode()
    case = make_case()
    draft = actions.begin(kind="levy")
    actions.attach(case=case, files=[("photo", b"gambar")])
    before = case.evidence.get().file.name
    settings.EVIDENCE_KEYS = [new, old]
    actions.write(case=case, text="Dengan kunci baru")
    for _again in range(2):
        call_command("rotate_evidence", verbosity=0, stdout=io.StringIO())
    settings.EVIDENCE_KEYS = [new]
    assert {entry.body for entry in case.entries.exclude(kind="report")} == {"Dengan kunci baru"}
    assert case.entries.get(kind="report").told["text"] == TEXT
    evidence = case.evidence.get()
    assert evidence.content() == b"gambar"
    assert evidence.file.name != before
    draft.refresh_from_db()
    assert draft.answers["kind"] == "levy"


def test_without_the_key_it_is_said_and_nothing_is_changed(settings, client):
    officer = inspector("31.74")
    case = make_case()
    actions.attach(case=case, files=[("photo", b"gambar")])
    settings.EVIDENCE_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(Unreadable):
        CaseEntry.objects.get()
    with pytest.raises(CommandError, match="EVIDENCE_KEYS"):
        call_command("rotate_evidence", verbosity=0)
    client.force_login(officer)
    answer = client.get(f"/id/lapor/kasus/{case.number}/bukti/{case.evidence.get().pk}/")
    assert answer.status_code == 503
    assert "EVIDENCE_KEYS" in answer.content.decode()


def test_picture_loses_what_the_phone_wrote_into_it():
    exif = Image.Exif()
    exif[0x0110] = "Telepon Pelapor"
    kind, content = uploads.clean(picture(exif=exif), None)
    assert kind == "photo"
    assert b"Telepon Pelapor" not in content
    assert Image.open(io.BytesIO(content)).format == "JPEG"


def test_document_loses_maker_scripts_and_attachments():
    kind, content = uploads.clean(pdf(), None)
    assert kind == "pdf"
    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/OpenAction" not in document.Root
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer or "/Author" not in document.docinfo
    assert b"Budi" not in content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"MZ\x90\x00", "unknown"), (b"%PDF-1.7 broken", "broken"), (b"<html>", "unknown"),
        (b"\x00\x00\x00\x18ftypheic", "unknown"), (b"%PDF-" + b"0" * (MOST_PDF_BYTES + 1), "too_big"),
    ],
)  # fmt: skip
def test_what_cannot_be_cleaned_is_refused_with_a_sentence(content, code):
    with pytest.raises(Refused) as refused:
        uploads.clean(io.BytesIO(content), len(content))
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


def test_locked_document_is_refused():
    with pytest.raises(Refused) as refused:
        uploads.clean(pdf(encryption=pikepdf.Encryption(user="x", owner="y")), None)
    assert refused.value.code == "locked"


def test_uploads_never_lie_in_a_temporary_file(client, monkeypatch):
    from django.core.files import uploadhandler

    def never(*args, **kwargs):
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", never)

    def big() -> io.BytesIO:
        return io.BytesIO(pdf().getvalue() + b"\n%" + b"x" * 3_000_000)

    draft = actions.begin(kind="levy")
    assert client.post(f"/id/lapor/baru/{draft.key}/bukti/", {"bukti": [big()]}).status_code == 302
    assert draft.evidence.count() == 1
    # Also where one has to be signed in: middleware reads the form before the view.
    user = collaborator()
    case = make_case(reporter=user)
    own = f"/id/lapor/saya/{case.number}/"
    assert client.post(own, {"bukti": [big()]}).status_code == 302
    client.force_login(user)
    assert client.post(own, {"bukti": [big()]}).status_code == 302
    assert case.evidence.count() == 1


def test_more_at_once_than_is_kept_in_memory_is_refused_with_a_sentence(client, monkeypatch):
    monkeypatch.setattr("accounts.in_memory.MOST_BYTES", 1_000_000)
    draft = actions.begin(kind="levy")
    response = client.post(
        f"/id/lapor/baru/{draft.key}/bukti/", {"bukti": [io.BytesIO(b"%PDF-" + b"x" * 1_500_000)]}
    )
    assert response.status_code == 422
    assert "satu per satu" in response.content.decode()
    assert not draft.evidence.exists()


def test_what_an_inspector_typed_over_an_ended_session_waits_unreadable(client):
    officer = inspector("31.74")
    case = make_case()
    client.cookies["ksbb_typist"] = mark_of(officer.pk)
    client.post(f"/id/lapor/kasus/{case.number}/", {"untuk": "note", "text": "Sangat rahasia"})
    kept = client.session[TYPED]
    assert "rahasia" not in str(kept)
    assert b"Sangat+rahasia" in zlib.decompress(decrypt(kept[1].encode()))
