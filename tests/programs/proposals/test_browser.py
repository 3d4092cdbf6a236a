"""A visitor proposes, others support and comment, an officer moderates and answers: in a real browser.

Citizens walk on phones, officers at desks; the pages that each of them saw are then looked over at the other width.
"""

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from accounts.models import User
from programs.proposals import actions
from programs.proposals.models import Comment, Proposal
from tests.chain.walkers import DESKTOP, PHONE, Walker
from tests.factories import assessor, collaborator, make_handover, tree
from tests.programs.proposals.making import BODY, make_comment, make_proposal

# The pages are asked for by the server's own threads, so what is made here has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(walker: Walker, user: User) -> None:
    """Give the browser the session that signing in would have given it."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["ksbb_session"].value
    walker.context.add_cookies([{"name": "ksbb_session", "value": cookie, "url": walker.base}])


def test_proposal_goes_from_a_visitors_sentence_to_the_official_answer(browser: Browser, live_server) -> None:
    tree("31.74.01.1001.003")
    known = make_proposal(title="Bengkel sepeda untuk remaja putus sekolah")
    author, supporter, officer = collaborator(), collaborator(), assessor("31.74")
    with Walker(browser, live_server.url, "warga", PHONE) as citizen:
        page = citizen.go("/id/usulan/")
        citizen.press("Ajukan usulan")
        # Similar ones come while one types, without a press.
        page.get_by_label("Apa yang Anda usulkan?").press_sequentially(
            "Pelatihan reparasi sepeda remaja", delay=5
        )
        expect(page.get_by_role("heading", name="Sudah ada yang mirip")).to_be_visible()
        page.get_by_label("Di mana?").fill("31.74.01.1001")
        citizen.press("Lanjut")
        expect(page.get_by_role("link", name=known.title)).to_be_visible()
        citizen.press("Lanjut")
        page.get_by_label("Jelaskan usulannya").fill("Terlalu pendek")
        citizen.press("Lanjut", status=422)
        page.get_by_label("Jelaskan usulannya").fill(BODY)
        page.get_by_label("Untuk siapa?").fill("60 remaja di tiga RW")
        citizen.press("Lanjut")
        expect(page.get_by_text("Isian Anda sudah tersimpan")).to_be_visible()
        draft = re.search(r"/baru/([0-9a-f-]{36})/", page.url)
        assert draft is not None
        sign_in(citizen, author)
        citizen.go(f"/id/usulan/baru/{draft[1]}/nama/")
        page.get_by_label("nama yang saya tulis di bawah").check()
        page.get_by_label("Nama yang ditampilkan").fill("Warga Tebet")
        citizen.press("Lanjut")
        page.get_by_label("Saya sudah membaca aturan").check()
        citizen.press("Kirim usulan")
        citizen.press("Usulan saya")
        proposal = Proposal.objects.get(user=author)
        citizen.press(proposal.title)
        assert proposal.state == "submitted"

    with Walker(browser, live_server.url, "asesor", DESKTOP) as desk:
        sign_in(desk, officer)
        desk.go("/id/meja/usulan/")
        desk.press(proposal.title)
        handled = desk.page.url
        desk.press("Terbitkan")
        desk.press("Terbitkan")
        report = make_handover("verified")
        desk.page.get_by_label("Kajian").or_(desk.page.get_by_label("Kaji", exact=True)).check()
        desk.page.get_by_label("Jawaban", exact=True).fill("Kami mengkajinya bersama balai latihan kerja.")
        desk.press("Terbitkan jawaban")
        desk.page.get_by_label("Nomor kebutuhan").fill(report.delivery.lines.get().allocation.need.number)
        desk.press("Hubungkan kebutuhan")

    with Walker(browser, live_server.url, "pendukung", PHONE) as other:
        page = other.go(f"/id/usulan/{proposal.pk}/")
        expect(page.get_by_text("Kami mengkajinya bersama").first).to_be_visible()
        expect(page.locator(f"a[href='{report.get_absolute_url()}']")).to_be_visible()
        sign_in(other, supporter)
        other.go(f"/id/usulan/{proposal.pk}/dukung/")
        other.press("Dukung")
        expect(page.get_by_role("heading", name="1 orang mendukung")).to_be_visible()
        page.get_by_label("nama yang saya tulis di bawah").check()
        page.get_by_label("Tanggapan Anda").fill("Di RW kami juga perlu.")
        page.get_by_label("Nama yang ditampilkan").fill("Warga Menteng")
        other.press("Kirim tanggapan")
        expect(page.get_by_text("Di RW kami juga perlu.")).to_be_visible()
        other.press(re.compile("^Ubah"))
        other.go(f"/id/usulan/{proposal.pk}/lapor/")
        other.go("/id/usulan/aturan/")

    comment = Comment.objects.get()
    with Walker(browser, live_server.url, "moderator", DESKTOP) as desk:
        sign_in(desk, officer)
        desk.go(f"/id/usulan/{proposal.pk}/")
        desk.press(re.compile("^Sembunyikan"))
        desk.page.get_by_label("Tentang bantuan dan kolaborasi di Jakarta").check()
        desk.page.get_by_label("Penjelasan").fill("Bukan tentang usulan ini.")
        desk.press("Sembunyikan")
        expect(desk.page.get_by_text("Disembunyikan moderator.").first).to_be_visible()
    comment.refresh_from_db()
    assert comment.state == "hidden"

    with Walker(browser, live_server.url, "warga-lain", DESKTOP) as citizen:
        for path in ("usulan/baru/", f"usulan/{proposal.pk}/dukung/", f"usulan/{proposal.pk}/lapor/"):
            sign_in(citizen, supporter)
            citizen.go(f"/id/{path}")
    with Walker(browser, live_server.url, "asesor-di-jalan", PHONE) as desk:
        sign_in(desk, officer)
        desk.go("/id/meja/usulan/")
        desk.go(handled)


def test_proposing_works_without_scripts(browser: Browser, live_server) -> None:
    tree("31.74.01.1001.003")
    make_proposal(title="Bengkel sepeda untuk remaja putus sekolah")
    with Walker(browser, live_server.url, "tanpa-skrip", PHONE, java_script_enabled=False) as citizen:
        page = citizen.page
        page.goto(f"{live_server.url}/id/usulan/baru/")
        page.get_by_label("Apa yang Anda usulkan?").fill("Pelatihan reparasi sepeda remaja")
        page.get_by_role("button", name="Lanjut").click()
        page.wait_for_url("**/serupa/")
        assert page.get_by_role("link", name="Bengkel sepeda untuk remaja").is_visible()
        page.get_by_role("button", name="Lanjut").click()
        page.wait_for_url("**/isi/")


def test_public_pages_are_read_in_the_dark_and_in_english(browser: Browser, live_server) -> None:
    proposal = make_proposal()
    make_comment(proposal=proposal, by=assessor("31.74"))
    make_comment("hidden", proposal=proposal)
    actions.answer(proposal=proposal, verb="study", by=None, text="Kami mengkajinya.")
    for colours, language, viewport in (("dark", "id", PHONE), ("light", "en", DESKTOP)):
        Walker.looked_at.clear()
        with Walker(
            browser, live_server.url, f"{colours}-{language}", viewport, color_scheme=colours
        ) as reader:
            for path in ("usulan/", f"usulan/{proposal.pk}/", "usulan/aturan/", "usulan/baru/"):
                reader.go(f"/{language}/{path}")
