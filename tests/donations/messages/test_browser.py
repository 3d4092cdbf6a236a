"""Following a commitment on a small phone: where it stands, a message with a photo, a redirection that is answered."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from donations.messages.models import Message
from donations.pledges.models import Redirect
from tests.chain.walkers import broken_rules
from tests.factories import assessor, collaborator, make_commitment, make_need, organisation_of, picture

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(browser: Browser, live_server, client, user: User) -> Page:
    client.force_login(user)
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID")
    context.add_cookies(
        [{"name": "ksbb_session", "value": client.cookies["ksbb_session"].value, "url": live_server.url}]
    )
    return context.new_page()


def is_fine(page: Page) -> None:
    """Nothing for axe, and the page's own part is as wide as the screen."""
    assert broken_rules(page) == ""
    assert page.evaluate("document.querySelector('main').scrollWidth") <= 360


def test_giver_follows_writes_and_asks_and_the_assessor_answers(
    browser: Browser, live_server, client, tmp_path: Path
) -> None:
    giver, officer = collaborator(), assessor()
    item = make_commitment("accepted", collaborator=organisation_of(giver))
    target = make_need(code="31.74.01.1001.009")
    photo = tmp_path / "gudang.jpg"
    photo.write_bytes(picture().getvalue())

    page = page_of(browser, live_server, client, giver)
    page.goto(live_server.url + item.get_absolute_url())
    expect(page.get_by_text("Pengirimannya belum direncanakan")).to_be_visible()
    expect(page.get_by_role("heading", name="Langkah berikutnya")).to_be_visible()
    is_fine(page)
    page.get_by_role("link", name="Buka pesan").click()
    page.get_by_label("Pesan").fill("Ini gudangnya. Bisa Sabtu?")
    page.get_by_label("Lampiran").set_input_files(photo)
    page.get_by_role("button", name="Kirim pesan").click()
    expect(page.get_by_alt_text("Foto gudang.jpg")).to_be_visible()
    is_fine(page)
    page.goto(live_server.url + item.get_absolute_url())
    page.get_by_role("link", name="Alihkan", exact=True).click()
    page.get_by_label("Ke kebutuhan").select_option(str(target.pk))
    page.get_by_label("Jumlah").fill("40")
    page.get_by_label("Alasan").fill("Lebih dekat dari gudang kami.")
    is_fine(page)
    page.get_by_role("button", name="Minta dialihkan").click()
    expect(page.get_by_role("heading", name="Anda meminta pengalihan")).to_be_visible()
    page.context.close()

    page = page_of(browser, live_server, client, officer)
    page.goto(f"{live_server.url}/id/meja/?jenis=pesan")
    page.get_by_role("link", name="Jawab pesan").click()
    page.get_by_role("link", name="Baca dan jawab").click()
    page.get_by_label("Pesan").fill("Bisa.")
    page.get_by_role("button", name="Kirim pesan").click()
    expect(page.get_by_text("terjawab")).to_be_visible()
    page.goto(live_server.url + item.get_absolute_url())
    page.get_by_role("link", name="Setujui pengalihan").click()
    page.get_by_role("button", name="Setujui pengalihan").click()
    expect(page.get_by_text("Dialihkan ke kebutuhan lain").first).to_be_visible()
    assert Redirect.objects.get().state == "done"
    assert Message.objects.count() == 2
    page.context.close()
