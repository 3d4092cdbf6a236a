"""A giver shares a certificate from a phone; a stranger reads it, checks its code, and tells a changed file."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from accounts.models import User
from donations.handovers.models import Handover
from donations.proofs.models import Proof
from tests.chain.walkers import DESKTOP, PHONE, Walker
from tests.donations.proofs.making import content_of, giver, verified
from tests.programs.proposals.test_browser import sign_in

# The pages are asked for by the server's own threads, so what is made here has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)


def shared_by(walker: Walker, user: User) -> tuple[Proof, str]:
    """The certificate that the giver had issued and shared, and its link."""
    sign_in(walker, user)
    walker.go(reverse("proofs"))
    walker.press("Terbitkan piagam")
    walker.press("Bagikan kepada umum")
    link = walker.page.locator("#tautan").inner_text()
    for name in ("own_organisations", "own_data"):
        walker.go(reverse(name))
    return Proof.objects.get(), link


def test_certificate_is_shared_checked_by_a_stranger_and_a_changed_file_is_told(
    browser: Browser, live_server, tmp_path
) -> None:
    user, organisation = giver(has_page=True)
    verified(organisation, quantity=100, damaged=10)
    with Walker(browser, live_server.url, "pemberi", PHONE) as walker:
        proof, link = shared_by(walker, user)
    original, changed = tmp_path / "asli.pdf", tmp_path / "ubah.pdf"
    original.write_bytes(content_of(proof))
    changed.write_bytes(content_of(proof).replace(b"Typst", b"Tipst"))
    for viewport, scripts in ((PHONE, False), (DESKTOP, True)):
        with Walker(browser, live_server.url, "orang lain", viewport, java_script_enabled=scripts) as walker:
            if not scripts:
                # Without scripts axe cannot look; widths and statuses are looked at all the same.
                walker.page.goto(link)
                walker.reads("Yayasan Contoh Berbagi", "90 paket", "terverifikasi")
                continue
            walker.go(link)
            walker.reads("Yayasan Contoh Berbagi", "90 paket", "terverifikasi")
            walker.go(reverse("collaborator", args=[organisation.pk]))
            walker.press(f"Piagam bantuan, {proof.reference}")
            walker.go(reverse("check_proof", args=[Handover.objects.get().code]))
            walker.reads("Berita acara ini tercatat", "masih sama dengan ketika diajukan")
            walker.go(reverse("check"))
            walker.page.get_by_label("Kode pada dokumen").fill("AAAA-BBBB-CCCC")
            walker.press("Periksa", status=404)
            walker.page.get_by_label("Kode pada dokumen").fill(proof.code_in_groups.lower())
            walker.press("Periksa")
            walker.reads("Semua angkanya masih sama", "90", "Yayasan Contoh Berbagi")
            for file, verdict in ((original, "sama persis"), (changed, "bukan yang terbit")):
                walker.page.get_by_label("Berkas PDF").set_input_files(file)
                walker.press("Bandingkan berkas")
                expect(walker.page.get_by_text(verdict)).to_be_visible()
