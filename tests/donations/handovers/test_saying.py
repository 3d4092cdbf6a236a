"""What a report says besides its counts: reasons, sessions, families, lists, signatures and signed sheets."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw
from pypdf import PdfReader

from accounts import clock, sheets
from accounts.errors import Refused
from accounts.models import User
from accounts.roles import Role
from donations.handovers import actions as handovers
from donations.handovers import lists, strokes, writing
from donations.handovers.filing import document_of
from donations.handovers.models import (
    Handover,
    HandoverSession,
    HandoverSheet,
    HandoverSignature,
    RecipientList,
    RecipientListView,
)
from donations.handovers.naming import naming_of
from donations.handovers.views.steps import steps_of
from donations.handovers.writing import Drawn, Explained
from donations.ledger import faults
from programs.models import AidKind, AidType
from tests.factories import (
    assessor,
    make_delivery,
    make_handover,
    official,
    picture,
    someone,
    tree,
)
from tests.html import flat

pytestmark = pytest.mark.django_db
DRAWN = [[100, 300, 200, 100, 300, 300, 400, 90, 500, 310]]
NAME = "Sopir Rahasia"


@pytest.fixture
def receiver() -> User:
    return official(tree())


@pytest.fixture
def report(receiver: User) -> Handover:
    return make_handover(by=receiver)


@pytest.fixture
def client(client: Client, receiver: User) -> Client:
    client.force_login(receiver)
    return client


def step(report: Handover, name: str) -> str:
    return reverse("report_step", args=[report.pk, name])


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(pages: int = 1, size: tuple[float, float] = (210, 297), **root: object) -> bytes:
    """Blank pages of so many points, with whatever else is hung onto the document."""
    made, out = pikepdf.new(), io.BytesIO()
    for _number in range(pages):
        made.add_blank_page(page_size=size)
    for key, value in root.items():
        made.Root[f"/{key}"] = value
    made.save(out)
    return out.getvalue()


# --- strokes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[500,200]]", "dot"),
        ("[[500,200,501,201,499,200]]", "dot"),
        ("[[1,2,3]]", "unreadable"),
        ("[[1.5,2,3,4]]", "unreadable"),
        ("[[true,2]]", "unreadable"),
        ("[[-1,2,3,4]]", "unreadable"),
        ("[[0,401,3,4]]", "unreadable"),
        ('{"x":1}', "unreadable"),
        ("[" * 5000, "unreadable"),
        ("[[]]", "unreadable"),
        (json.dumps([[1, 2]] * 121), "too_much"),
        ("x" * 60_001, "too_much"),
    ],
)
def test_strokes_that_are_no_signature_are_refused_kindly(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        strokes.read(text)
    assert refused.value.code == code
    assert refused.value.messages[0].endswith(".")


def test_strokes_are_drawn_again_from_numbers_alone() -> None:
    assert strokes.read("  ") == strokes.read("[]") == []
    assert strokes.path([[1, 2, 3, 4], [5, 6]]) == "M1 2L3 4M5 6L5 6"
    assert b"M100 300L200 100" in strokes.picture(strokes.read(json.dumps(DRAWN)))


# --- signing


def test_signature_of_one_dot_keeps_the_page_and_says_why(client: Client, report: Handover) -> None:
    response = client.post(step(report, "tanda-tangan"), {"how": "drawn", "receiver": "[[500,200]]"})
    assert response.status_code == 422
    assert "baru berupa titik" in response.content.decode()
    assert client.post(step(report, "tanda-tangan"), {"how": "drawn"}).status_code == 422
    assert not report.signatures.exists()
    # What was scribbled before another way was chosen is in nobody's way.
    other = {"how": "paper", "receiver": "[[500,200]]"}
    assert client.post(step(report, "tanda-tangan"), other).status_code == 302


def test_signature_stands_under_what_was_signed(client: Client, report: Handover, receiver: User) -> None:
    post = {"how": "drawn", "receiver": json.dumps(DRAWN), "deliverer": json.dumps(DRAWN)}
    unnamed = client.post(step(report, "tanda-tangan"), post)
    assert "Tulis nama yang menyerahkan" in unnamed.content.decode()
    assert client.post(step(report, "tanda-tangan"), post | {"deliverer_name": NAME}).status_code == 302
    first = set(report.signatures.values_list("pk", flat=True))
    assert len(first) == 2
    # The same again, from a phone that did not hear the answer, is the same.
    client.post(step(report, "tanda-tangan"), post | {"deliverer_name": NAME})
    handovers.save(handover=report, by=receiver, place=report.place, note="Catatan lain")
    assert set(report.signatures.values_list("pk", flat=True)) == first
    handovers.save(handover=report, by=receiver, counts={report.delivery.lines.get().pk: (99, 0, 1)})
    assert not report.signatures.exists()
    with pytest.raises(Refused, match="Tandatangani lagi") as refused:
        handovers.submit(handover=report, by=receiver)
    assert refused.value.field == "signatures"


def test_drawn_report_says_how_it_was_signed_and_publicly_no_name(report: Handover, receiver: User) -> None:
    drawn = {"receiver": Drawn(DRAWN), "deliverer": Drawn(DRAWN, NAME)}
    writing.sign(handover=report, by=receiver, how="drawn", drawn=drawn)
    report = handovers.submit(handover=report, by=receiver)
    public = Client().get(report.get_absolute_url()).content.decode()
    assert "Di layar, oleh 2 orang" in public
    assert NAME not in public
    assert "M100 300" not in public
    assert "M100 300L200 100" in as_(assessor()).get(reverse("handover", args=[report.pk])).content.decode()
    text = (
        PdfReader(io.BytesIO(document_of(report.records.get(), base_url="https://x"))).pages[0].extract_text()
    )
    assert "ditandatangani secara elektronik pada" in text
    assert NAME in text
    assert list(faults()) == []
    HandoverSignature.objects.filter(role="receiver").update(strokes=[[0, 0, 900, 300]])
    assert any("signatures" in fault for fault in faults())


# --- signed sheets


def test_sheets_of_a_pdf_are_kept_as_pictures_in_their_order(client: Client, report: Handover) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    sent = {"how": "sheet", "sheets": upload(pdf(3, OpenAction=script), "lembar.pdf")}
    assert client.post(step(report, "tanda-tangan"), sent).status_code == 302
    client.post(
        step(report, "tanda-tangan"), {"how": "sheet", "sheets": upload(picture().getvalue(), "foto.jpg")}
    )
    kept = list(report.sheets.all())
    assert [(sheet.position, sheet.page) for sheet in kept] == [(1, 1), (2, 2), (3, 3), (4, 1)]
    for sheet in kept:
        with sheet.image.open("rb") as stream:
            content = stream.read()
        assert content[:2] == b"\xff\xd8"
        assert b"JavaScript" not in content
    done = handovers.submit(handover=report, by=official(tree()))
    document = PdfReader(io.BytesIO(document_of(done.records.get(), base_url="https://x")))
    assert "lembar yang ditandatangani" in document.pages[-4].extract_text()
    # Nobody looks for a signature in an empty place: it says on which pages they are.
    there = " ".join(document.pages[0].extract_text().split())
    pages = f"ditandatangani pada lembar terlampir, halaman {len(document.pages) - 3}–{len(document.pages)}"
    assert there.count(pages) == 3
    assert "foto lembarnya" in Client().get(done.get_absolute_url()).content.decode()
    address = reverse("handover_sheet", args=[kept[0].pk])
    assert Client().get(address).status_code == 302
    assert as_(assessor("31.75")).get(address).status_code == 404
    assert as_(assessor()).get(address)["Content-Type"] == "image/jpeg"
    HandoverSheet.objects.filter(pk=kept[1].pk).update(position=9)
    assert any("sheets" in fault for fault in faults())


def test_sheet_of_a_version_stays_with_it(client: Client, report: Handover) -> None:
    def send(colour: str) -> HandoverSheet:
        sheet = upload(picture(colour).getvalue(), "foto.jpg")
        assert client.post(step(report, "tanda-tangan"), {"how": "sheet", "sheets": sheet}).status_code == 302
        return report.sheets.order_by("-position")[0]

    first, second = send("teal"), send("navy")
    writing.remove_sheet(sheet=second, by=official(tree()))
    assert not HandoverSheet.ever.filter(pk=second.pk).exists()
    done = handovers.submit(handover=report, by=official(tree()))
    handovers.send_back(handover=done, by=assessor(), reason="Lembarnya keliru.")
    writing.remove_sheet(sheet=first, by=official(tree()))
    assert list(report.sheets.all()) == []
    assert as_(assessor()).get(reverse("handover_sheet", args=[first.pk])).status_code == 200
    earlier = PdfReader(io.BytesIO(document_of(done.records.get(version=1), base_url="https://x")))
    assert "lembar yang ditandatangani" in earlier.pages[-1].extract_text()
    assert send("teal") == first
    assert [sheet.position for sheet in report.sheets.all()] == [1]


def bomb() -> bytes:
    """A PDF of a few kilobytes with a picture of 900 million pixels."""
    made, out = pikepdf.new(), io.BytesIO()
    page = made.add_blank_page(page_size=(300, 300))
    image = pikepdf.Stream(made, bytes(1_000_000))
    image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 30_000, "/Height": 30_000,
                  "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8})  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=made.make_indirect(image)))
    page.obj.Contents = pikepdf.Stream(made, b"q 300 0 0 300 0 0 cm /I Do Q")
    made.save(out, compress_streams=True, recompress_flate=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: pdf(300), "300 halaman; paling banyak 12"),
        (lambda: b"%PDF-1.7 rusak", "rusak"),
        (lambda: b"<svg xmlns='x' onload='alert(1)'/>", "SVG"),
        (lambda: b"MZ\x90", "bukan foto"),
    ],
)
def test_sheet_that_is_none_is_refused_in_words(
    client: Client, report: Handover, content, words: str
) -> None:
    sent = {"how": "sheet", "sheets": upload(content(), "lembar.pdf")}
    response = client.post(step(report, "tanda-tangan"), sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not report.sheets.exists()


def test_pages_of_any_claim_take_no_more_than_a_page() -> None:
    """Two hundred inches, or a picture of 2.7 GB: a picture of the usual size, or a refusal."""
    (huge,) = sheets.pages(io.BytesIO(pdf(1, (14_400, 14_400))), most=12, field="sheets")
    with Image.open(io.BytesIO(huge.content)) as kept:
        assert max(kept.size) == sheets.EDGE
    try:
        found = list(sheets.pages(io.BytesIO(bomb()), most=12, field="sheets"))
    except Refused:
        found = []
    assert len(found) < 2


def test_sheet_on_a_table_is_straightened_and_its_ground_made_white() -> None:
    paper = Image.new("RGB", (600, 850), (190, 186, 170))
    draw = ImageDraw.Draw(paper)
    for row in range(12):
        draw.line((60, 80 + row * 55, 540, 80 + row * 55), (40, 40, 60), 6)
    table = Image.new("RGB", (900, 1200), (50, 40, 35))
    table.paste(paper.rotate(9, expand=True, fillcolor=(50, 40, 35)), (80, 110))
    out = io.BytesIO()
    table.save(out, "JPEG")
    with Image.open(io.BytesIO(sheets.readable(out.getvalue()))) as kept:
        grey = kept.convert("L")
    assert 0.64 < grey.width / grey.height < 0.78  # the paper's own shape, nothing of the table
    corners = [grey.getpixel((x, y)) for x in (15, grey.width - 15) for y in (15, grey.height - 15)]
    assert min(corners) > 215


# --- sessions


@pytest.fixture
def service(receiver: User) -> Handover:
    AidType.objects.update(kind=AidKind.SERVICE)
    delivery = make_delivery("dispatched")
    AidType.objects.update(kind=AidKind.SERVICE)
    return handovers.start(delivery=delivery, by=receiver)


def rows(*sessions: dict[str, str], **extra: str) -> dict[str, str]:
    found = {"sesi-TOTAL_FORMS": str(len(sessions)), "sesi-INITIAL_FORMS": "0"} | extra
    for number, session in enumerate(sessions):
        found |= {f"sesi-{number}-{name}": value for name, value in session.items()}
    return found


def test_sessions_are_rows_that_come_and_go_without_scripts(client: Client, service: Handover) -> None:
    line = service.delivery.lines.get()
    day = clock.today().isoformat()
    one = {
        "line": str(line.pk),
        "held_on": day,
        "begins": "09.00",
        "ends": "11:30",
        "women": "40",
        "men": "20",
    }
    address = step(service, "sesi")
    more = client.post(address, rows(one, tambah="1"))
    assert more.status_code == 200
    assert 'name="sesi-1-held_on"' in more.content.decode()
    assert not HandoverSession.objects.exists()
    two = one | {"women": "", "men": "", "attended": "40", "trainer": "Lembaga Contoh"}
    blank = {"line": str(line.pk)}
    assert client.post(address, rows(one, two, blank)).url == step(service, "jumlah")
    assert sorted(HandoverSession.objects.values_list("attended", "women")) == [(40, None), (60, 40)]
    counts = client.get(step(service, "jumlah")).content.decode()
    assert 'value="100"' in counts  # both together explain the good count
    assert client.post(address, rows(one, two | {"DELETE": "on"})).status_code == 302
    assert HandoverSession.objects.get().attended == 60
    wrong = [one | {"ends": "08.00"}, one | {"men": ""}, one | {"attended": "7"}, one | {"begins": "pagi"}]
    for bad in wrong:
        assert client.post(address, rows(bad)).status_code == 422
    late = one | {"held_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert "belum sampai" in client.post(address, rows(late)).content.decode()
    assert HandoverSession.objects.get().attended == 60


def test_steps_of_a_service_speak_of_no_goods(client: Client, service: Handover) -> None:
    for name in steps_of(service):
        shown = client.get(step(service, name)).content.decode().partition("<h1")[2].partition("</main>")[0]
        assert shown
        assert not re.findall(r"barang|kiriman|surat jalan", shown)
    assert naming_of(["service", "goods"]).photos == naming_of(["goods"]).photos == "Foto barang yang tiba"


def test_good_count_of_a_service_is_no_more_than_came(receiver: User, service: Handover) -> None:
    line = service.delivery.lines.get()
    filled = make_handover(delivery=service.delivery, by=receiver)
    session = writing.Session(line.pk, clock.today(), clock.now().time(), clock.now().time().max, 99)
    writing.set_sessions(handover=filled, by=receiver, sessions=[])
    with pytest.raises(Refused, match="sesi"):
        handovers.submit(handover=filled, by=receiver)
    writing.set_sessions(handover=filled, by=receiver, sessions=[session])
    with pytest.raises(Refused, match="99") as refused:
        handovers.submit(handover=filled, by=receiver)
    assert refused.value.code == "more_than_attended"
    handovers.save(handover=filled, by=receiver, counts={line.pk: (99, 0, 0)})
    done = handovers.submit(handover=filled, by=receiver)
    public = Client().get(done.get_absolute_url()).content.decode()
    assert "Sesi dan kehadiran" in public
    assert "terlaksana untuk RW" in public
    text = (
        PdfReader(io.BytesIO(document_of(done.records.get(), base_url="https://x"))).pages[0].extract_text()
    )
    assert "Jumlah kehadiran 99" in text
    assert "terlaksana sembilan puluh sembilan paket" in text
    HandoverSession.objects.update(attended=100)
    assert any("sessions" in fault for fault in faults())


# --- reasons, and more than was sent


def test_difference_is_explained_before_it_is_handed_in(
    client: Client, report: Handover, receiver: User
) -> None:
    line = report.delivery.lines.get().pk
    counts = {f"line_{line}_good": "90", f"line_{line}_damaged": "10"}
    address = step(report, "jumlah")
    assert "Pilih sebabnya" in client.post(address, counts).content.decode()
    report.lines.update(why="", why_words="")
    with pytest.raises(Refused) as refused:
        handovers.submit(handover=report, by=receiver)
    assert refused.value.code == "unexplained"
    other = counts | {f"line_{line}_why": "other"}
    assert "kata-kata sendiri" in client.post(address, other).content.decode()
    extra = other | {f"line_{line}_why_words": "Kata rahasia", f"line_{line}_extra": "3"}
    assert "Tulis apa yang lebih" in client.post(address, extra).content.decode()
    assert client.post(address, extra | {f"line_{line}_extra_words": "Selimut rahasia"}).status_code == 302
    done = handovers.submit(handover=report, by=receiver)
    public = Client().get(done.get_absolute_url()).content.decode()
    assert "sebab lain" in public
    assert "rahasia" not in public
    desk = as_(assessor()).get(reverse("handover", args=[done.pk])).content.decode()
    assert "Kata rahasia" in desk
    assert "Selimut rahasia" in desk
    row = done.lines.get()
    assert (row.good, row.damaged, row.extra, row.delivery_line.uncounted) == (90, 10, 3, 0)


def test_reason_without_a_shortfall_is_not_kept(client: Client, report: Handover) -> None:
    line = report.delivery.lines.get().pk
    client.post(step(report, "jumlah"), {f"line_{line}_good": "100", f"line_{line}_why": "lost"})
    assert report.lines.get().why == ""


# --- families, and lists of them


def test_families_are_counted_and_never_named(client: Client, report: Handover) -> None:
    address = step(report, "keluarga")
    assert client.post(address, {"families": "50", "residents": "40"}).status_code == 422
    assert client.post(address, {"families": "50", "residents": "180"}).status_code == 302
    assert client.post(address, {"families": "48", "residents": ""}).status_code == 302
    assert list(report.recipients.values_list("kind", "count")) == [("families", 48)]
    assert 'name="lists"' not in client.get(address).content.decode()


def test_list_of_recipients_is_sealed_logged_and_removed(
    client: Client, report: Handover, receiver: User
) -> None:
    AidType.objects.update(needs_recipient_list=True)
    address = step(report, "keluarga")
    asked = flat(client.post(address, {"families": "2"}).content.decode())
    assert "Lampirkan daftarnya" in asked
    assert "Daftar penerima</label>" in asked  # and not that it may be left empty
    with pytest.raises(Refused, match="daftar penerima"):
        handovers.submit(handover=report, by=receiver)
    table = b"nama;alamat\nBu Rahasia;=cmd|x\nPak Rahasia;Gang 2\n"
    sent = {"families": "2", "lists": [upload(table, "warga.csv"), upload(b"MZ\0", "x.exe")]}
    refused = client.post(address, sent)
    assert "x.exe: Berkas ini bukan daftar" in refused.content.decode()
    row = RecipientList.objects.get()
    with row.file.open("rb") as stream:
        assert b"Rahasia" not in stream.read()
    assert (row.rows, b"'=cmd" in row.content()) == (2, True)
    done = handovers.submit(handover=report, by=receiver)
    there = reverse("handover_list", args=[row.pk])
    for user, status in (
        (receiver, 403),
        (someone(Role.FACILITATOR, tree("31.74")), 403),
        (assessor("31.75"), 404),
    ):
        assert as_(user).get(there).status_code == status
    assert not RecipientListView.objects.exists()
    officer = assessor()
    answer = as_(officer).get(there)
    assert b"Bu Rahasia" in answer.content
    assert answer["Cache-Control"] == "no-store, private"
    assert RecipientListView.objects.get().user == officer
    page = reverse("handover", args=[done.pk])
    told = f"1 kali dibuka, terakhir oleh {officer.name}"
    assert told in as_(officer).get(page).content.decode()
    assert told not in as_(receiver).get(page).content.decode()
    for shown in (
        Client().get(done.get_absolute_url()).content,
        document_of(done.records.get(), base_url="https://x"),
    ):
        assert b"Rahasia" not in shown
    handovers.verify(handover=done, by=officer)
    assert writing.empty_lists() == 0
    with clock.at(clock.now() + timedelta(days=200)):
        assert (writing.empty_lists(), writing.empty_lists()) == (1, 0)
    row.refresh_from_db()
    assert (row.file.name, as_(officer).get(there).status_code) == ("", 404)
    assert list(faults()) == []


def book(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (book("xl/workbook.xml", "xl/vbaProject.bin"), "active"),
        (book("word/document.xml"), "unknown"),
        (book("xl/workbook.xml", *(f"xl/x{n}" for n in range(400))), "too_big"),
        (b"PK\x03\x04 cut", "unknown"),
        (b"", "unknown"),
        (b"%PDF-1.7 rusak", "broken"),
        (b"nama;alamat\n" + b"x;y\n" * 20_001, "too_big"),
    ],
)
def test_list_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        lists.clean(io.BytesIO(content), len(content))
    assert refused.value.code == code


def test_workbook_is_kept_whole() -> None:
    content = book("[Content_Types].xml", "xl/workbook.xml")
    assert lists.clean(io.BytesIO(content), len(content)).content == content


# --- photos


def test_photo_of_nothing_is_kept_and_warned_of(client: Client, report: Handover) -> None:
    client.post(
        step(report, "foto"), {"photos": upload(picture("black").getvalue(), "gelap.jpg"), "add": "1"}
    )
    assert [photo.looks_empty for photo in report.photos.order_by("pk")][-1]
    assert "gelap atau kosong" in client.get(step(report, "foto")).content.decode()


def test_of_three_hundred_photos_the_first_twelve_are_kept(client: Client, report: Handover) -> None:
    report.photos.all().delete()
    many = [upload(picture(size=(20 + number, 20)).getvalue(), f"{number}.jpg") for number in range(300)]
    response = client.post(step(report, "foto"), {"photos": many})
    assert response.status_code == 422
    assert "Paling banyak 12 foto" in response.content.decode()
    assert sorted(report.photos.values_list("width", flat=True)) == list(range(20, 32))


def test_explanation_is_the_reports_own(report: Handover) -> None:
    line = report.lines.get()
    assert Explained("lost", "x").onto(line) == ["why", "why_words", "extra", "extra_words"]
    assert line.why == "lost"
