"""Reporting, page by page, without scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.http import MemberRequest  # noqa: F401 the pages' own request type
from donations.misconduct import actions, codes
from donations.misconduct.models import Case, CaseDraft, CaseEntry, Evidence
from tests.donations.misconduct.making import RW, TEXT, inspector, pdf
from tests.factories import collaborator, make_handover, make_need, picture, tree

pytestmark = pytest.mark.django_db
NEW = "/id/lapor/baru/"


def answer(client, page: str, **data):
    response = client.post(page, data)
    assert response.status_code == 302, response.content.decode()[:3000]
    return response["Location"]


def to_the_end(client, *, about: str = "", named: str = "", **who) -> str:
    """All answers up to the last page: its address."""
    page = answer(client, NEW, kind="levy", tentang=about)
    page = answer(client, page, text=TEXT)
    page = answer(client, page, wilayah=RW, place="Pos RW", happened_on=clock.today().isoformat())
    page = answer(client, page, **{"posts": ["rw"], **who})
    page = answer(client, page)
    return answer(client, page, named=named) if named else page


def send(client, last: str):
    shown = client.get(last).content.decode()
    code = re.search(r'name="kode" value="([^"]+)"', shown)[1]
    return code, client.post(last, {"kode": code, "saved": "on"})


def test_anonymous_report_is_kept_with_nothing_that_leads_to_its_writer(client):
    tree(RW)
    inspector("31")
    code, response = send(client, to_the_end(client, organisation="Toko yang tidak terdaftar"))
    assert response["Location"] == "/id/lapor/terkirim/"
    assert client.get(response["Location"]).status_code == 200
    case = Case.objects.get()
    assert (case.kind, case.region_id, case.office_id, case.reporter) == ("levy", RW, "31", None)
    assert case.code_digest == codes.digest(code)
    assert case.entries.get().told == {
        "text": TEXT, "place": "Pos RW", "who": "", "posts": ["rw"],
        "organisation": "Toko yang tidak terdaftar",
    }  # fmt: skip
    move = case.moves.get()
    assert (move.actor, move.reason, move.data) == (None, "", {"reporter": True})
    assert not CaseDraft.objects.exists()
    assert "ksbb_session" not in client.cookies
    assert code not in str(client.cookies["ksbb_lapor"].value)


def test_account_is_kept_only_where_the_reporter_wishes_it(client):
    tree(RW)
    user = collaborator()
    client.force_login(user)
    for wish, reporter in (("tidak", None), ("ya", user)):
        send(client, to_the_end(client, named=wish))
        assert Case.objects.latest("pk").reporter == reporter
    mine = client.get(reverse("my_misconduct")).content.decode()
    named, anonymous = Case.objects.exclude(reporter=None).get(), Case.objects.get(reporter=None)
    assert named.number in mine
    assert anonymous.number not in mine
    assert client.get(reverse("misconduct_own", args=[named.number])).status_code == 200
    assert client.get(reverse("misconduct_own", args=[anonymous.number])).status_code == 404


def test_signed_out_reporter_is_asked_for_no_name(client):
    tree(RW)
    last = to_the_end(client)
    assert client.get(last.replace("/kirim/", "/nama/")).status_code == 404
    assert client.get(last).status_code == 200


def test_code_stays_until_it_is_sent_and_is_shown_nowhere_after(client):
    tree(RW)
    last = to_the_end(client)
    code, _response = send(client, last)
    assert not CaseDraft.objects.exists()
    sent = (
        client.get("/id/lapor/terkirim/").content.decode() + client.get("/id/lapor/pantau/").content.decode()
    )
    assert code not in sent
    # A second click brings the same code, and is led to the same report.
    again = client.post(last, {"kode": code, "saved": "on"})
    assert again["Location"] == "/id/lapor/terkirim/"
    assert Case.objects.count() == 1
    client.cookies.clear()
    assert client.get(last).status_code == 404
    assert client.post(last, {"kode": codes.new_code(), "saved": "on"}).status_code == 404


def test_code_is_the_same_each_time_the_last_page_is_opened(client):
    tree(RW)
    last = to_the_end(client)
    found = {
        re.search(r'name="kode" value="([^"]+)"', client.get(last).content.decode())[1] for _i in range(3)
    }
    assert len(found) == 1
    assert client.post(last, {"kode": found.pop()}).status_code == 422  # not said to be saved
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("step", "data", "words"),
    [
        ("jenis", {"kind": "bribe"}, "Pilih yang paling dekat|bukan salah satu"),
        ("cerita", {"text": "pendek"}, "Tambah sedikit lagi"),
        ("cerita", {"text": "x" * 6001}, "6000|6.000"),
        ("tempat", {"wilayah": "Atlantis"}, "tidak ditemukan"),
        ("tempat", {"wilayah": RW, "happened_on": "2999-01-01"}, "belum terjadi"),
        ("tempat", {"wilayah": RW, "happened_on": "1999-01-01"}, "sejak 2020"),
        ("siapa", {"posts": []}, "Pilih paling sedikit satu"),
        ("siapa", {"posts": ["president"]}, "president"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(client, step, data, words):
    tree(RW)
    page = answer(client, NEW, kind="levy")
    response = client.post(page.replace("/cerita/", f"/{step}/"), data)
    assert response.status_code == 422
    shown = response.content.decode()
    assert re.search(words, shown)
    for value in data.values():
        assert isinstance(value, list) or step == "jenis" or value[:50] in shown


def test_draft_survives_scripts_emoji_and_odd_text(client):
    tree(RW)
    page = answer(client, NEW, kind="levy")
    odd = "<script>alert(1)</script> 🙈 \u202eterbalik " + "panjang " * 20
    page = answer(client, page, text=odd)
    shown = client.get(page.replace("/tempat/", "/cerita/")).content.decode()
    assert "<script>alert" not in shown
    assert "🙈" in shown


def test_link_from_a_page_says_what_it_is_about_and_answers_where(client):
    handover, need = make_handover("verified"), make_need()
    inspector("31")
    for about, words in ((f"bast-{handover.code}", handover.number), (f"kebutuhan-{need.pk}", need.number),
                         (f"wilayah-{RW}", "RW 03"), (f"pengiriman-{handover.delivery_id}", "KR-")):  # fmt: skip
        assert words in client.get(f"{NEW}?tentang={about}").content.decode(), about
    for nonsense in ("bast-X", "kebutuhan-999", "wilayah-99", "x", "kebutuhan-" + "9" * 40, "organisasi-0"):
        assert client.get(f"{NEW}?tentang={nonsense}").status_code == 200
    page = answer(client, NEW, kind="levy", tentang=f"bast-{handover.code}").replace("/cerita/", "/tempat/")
    written = re.search(r'name="wilayah" value="([^"]+)"', client.get(page).content.decode())[1]
    assert RW in written
    answer(client, page, wilayah=written)
    send(client, to_the_end(client, about=f"bast-{handover.code}"))
    assert Case.objects.get().handover == handover
    for page in (handover.get_absolute_url(), need.get_absolute_url(), f"/id/wilayah/{RW}/"):
        assert "/id/lapor/baru/?tentang=" in client.get(page).content.decode(), page


def test_delivery_behind_a_guessed_link_tells_no_more_than_its_number(client):
    delivery = make_handover("submitted").delivery
    shown = client.get(f"{NEW}?tentang=pengiriman-{delivery.pk}").content.decode()
    assert delivery.recipient_name not in shown
    assert str(delivery.executor) not in shown


def test_evidence_is_cleaned_counted_and_can_be_taken_back(client):
    tree(RW)
    page = answer(client, NEW, kind="levy")
    page = answer(client, page, text=TEXT)
    page = answer(client, page, wilayah=RW)
    page = answer(client, page, posts=["rw"])
    assert answer(client, page, bukti=[picture(), pdf()]) == page
    assert [row.kind for row in Evidence.objects.all()] == ["photo", "pdf"]
    first = Evidence.objects.first()
    answer(client, f"{page}{first.pk}/hapus/")
    bad = client.post(page, {"bukti": [pdf(), __import__("io").BytesIO(b"MZ\x90 program")]})
    assert bad.status_code == 422
    assert "bukan foto atau PDF" in bad.content.decode()
    assert Evidence.objects.count() == 1
    last = answer(client, page)
    send(client, last)
    assert Evidence.objects.get().case == Case.objects.get()


def test_nobody_takes_evidence_back_from_another_draft(client):
    draft, other = actions.begin(kind="levy"), actions.begin(kind="levy")
    actions.add_evidence(draft=other, files=[("photo", b"x")])
    client.post(reverse("misconduct_drop", args=[draft.key, other.evidence.get().pk]))
    assert other.evidence.count() == 1


def test_draft_can_be_thrown_away_and_old_ones_go_by_themselves(client):
    page = answer(client, NEW, kind="levy")
    draft = CaseDraft.objects.get()
    actions.add_evidence(draft=draft, files=[("photo", b"x")])
    client.post(reverse("misconduct_discard", args=[draft.key]))
    assert not CaseDraft.objects.exists()
    assert not Evidence.objects.exists()
    assert client.get(page).status_code == 404
    with clock.at(timezone.now() - timedelta(days=31)):
        actions.begin(kind="levy")
    kept = actions.begin(kind="levy")
    assert actions.forget_old_drafts() == 1
    assert CaseDraft.objects.get() == kept


def test_incomplete_draft_is_led_to_what_is_missing(client):
    tree(RW)
    page = answer(client, NEW, kind="levy")
    last = page.replace("/cerita/", "/kirim/")
    assert client.get(last)["Location"] == page
    assert client.post(last, {"saved": "on"})["Location"] == page
    assert client.get(page.replace("/cerita/", "/apa/")).status_code == 404


def test_too_many_new_drafts_from_one_address_have_to_wait(client):
    for _i in range(30):
        answer(client, NEW, kind="levy")
    response = client.post(NEW, {"kind": "levy"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_pages_are_never_kept_anywhere(client):
    tree(RW)
    last = to_the_end(client)
    for page in (NEW, last, last.replace("/kirim/", "/cerita/"), "/id/lapor/pantau/"):
        assert "no-store" in client.get(page)["Cache-Control"], page


def test_entries_are_only_ever_added(client):
    tree(RW)
    send(client, to_the_end(client))
    from django.db import ProgrammingError, transaction

    for change in (lambda: CaseEntry.objects.update(kind="note"), lambda: CaseEntry.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
