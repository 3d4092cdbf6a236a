"""The inspectors' desk: list, case, verbs, evidence, and who opened what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.errors import Refused
from accounts.notices.models import Notice
from accounts.roles import Role
from donations.ledger import faults
from donations.misconduct import actions
from donations.misconduct.models import Case, CaseParty, CaseView
from tests.donations.misconduct.making import TEXT, inspector, make_case, pdf
from tests.factories import OrganisationFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
CASES = "/id/lapor/kasus/"


def page_of(case: Case, *rest: str) -> str:
    return "/".join([f"{CASES}{case.number}", *rest, ""])


def test_list_filters_searches_and_pages_with_as_many_queries(client):
    officer = inspector("31.74")
    client.force_login(officer)
    first = make_case("acknowledged")
    client.get(CASES)
    with CaptureQueriesContext(connection) as few:
        client.get(CASES)
    for _i in range(30):
        make_case(kind="short")
    with clock.at(timezone.now() - timedelta(days=9)):
        late = make_case(kind="permit")
    decided = make_case("resolved")
    with CaptureQueriesContext(connection) as many:
        shown = client.get(CASES).content.decode()
    assert len(many) == len(few)
    assert late.number in shown.split("</tr>")[1]  # what is due first comes first
    assert decided.number not in shown

    def numbers(query: str) -> str:
        return client.get(CASES + query).content.decode()

    assert first.number in numbers("?hal=2")
    assert late.number in numbers("?keadaan=terlambat")
    assert first.number not in numbers("?keadaan=terlambat")
    assert decided.number in numbers("?keadaan=resolved")
    assert late.number in numbers("?jenis=permit")
    assert first.number not in numbers("?jenis=permit")
    for typed in (decided.number, decided.number.lower(), decided.number.removeprefix("LP-")):
        assert decided.number in numbers(f"?q={typed}")
    assert "Tidak ada laporan" in numbers("?q=LP-ZZZZZZ")
    for odd in ("?keadaan=x&jenis=y&hal=z", "?q=%00", "?q=" + "A" * 300):
        assert client.get(CASES + odd).status_code == 200


def test_verbs_lead_from_report_to_decision_and_their_reasons_lie_encrypted(client):
    client.force_login(inspector("31.74"))
    case = make_case()
    assert TEXT in client.get(page_of(case)).content.decode()
    for verb, data, state in (
        ("acknowledge", {}, "acknowledged"), ("coordinate", {"reason": "Dengan Sudinsos."}, "coordinated"),
        ("reject", {"reason": "Tidak ada bukti."}, "rejected"), ("reopen", {"reason": "Ada saksi baru."}, "acknowledged"),
        ("coordinate", {"reason": "Sekali lagi."}, "coordinated"), ("resolve", {"reason": "Terbukti."}, "resolved"),
    ):  # fmt: skip
        assert client.get(page_of(case, verb)).status_code == 200
        if data:
            assert client.post(page_of(case, verb), {}).status_code == 422
        assert client.post(page_of(case, verb), data)["Location"] == page_of(case)
        case.refresh_from_db()
        assert case.state == state
    assert set(case.moves.values_list("reason", flat=True)) == {""}
    shown = client.get(page_of(case)).content.decode()
    for words in ("Dengan Sudinsos.", "Tidak ada bukti.", "Ada saksi baru.", "Terbukti."):
        assert words in shown
    assert client.post(page_of(case, "acknowledge"), {}).status_code == 409


def test_verb_sent_twice_is_done_once_and_one_overtaken_comes_back(client):
    client.force_login(inspector("31.74"))
    case = make_case()
    seen = case.moves.latest("pk").pk
    for _i in range(2):
        assert client.post(page_of(case, "acknowledge"), {"seen": seen}).status_code == 302
    assert case.moves.filter(verb="acknowledge").count() == 1
    response = client.post(page_of(case, "reject"), {"seen": seen, "reason": "Sudah panjang."})
    assert response.status_code == 409
    assert "Sudah panjang." in response.content.decode()


def test_forwarding_leaves_the_sender_with_the_list(client):
    inspector("31")
    client.force_login(inspector("31.74"))
    case = make_case()
    data = {"office": "31", "reason": "Menyangkut dua kota."}
    assert client.post(page_of(case, "forward"), data | {"office": "31.75"}).status_code == 422
    assert client.post(page_of(case, "forward"), data)["Location"] == CASES
    assert client.get(page_of(case)).status_code == 404


def test_writing_to_the_reporter_and_notes(client):
    client.force_login(inspector("31.74"))
    case = make_case()
    assert client.post(page_of(case), {"untuk": "reply", "text": ""}).status_code == 422
    assert client.post(page_of(case), {"untuk": "siapa", "text": "x"}).status_code == 422
    for to in ("reply", "note"):
        assert client.post(page_of(case), {"untuk": to, "text": f"isi {to}"}).status_code == 302
    assert [entry.kind for entry in case.entries.all()] == ["report", "office", "note"]


def test_evidence_is_handed_out_decrypted_once_and_never_kept(client):
    client.force_login(inspector("31.74"))
    case, other = make_case(), make_case()
    actions.attach(case=case, files=[("photo", b"gambar"), ("pdf", b"dokumen")])
    photo, document = case.evidence.all()
    answer = client.get(page_of(case, "bukti", str(photo.pk)))
    assert (answer.content, answer["Content-Type"]) == (b"gambar", "image/jpeg")
    assert "no-store" in answer["Cache-Control"]
    assert client.get(page_of(case, "bukti", str(document.pk)))["Content-Disposition"].startswith(
        "attachment"
    )
    assert client.get(page_of(other, "bukti", str(photo.pk))).status_code == 404
    photo.file.storage.delete(photo.file.name)
    assert client.get(page_of(case, "bukti", str(photo.pk))).status_code == 404


def test_inspectors_add_evidence_that_the_reporter_does_not_see(client):
    officer = inspector("31.74")
    client.force_login(officer)
    case = make_case("resolved", reporter=someone(Role.COLLABORATOR, OrganisationFactory()))
    here = page_of(case, "enclose")
    assert client.get(here).status_code == 200
    for files in ({}, {"bukti": SimpleUploadedFile("x.jpg", b"bukan foto")}):
        assert client.post(here, files).status_code == 422
    assert client.post(here, {"bukti": SimpleUploadedFile("x.pdf", pdf().read())})["Location"] == page_of(
        case
    )
    (row,) = case.evidence.all()
    assert (row.added_by, row.kind) == (officer, "pdf")
    with row.file.open("rb") as stored:
        assert b"%PDF" not in stored.read()
    assert "dari pemeriksa" in client.get(page_of(case)).content.decode()
    client.force_login(case.reporter)
    page = client.get(f"/id/lapor/saya/{case.number}/")
    assert page.status_code == 200
    assert "bukti tersimpan" not in page.content.decode()


def test_old_cases_lose_what_they_say_and_show_and_nothing_else(
    client, settings, django_capture_on_commit_callbacks
):
    settings.KSBB_CASE_YEARS = 3
    years = timedelta(days=3 * 365 + 1)
    officer, reporter = inspector("31"), someone(Role.COLLABORATOR, OrganisationFactory())
    with clock.at(timezone.now() - years):
        old, under_way = (
            make_case("resolved", reporter=reporter, code="K7QF-2M9X-4TRD-8WHB-3NPC"),
            make_case(),
        )
        actions.attach(case=old, files=[("photo", b"gambar")])
        actions.write(case=old, text="Satu lagi.")
    fresh = make_case("resolved")
    kept = old.evidence.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert (actions.empty_old(), actions.empty_old()) == (1, 0)
    assert not kept.storage.exists(kept.name)
    old.refresh_from_db()
    assert (old.state, old.reporter, old.emptied_at is not None) == ("resolved", None, True)
    assert set(old.entries.values_list("body", flat=True)) == {""}
    assert old.evidence.get().size == 0
    assert under_way.entries.get().told["text"] == TEXT
    assert "" not in fresh.entries.values_list("body", flat=True)
    assert list(faults()) == []
    client.force_login(officer)
    shown = client.get(page_of(old)).content.decode()
    assert "sesudah masa simpannya" in shown
    assert TEXT not in shown
    for verb in ("reopen", "enclose"):
        assert f"/{verb}/" not in shown
    answer = client.post(page_of(old, "reopen"), {"reason": "Ada saksi baru."})
    assert (answer.status_code, "masa simpannya" in answer.content.decode()) == (422, True)
    assert client.get(page_of(old, "bukti", str(old.evidence.get().pk))).status_code == 404
    with pytest.raises(Refused):
        actions.write(case=old, text="Masih ada?")
    client.logout()
    assert "dihapus 3 tahun sesudah keputusan" in client.get("/id/lapor/").content.decode()
    asked = client.post("/id/lapor/pantau/", {"code": "K7QF-2M9X-4TRD-8WHB-3NPC"}, follow=True)
    assert "Isi, percakapan, dan bukti laporan ini dihapus" in asked.content.decode()
    call_command("rotate_evidence")


def test_every_opening_is_written_down_for_good_and_shown_to_who_watches(client):
    officer, watcher = inspector("31.74"), someone(Role.OVERSEER, tree("31"))
    case, secret = make_case(), make_case()
    actions.attach(case=case, files=[("photo", b"gambar")])
    client.force_login(officer)
    for page in (page_of(case), page_of(case, "bukti", str(case.evidence.get().pk)), page_of(secret)):
        assert client.get(page).status_code == 200
    assert [(view.user, view.case, view.evidence_id) for view in CaseView.objects.order_by("pk")] == [
        (officer, case, None), (officer, case, case.evidence.get().pk), (officer, secret, None),
    ]  # fmt: skip
    for change in (lambda: CaseView.objects.update(user=watcher), lambda: CaseView.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    # Who watches is told nothing of a case that concerns them, and of none what it says.
    CaseParty.objects.create(case=secret, user=watcher, why="named")
    client.force_login(watcher)
    shown = client.get("/id/lapor/akses/").content.decode()
    assert officer.name in shown
    assert case.number in shown
    assert secret.number not in shown
    assert TEXT not in shown
    city = someone(Role.OVERSEER, tree("31.75"))
    client.force_login(city)
    assert case.number not in client.get("/id/lapor/akses/").content.decode()


def test_log_asks_as_often_for_many_as_for_one(client):
    officer = inspector("31.74")
    client.force_login(someone(Role.OVERSEER, tree("31")))
    actions.opened(case=make_case(), by=officer)
    client.get("/id/lapor/akses/")
    with CaptureQueriesContext(connection) as few:
        client.get("/id/lapor/akses/")
    for _i in range(20):
        actions.opened(case=make_case(), by=officer)
    with CaptureQueriesContext(connection) as many:
        client.get("/id/lapor/akses/")
    assert len(many) == len(few)


def test_case_page_asks_as_often_for_many_messages_as_for_few(client):
    client.force_login(inspector("31.74"))
    case = make_case()
    actions.reply(case=case, by=None, text="satu")
    client.get(page_of(case))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(case))
    for number in range(12):
        actions.reply(case=case, by=None, text=str(number))
    actions.attach(case=case, files=[("photo", b"x")] * 5)
    with CaptureQueriesContext(connection) as many:
        client.get(page_of(case))
    assert len(many) == len(few)


def test_desk_and_landing_lead_inspectors_to_their_cases(client):
    officer = inspector("31.74")
    client.force_login(officer)
    assert client.get(reverse("desk"))["Location"] == CASES
    assign(officer, Role.ASSESSOR, tree("31.75"))
    shown = client.get(reverse("desk") + "?peran=asesor")
    assert shown.status_code == 200
    assert "?peran=pemeriksaan" in shown.content.decode()


# --- by the clock


def test_deadlines_are_days_of_jakarta():
    late_evening = timezone.datetime(
        2026, 11, 20, 16, 59, tzinfo=timezone.UTC if hasattr(timezone, "UTC") else None
    )
    import datetime as dt

    for hour, day in ((16, 20), (17, 21)):  # 23.00 and 00.00 in Jakarta
        with clock.at(dt.datetime(2026, 11, 20, hour, 30, tzinfo=dt.UTC)):
            case = make_case()
            assert case.due_on == dt.date(2026, 11, day) + timedelta(days=3)
            assert case.decide_by == dt.date(2026, 11, day) + timedelta(days=30)
            case = actions.acknowledge(case=case, by=None)
            assert case.due_on == dt.date(2026, 11, day) + timedelta(days=7)
            case = actions.coordinate(case=case, by=None, reason="x")
            assert case.due_on == case.decide_by
            case = actions.resolve(case=case, by=None, reason="x")
            assert case.due_on is None
    assert late_evening


def test_clock_reminds_once_a_day_and_leads_to_the_province_what_lies_too_long():
    officer, province = inspector("31.74"), inspector("31")
    begun = timezone.now()
    case = make_case()
    Notice.objects.all().delete()
    with clock.at(begun + timedelta(days=1)):
        assert actions.watch() == (0, 0)
    with clock.at(begun + timedelta(days=4)):
        actions.watch()
        assert actions.watch() == (1, 0)
        assert [notice.person for notice in Notice.objects.all()] == [officer]
    with clock.at(begun + timedelta(days=6)):
        assert actions.watch() == (0, 1)
        assert actions.watch() == (0, 0)
    case.refresh_from_db()
    assert (case.office_id, case.state) == ("31", "received")
    assert case.decide_by == clock.today() + timedelta(days=30)
    assert Notice.objects.filter(person=province).count() == 1
    with clock.at(begun + timedelta(days=40)):
        assert actions.watch() == (1, 0)  # the province has nobody above it: it is reminded


def test_clock_leaves_with_the_city_what_nobody_above_may_look_at():
    inspector("31.74")
    with clock.at(timezone.now() - timedelta(days=9)):
        case = make_case()
    actions.watch()
    case.refresh_from_db()
    assert case.office_id == "31.74"


def test_no_state_is_a_trap():
    table = Case.VERBS
    for state in table.states:
        ways = [
            verb for verb in table.possible(state) if verb.permission and verb.target not in (None, state)
        ]
        assert ways, state
