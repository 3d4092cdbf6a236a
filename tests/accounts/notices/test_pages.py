"""The pages of notices: one's own list, the way to what a notice is about, choosing, and stopping by one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import Notice, NoticePreference, NumberProof, User
from accounts.notices.actions.proving import ask_for_proof, prove
from accounts.notices.stopping import token
from accounts.notices.tasks import send_notices
from accounts.roles import Role
from tests.accounts.notices.conftest import Tell
from tests.accounts.notices.sinks import Gateway, Mailbox
from tests.factories import UserFactory, assign, collaborator, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_list_holds_ones_own_and_says_what_is_new(signed_in: Client, tell: Tell, person: User) -> None:
    tell()
    tell(to=UserFactory())
    tell(read_at="2026-11-20T00:00Z")
    page = signed_in.get(reverse("notices")).content.decode()
    assert "Usulan U-1 terbit" in page
    assert "Baca &lt;sekarang&gt;." in page
    assert "U-2" not in page
    assert page.count("news-new") == 1
    assert '<span class="bell-count">1</span>' in page


def test_list_is_read_by_as_many_queries_however_long_it_is(
    signed_in: Client, tell: Tell, django_assert_num_queries
) -> None:
    for number in (1, 12):
        for _time in range(number):
            tell()
        signed_in.get(reverse("notices"))
        # Who asks and as what, how many there are, those of the page, and how many are new.
        with django_assert_num_queries(5):
            signed_in.get(reverse("notices"))


def test_list_is_paged_and_filtered(signed_in: Client, tell: Tell, person: User) -> None:
    for _number in range(26):
        tell()
    Notice.objects.filter(params__number="U-26").update(read_at="2026-11-20T00:00Z")
    assert "Usulan U-1 terbit" not in signed_in.get(reverse("notices")).content.decode()
    assert "Usulan U-1 terbit" in signed_in.get(reverse("notices"), {"hal": 2}).content.decode()
    new = signed_in.get(reverse("notices"), {"lihat": "baru"}).content.decode()
    assert "U-26" not in new
    nothing = signed_in.get(reverse("notices"), {"tentang": "misconduct"}).content.decode()
    assert "Tidak ada kabar yang cocok" in nothing
    assert (
        "Usulan U-9 terbit"
        in signed_in.get(reverse("notices"), {"tentang": "x'y", "lihat": "y"}).content.decode()
    )


def test_empty_list_says_what_comes(signed_in: Client) -> None:
    page = signed_in.get(reverse("notices")).content.decode()
    assert "Belum ada kabar" in page
    assert "bell-count" not in page


def test_all_are_marked_read_but_what_came_since(signed_in: Client, tell: Tell, person: User) -> None:
    seen = tell()
    tell()
    other = tell(to=UserFactory(), pk=seen.pk - 1)
    signed_in.post(reverse("notices_read"), {"sampai": seen.pk})
    assert list(person.notices.unread().values_list("pk", flat=True)) != []
    assert person.notices.unread().count() == 1
    other.refresh_from_db()
    assert other.read_at is None
    signed_in.post(reverse("notices_read"), {"sampai": "9" * 40})
    assert person.notices.unread().count() == 1


def test_notice_leads_to_its_page_in_the_readers_language(signed_in: Client, tell: Tell) -> None:
    notice = tell()
    response = signed_in.get(f"/en/kabar/{notice.pk}/")
    assert response["Location"] == "/en/usulan/1/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_somebody_elses_notice_is_not_there(signed_in: Client, tell: Tell) -> None:
    notice = tell(to=UserFactory())
    assert signed_in.get(reverse("notice", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_link_of_a_mail_leads_through_signing_in_back_to_the_page(
    client: Client, tell: Tell, person: User
) -> None:
    notice = tell()
    asked = client.get(reverse("notice", args=[notice.pk]))
    assert asked["Location"] == f"/id/masuk/?next=/id/kabar/{notice.pk}/"
    entered = client.post(asked["Location"], {"login": person.email, "password": "rahasia-sekali"})
    assert entered["Location"] == f"/id/kabar/{notice.pk}/"
    assert client.get(entered["Location"])["Location"] == "/id/usulan/1/"


def test_choice_is_kept(signed_in: Client, kinds, person: User, settings) -> None:
    settings.WHATSAPP_URL = "file:///nowhere"
    User.objects.filter(pk=person.pk).update(phone="+6281234567890")
    NoticePreference.objects.create(person=person, email_off=["giving"], whatsapp_on=["work"])
    sent = {
        "language": "en",
        "pace": "daily",
        "email": ["misconduct", "account"],
        "whatsapp": ["forum"],
        "may_show_phone": "on",
    }
    assert signed_in.post(reverse("notice_preferences"), sent).status_code == 302
    kept = NoticePreference.objects.get()
    assert kept.pace == "daily"
    assert kept.email_off == ["forum", "giving"], "of groups that the form did not show nothing is changed"
    assert kept.whatsapp_on == ["forum", "work"]
    person.refresh_from_db()
    assert person.language == "en"


def test_groups_are_those_of_ones_roles(signed_in: Client, kinds, person: User) -> None:
    page = signed_in.get(reverse("notice_preferences")).content.decode()
    assert "Usulan dan tanggapan Anda" in page
    assert "Yang menunggu jawaban Anda" not in page
    assert 'name="whatsapp"' not in page, "without a number there is nothing to choose"
    assign(person, Role.ASSESSOR, tree("31.74"))
    assert "Yang menunggu jawaban Anda" in signed_in.get(reverse("notice_preferences")).content.decode()


def test_givers_may_leave_a_number_for_officers(client: Client, kinds) -> None:
    giver = collaborator()
    client.force_login(giver)
    sent = {"language": "id", "pace": "soon", "email": ["forum"], "contact_phone": "0812-3456.7890"}
    assert client.post(reverse("notice_preferences"), sent).status_code == 302
    assert NoticePreference.objects.get().contact_phone == "+6281234567890"
    wrong = client.post(reverse("notice_preferences"), {**sent, "contact_phone": "12"})
    assert wrong.status_code == 422
    assert "Nomor ini belum lengkap" in wrong.content.decode()


def test_wrong_choice_is_said(signed_in: Client, person: User) -> None:
    response = signed_in.post(reverse("notice_preferences"), {"language": "xx", "pace": "never"})
    assert response.status_code == 422
    assert not NoticePreference.objects.exists()


def stop_address(person: User, *groups: str) -> str:
    return reverse("notices_stop", args=[token(person, list(groups))])


def test_one_click_stops_mail_without_signing_in(person: User) -> None:
    """As a mail program does it: a POST with nothing but its one field, no cookie, no token of ours."""
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post(stop_address(person, "forum", "giving"), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert NoticePreference.objects.get(person=person).email_off == ["forum", "giving"]
    assert "Surel ini sudah berhenti" in response.content.decode()


def test_looking_at_the_page_stops_nothing_and_it_can_be_taken_back(person: User) -> None:
    stranger, address = Client(enforce_csrf_checks=True), stop_address(person, "forum")
    page = stranger.get(address).content.decode()
    assert "Berhenti menerima surel?" in page
    assert person.name not in page
    assert not NoticePreference.objects.exists()
    stranger.post(address, {"berhenti": "1"})
    stranger.post(address, {"berhenti": "1"})
    assert NoticePreference.objects.get().email_off == ["forum"]
    assert "Berhenti menerima surel?" in stranger.post(address, {"lanjut": "1"}).content.decode()
    assert NoticePreference.objects.get().email_off == []


def test_address_that_we_did_not_sign_is_not_there(client: Client, person: User) -> None:
    good = token(person, ["forum"])
    changed = f"{good[:3]}{'y' if good[3] == 'z' else 'z'}{good[4:]}"
    for wrong in ("x", good[:-1], changed, "a:b:c"):
        assert client.post(reverse("notices_stop", args=[wrong])).status_code == 404
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.post(reverse("notices_stop", args=[good])).status_code == 404


def test_mail_about_signing_in_does_not_ask_what_was_switched_off(
    client: Client, mailbox: Mailbox, person: User
) -> None:
    NoticePreference.objects.create(person=person, email_off=["forum", "giving", "misconduct"])
    client.post(reverse("account_reset_password"), {"email": person.email})
    (mail,) = mailbox.mails
    assert mail["To"] == person.email
    assert mail["List-Unsubscribe"] is None


def test_header_counts_for_who_is_signed_in_only(client: Client, tell: Tell) -> None:
    tell()
    assert 'class="bell"' not in client.get(reverse("about")).content.decode()
    giver = collaborator()
    client.force_login(giver)
    for _number in range(3):
        tell(to=giver)
    page = client.get(reverse("about")).content.decode()
    assert '<span class="bell-count">3</span>' in page


def test_number_for_whatsapp_is_proved_by_a_code_that_came_there(
    signed_in: Client, person: User, gateway: Gateway, tell: Tell
) -> None:
    page, choices = reverse("whatsapp_number"), reverse("notice_preferences")
    assert "Terima kabar lewat WhatsApp juga" in signed_in.get(choices).content.decode()
    assert signed_in.post(page, {"kirim": "ya", "phone": "12"}).status_code == 422
    gateway.status = 400
    refused = signed_in.post(page, {"kirim": "ya", "phone": "0812 3456 7890"})
    assert (refused.status_code, "belum dapat dikirim" in refused.content.decode()) == (422, True)
    assert not NumberProof.objects.exists()
    gateway.status = 202
    assert signed_in.post(page, {"kirim": "ya", "phone": "0812 3456 7890"})["Location"] == page
    code = re.search(r"\d{6}", gateway.asked[-1]["text"]).group()
    assert gateway.asked[-1]["to"] == "+6281234567890"
    assert code not in NumberProof.objects.get().code_digest
    assert signed_in.post(page, {"code": f"{(int(code) + 1) % 10**6:06d}"}).status_code == 422
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert not prove(person, code)
    # Somebody else's page does not know it, and it opens no account.
    assert not prove(UserFactory(), code)
    assert signed_in.post(page, {"code": code})["Location"] == choices
    assert "0812\u00a03456\u00a07890" in signed_in.get(choices).content.decode()
    sent = {"language": "id", "pace": "soon", "email": [], "whatsapp": ["misconduct"]}
    assert signed_in.post(choices, sent).status_code == 302
    with clock.at(datetime(2026, 11, 20, 5, tzinfo=UTC)):
        tell("urgent")
        assert send_notices() == 1
    assert "*Segera U-1*" in gateway.asked[-1]["text"]
    signed_in.post(reverse("drop_whatsapp"))
    kept = NoticePreference.objects.get()
    assert (kept.whatsapp_phone, kept.whatsapp_on) == ("", [])


def test_a_code_for_a_number_is_guessed_five_times_at_most(person: User, gateway: Gateway) -> None:
    ask_for_proof(person, "+6281234567890")
    code = re.search(r"\d{6}", gateway.asked[-1]["text"]).group()
    for wrong in range(1, 6):
        assert not prove(person, f"{(int(code) + wrong) % 10**6:06d}")
    assert not prove(person, code)


def test_without_a_gateway_there_is_no_number_to_give(signed_in: Client, settings) -> None:
    settings.WHATSAPP_URL = ""
    assert signed_in.get(reverse("whatsapp_number")).status_code == 404
    assert "WhatsApp juga" not in signed_in.get(reverse("notice_preferences")).content.decode()
