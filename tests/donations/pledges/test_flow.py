"""The pledge flow as people walk it: nothing is lost, and one pledge comes of it."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts import clock
from accounts.models import Organisation, Permit, User
from accounts.models.organisations import OrganisationState
from donations.pledges.models import Commitment, Pledge, PledgeDraft
from donations.pledges.tasks import expire_holds, forget_drafts
from donations.pledges.views.walk import SUMMARY
from donations.pledges.wording import LETTER_VERSION, contents_of
from programs.actions import close, pause
from programs.models import AidType, Need
from tests.donations.pledges.walks import agreement, begin, step, walk
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    ProgramFactory,
    UserFactory,
    aggregator,
    assessor,
    assign,
    collaborator,
    make_commitment,
    make_need,
    organisation_of,
    tree,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(client: Client) -> User:
    user = collaborator()
    client.force_login(user)
    return user


def test_flow_gives_a_pledge_that_holds_its_quantity(client: Client, giver: User) -> None:
    need = make_need()
    draft = walk(client, begin(client, need, "1.000"))
    response = client.post(step(draft, SUMMARY), agreement(client, draft))
    pledge = Pledge.objects.get()
    assert response["Location"] == f"/id/ikrar/{pledge.pk}/terkirim/"
    commitment = pledge.commitments.get()
    need.refresh_from_db()
    assert (commitment.quantity, commitment.source, commitment.route) == (1000, "csr", "direct")
    assert (need.held, need.missing) == (1000, 0)
    assert (pledge.may_be_named, pledge.note, pledge.submitted_by) == (True, "Hubungi Sari.", giver)
    assert "1.000" in pledge.statement
    assert organisation_of(giver).name in pledge.statement
    thanks = client.get(response["Location"]).content.decode()
    assert pledge.number in thanks
    assert "2 × 24 jam" in thanks


def test_flow_asks_for_an_account_last_and_loses_nothing(client: Client) -> None:
    tree("31.74")
    draft = walk(client, begin(client, make_need()))
    summary = step(draft, SUMMARY)
    account = client.get(summary)["Location"]
    # The last question without an account is the account itself, with the way back.
    assert client.get(account)["Location"] == f"/id/daftar/?next={account.replace('/', '%2F')}"
    client.post(
        "/id/daftar/",
        {
            "kind": "individual", "name": "Sari Contoh", "email": "sari@contoh.test", "consent": "on",
            "password1": "kopi-tubruk-dua-gelas", "next": account,
        },
    )  # fmt: skip
    # The address is proved first: from then on a pledge holds what others could give.
    assert "_auth_user_id" not in client.session
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert link
    assert client.post(link[1])["Location"] == account
    assert client.get(account)["Location"] == summary
    client.post(summary, agreement(client, draft))
    pledge = Pledge.objects.get()
    assert pledge.collaborator.name == "Sari Contoh"
    assert pledge.commitments.get().quantity == 100


def test_draft_outlives_an_expired_session_at_the_last_step(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    form = agreement(client, draft)
    client.logout()
    response = client.post(step(draft, SUMMARY), form)
    assert step(draft, SUMMARY) in response["Location"]
    assert not Pledge.objects.exists()
    client.force_login(giver)
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    assert Pledge.objects.get().commitments.get().quantity == 100


def test_answer_typed_after_the_session_ended_waits_for_signing_in(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    client.logout()
    # Ten thousand emoji are more than a hundred thousand characters on their way here.
    typed = {"tanggal": "", "pesan": "Ditulis panjang sekali." + "🍚🥢🧺🚚" * 2500}
    response = client.post(step(draft, "jadwal"), typed)
    assert "next=" in response["Location"]
    client.force_login(giver)
    page = client.get(step(draft, "jadwal"))
    assert page.status_code == 200
    assert typed["pesan"] in page.content.decode()
    client.post(step(draft, "jadwal"), typed | {"pesan": "Ringkas."})
    assert "Ditulis panjang" not in client.get(step(draft, "jadwal")).content.decode()


def test_draft_of_one_person_is_not_found_by_another(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    client.force_login(collaborator())
    assert client.get(step(draft, "jumlah")).status_code == 404
    assert client.post(step(draft, "sumber"), {"sumber": "own"}).status_code == 404


def test_draft_keeps_answers_of_two_tabs(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    client.post(step(draft, "sumber"), {"sumber": "zakat"})
    client.post(step(draft, "jumlah"), {"jumlah": "250"})
    draft.refresh_from_db()
    assert (draft.source, draft.quantity) == ("zakat", 250)


def test_letter_changed_in_another_tab_has_to_be_read_again(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    form = agreement(client, draft)
    client.post(step(draft, "jumlah"), {"jumlah": "250"})
    response = client.post(step(draft, SUMMARY), form)
    assert response.status_code == 422
    assert "berubah" in response.content.decode()
    assert not Pledge.objects.exists()
    again = {"setuju": "on", "surat": response.context["form"]["surat"].value()}
    assert client.post(step(draft, SUMMARY), again).status_code == 302
    assert Commitment.objects.get().quantity == 250


def test_letter_must_be_agreed_to(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    response = client.post(step(draft, SUMMARY), {})
    assert response.status_code == 422
    assert "Baca suratnya sekali lagi" in response.content.decode()
    before = clock.now()
    client.post(step(draft, SUMMARY), agreement(client, draft))
    pledge = Pledge.objects.get()
    assert (pledge.statement_version, pledge.statement_language) == (LETTER_VERSION, "id")
    assert pledge.agreed_at is not None
    assert before <= pledge.agreed_at


def test_flow_sent_again_leads_to_the_same_pledge(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    form = agreement(client, draft)
    places = {client.post(step(draft, SUMMARY), form)["Location"] for _again in range(5)}
    assert len(places) == 1
    assert Pledge.objects.count() == 1
    # The back button leads on as well: a sent draft is no longer written in.
    assert client.get(step(draft, "jumlah"))["Location"] in places
    assert client.post(step(draft, "sumber"), {"sumber": "own"})["Location"] in places


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Tulis jumlahnya"),
        ("0", "lebih dari nol"),
        ("-5", "lebih dari nol"),
        ("seratus", "dengan angka"),
        ("1,5", "tanpa pecahan"),
        ("1000000000000", "triliun"),
        ("9" * 39, "triliun"),
        ("5000", "lebih dari 5 kali"),
        ("1.001", "lebih dari yang masih kurang"),
    ],
)
def test_quantity_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, typed: str, message: str
) -> None:
    need = make_need()
    response = client.post(f"/id/kebutuhan/{need.pk}/ikrar/", {"jumlah": typed})
    assert response.status_code == 422
    assert message in str(response.context["form"].errors["jumlah"])
    assert f'value="{typed}"' in response.content.decode() or not typed
    assert not PledgeDraft.objects.exists()


def test_quantity_chosen_at_one_touch_is_kept_and_shown(client: Client) -> None:
    need = make_need(target=300)
    response = client.post(f"/id/kebutuhan/{need.pk}/ikrar/", {"jumlah": "7", "jumlah_cepat": "300"})
    page = client.get(response["Location"]).content.decode()
    assert PledgeDraft.objects.get().quantity == 300
    assert "Rp60.000.000" in page
    assert "enam puluh juta rupiah" in page


def test_first_question_shows_what_is_promised_already_to_whoever_comes_back(client: Client) -> None:
    need, other = make_need(target=100), make_need(code="31.74.01.1001.009", target=100)
    begin(client, need, "6")
    shown = [
        client.get(f"/id/kebutuhan/{one.pk}/ikrar/").context["form"]["jumlah"].value()
        for one in (need, other)
    ]
    assert shown == [6, None]


def test_quantity_page_takes_the_number_of_the_address(client: Client) -> None:
    need = make_need()
    page = client.get(f"/id/kebutuhan/{need.pk}/ikrar/?jumlah=600").content.decode()
    assert 'value="600"' in page
    assert "Rp120.000.000" in page
    assert not PledgeDraft.objects.exists()


def test_sum_is_reckoned_while_typing(client: Client) -> None:
    need = make_need()
    said = client.get("/id/ikrar/hitung/", {"kebutuhan": need.pk, "jumlah": "Rp 100"}).json()
    assert said["total"] == "Rp20.000.000"
    assert "900" in said["note"]
    assert client.get("/id/ikrar/hitung/", {"kebutuhan": need.pk, "jumlah": "x"}).json() == {}
    assert client.get("/id/ikrar/hitung/", {"kebutuhan": 10**17}).status_code == 404
    assert client.get("/id/ikrar/hitung/", {"bantuan": "0"}).status_code == 404


@pytest.mark.parametrize(
    ("question", "data", "message"),
    [
        ("cara", {}, "Pilih salah satu cara"),
        ("cara", {"cara": "999"}, "tidak berlaku"),
        ("sumber", {"sumber": "curian"}, "Select"),
        ("sumber", {}, "Pilih salah satu sumber"),
        ("jadwal", {"tanggal": "2001-01-01"}, "sudah lewat"),
        ("jadwal", {"tanggal": "9999-01-01"}, "dua tahun"),
        ("jadwal", {"tanggal": "besok"}, "Tulis tanggalnya"),
        ("nama", {"sebut": ""}, "Pilih salah satu"),
        # What is folded away opens where it is wrong.
        ("jadwal", {"tanggal": "", "pesan": "x" * 1001}, '<details class="mt-4" open>'),
        ("jadwal", {"tanggal": "", "ulang": "tiap jam"}, '<details class="mt-5" open>'),
    ],
)
def test_question_says_what_is_wrong(
    client: Client, giver: User, question: str, data: dict[str, str], message: str
) -> None:
    draft = begin(client, make_need())
    response = client.post(step(draft, question), data)
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.answered == ["jumlah"]
    if message != "Select":
        assert message in response.content.decode()


def test_summary_leads_to_the_first_question_without_an_answer(client: Client, giver: User) -> None:
    draft = begin(client, make_need())
    assert client.get(step(draft, SUMMARY))["Location"] == step(draft, "cara")
    assert client.post(step(draft, SUMMARY), {})["Location"] == step(draft, "cara")
    assert client.get(step(draft, "bukan")).status_code == 404


def test_need_filled_in_between_offers_the_rest_and_the_nearest(client: Client, giver: User) -> None:
    need = make_need()
    near = make_need(code="31.74.01.1001.004")
    other_kind = make_need(code="31.74.01.1001.005", aid_type=AidTypeFactory(code="thr", name="THR"))
    draft = walk(client, begin(client, need, "600"))
    form = agreement(client, draft)
    make_commitment(need=need, quantity=900)
    response = client.post(step(draft, SUMMARY), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "tinggal kurang 100" in page
    assert [row["need"] for row in response.context["elsewhere"]] == [near]
    assert f"/{other_kind.pk}/" not in page
    assert not Pledge.objects.filter(collaborator=organisation_of(giver)).exists()

    # What is left is taken at one touch, every other answer stays.
    response = client.post(step(draft, "jumlah"), {"jumlah": "100"})
    assert response["Location"] == step(draft, SUMMARY)
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    need.refresh_from_db()
    assert need.missing == 0


def test_need_full_in_between_lets_the_pledge_turn_elsewhere(client: Client, giver: User) -> None:
    need, near = make_need(), make_need(code="31.74.01.1001.004")
    draft = walk(client, begin(client, need, "600"))
    make_commitment(need=need, quantity=1000)
    page = client.get(step(draft, SUMMARY)).content.decode()
    assert "baru saja penuh" in page
    response = client.post(f"/id/ikrar/isian/{draft.key}/pindah/", {"kebutuhan": near.pk, "jumlah": "600"})
    assert response["Location"] == step(draft, SUMMARY)
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    near.refresh_from_db()
    assert near.held == 600


def test_turning_to_a_smaller_need_asks_for_the_quantity_again(client: Client, giver: User) -> None:
    need, near = make_need(), make_need(code="31.74.01.1001.004", target=50)
    draft = walk(client, begin(client, need, "600"))
    response = client.post(f"/id/ikrar/isian/{draft.key}/pindah/", {"kebutuhan": near.pk})
    assert response["Location"] == step(draft, "jumlah")
    assert 'value="600"' in client.get(response["Location"]).content.decode()
    strange = make_need(code="31.74.01.1001.005", aid_type=AidTypeFactory(code="thr"))
    for wrong in (strange.pk, "x", 10**17, make_need("draft", code="31.74.01.1001.006").pk):
        assert client.post(f"/id/ikrar/isian/{draft.key}/pindah/", {"kebutuhan": wrong}).status_code == 404


@pytest.mark.parametrize("how", ["closed", "paused", "late"])
def test_need_that_takes_nothing_any_more_is_explained(client: Client, giver: User, how: str) -> None:
    need = make_need()
    draft = walk(client, begin(client, need))
    form = agreement(client, draft)
    officer = assessor()
    if how == "closed":
        close(need=need, by=officer, reason="Sudah cukup.")
    elif how == "paused":
        pause(need=need, by=officer, reason="Diperiksa.")
    else:
        Need.objects.filter(pk=need.pk).update(deadline=clock.today() - timedelta(days=1))
    words = "Batas waktu" if how == "late" else "sedang tidak menerima"
    response = client.post(step(draft, SUMMARY), form)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert words in client.get(f"/id/kebutuhan/{need.pk}/ikrar/").content.decode()
    assert client.post(f"/id/kebutuhan/{need.pk}/ikrar/", {"jumlah": 1}).status_code == 422


def test_enter_in_the_quantity_sends_what_was_typed_and_no_quick_choice(client: Client) -> None:
    page = client.get(f"/id/kebutuhan/{make_need().pk}/ikrar/").content.decode()
    form = page[page.index("<form", page.index("<main")) :]
    first = re.search(r"<button[^>]*>", form)
    assert first is not None
    assert "name=" in form[first.end() :].split("Lanjut ke")[0]  # the quick choices stand behind it
    assert "name=" not in first[0]


def test_need_that_was_never_published_is_not_found(client: Client) -> None:
    assert client.get(f"/id/kebutuhan/{make_need('draft').pk}/ikrar/").status_code == 404


def test_aggregators_are_offered_with_their_permit_in_force(client: Client, giver: User) -> None:
    valid, ended = aggregator("Agregator Sah"), aggregator("Agregator Lewat", days=-1)
    draft = begin(client, make_need())
    page = client.get(step(draft, "cara")).content.decode()
    assert valid.permits.get().number in page
    assert valid.permits.get().issuer in page
    assert ended.name not in page
    client.post(step(draft, "cara"), {"cara": valid.pk})
    draft.refresh_from_db()
    assert (draft.route, draft.aggregator) == ("aggregator", valid)


def test_permit_ended_this_morning_is_refused_with_the_way_to_change(client: Client, giver: User) -> None:
    collector = aggregator("Agregator Sah")
    draft = walk(client, begin(client, make_need()), cara={"cara": collector.pk})
    form = agreement(client, draft)
    Permit.objects.update(valid_until=clock.today() - timedelta(days=1))
    response = client.post(step(draft, SUMMARY), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "tidak berlaku" in page
    assert step(draft, "cara") in page
    assert "Isian Anda berubah" not in page
    # Whoever agrees to the letter as it reads now is refused as well.
    again = {"setuju": "on", "surat": response.context["form"]["surat"].value()}
    assert client.post(step(draft, SUMMARY), again).status_code == 422
    assert not Pledge.objects.exists()
    client.post(step(draft, "cara"), {"cara": "langsung"})
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302


def test_person_of_several_organisations_chooses_one(client: Client, giver: User) -> None:
    second = OrganisationFactory(name="Komunitas Kedua")
    assign(giver, "collaborator", second)
    client.force_login(giver)
    draft = walk(client, begin(client, make_need()))
    account = client.get(step(draft, SUMMARY))["Location"]
    assert account == step(draft, "akun")
    assert client.post(account, {"organisasi": OrganisationFactory().pk}).status_code == 422
    assert client.post(account, {"organisasi": second.pk})["Location"] == step(draft, SUMMARY)
    client.post(step(draft, SUMMARY), agreement(client, draft))
    assert Pledge.objects.get().collaborator == second


def test_person_without_an_organisation_registers_one_on_the_way(client: Client) -> None:
    client.force_login(UserFactory())
    draft = walk(client, begin(client, make_need()))
    account = client.get(step(draft, SUMMARY))["Location"]
    assert client.post(account, {"kind": "", "name": ""}).status_code == 422
    client.post(account, {"kind": "community", "name": "Komunitas Baru", "region": ""})
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    assert Pledge.objects.get().collaborator.name == "Komunitas Baru"


def test_suspended_organisation_sends_nothing(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    form = agreement(client, draft)
    Organisation.objects.filter(pk=organisation_of(giver).pk).update(state=OrganisationState.SUSPENDED)
    assert client.post(step(draft, SUMMARY), form)["Location"] == step(draft, "akun")
    assert not Pledge.objects.exists()


def test_wish_becomes_a_commitment_for_its_region(client: Client, giver: User) -> None:
    aid = AidTypeFactory()
    tree("31.74")
    page = client.get(f"/id/ikrar/tempatkan/?bantuan={aid.pk}&wilayah=31.74&jumlah=5000").content.decode()
    assert 'value="5000"' in page
    response = client.post("/id/ikrar/tempatkan/", {"bantuan": aid.pk, "wilayah": "31.74", "jumlah": "5.000"})
    draft = PledgeDraft.objects.get()
    assert response["Location"] == step(draft, "cara")
    walk(client, draft)
    client.post(step(draft, SUMMARY), agreement(client, draft))
    commitment = Commitment.objects.get()
    assert (commitment.region_id, commitment.quantity, commitment.aid_type) == ("31.74", 5000, aid)
    assert not commitment.allocations.exists()


@pytest.mark.parametrize(
    ("path", "answers", "steps"),
    [
        ("/id/ikrar/tempatkan/", {"wilayah": "31.74"}, ("bantuan", "wilayah", "jumlah")),
        ("/id/ikrar/tawarkan/", {"tempat": "31.74.01.1001.003"}, ("tempat", "bantuan", "jumlah")),
    ],
)
def test_promise_without_a_need_is_asked_one_question_at_a_time(
    client: Client, path: str, answers: dict[str, str], steps: tuple[str, ...]
) -> None:
    tree("31.74.01.1001.003")
    answers = {**answers, "bantuan": str(AidTypeFactory().pk), "jumlah": "5"}
    told: dict[str, str] = {}
    for number, name in enumerate(steps, start=1):
        page = client.get(path, told)
        assert (page.status_code, page.context["asked"][0].name, page.context["step_number"]) == (
            200,
            name,
            number,
        )
        assert {field.name for field in page.context["carried"]} == set(told)
        if name != "jumlah":
            assert client.get(path, {**told, name: "tidak ada"}).status_code == 422
        told[name] = answers[name]
    # An address with all the answers asks for the last one again; the way back asks for the one before, and keeps it.
    page = client.get(path, told)
    assert page.context["asked"][0].value() == "5"
    back = client.get(path + page.context["back_url"])
    assert (back.context["asked"][0].name, back.context["asked"][0].value()) == (steps[1], answers[steps[1]])
    assert not PledgeDraft.objects.exists()
    assert client.post(path, told)["Location"] == step(PledgeDraft.objects.get(), "cara")


def test_wish_may_name_a_district_or_a_village(client: Client) -> None:
    aid = AidTypeFactory()
    tree("31.74.01.1001")
    for text, code in (("31.74.01", "31.74.01"), ("31.74.01.1001", "31.74.01.1001")):
        client.post(
            "/id/ikrar/tempatkan/", {"bantuan": aid.pk, "wilayah": "31", "tempat": text, "jumlah": "5"}
        )
        assert PledgeDraft.objects.latest("pk").region_id == code


@pytest.mark.parametrize(
    "data",
    [
        {"bantuan": "", "wilayah": "31", "jumlah": "5"},
        {"bantuan": "0", "wilayah": "31", "jumlah": "5"},
        {"wilayah": "31.74.01", "jumlah": "5"},
        {"wilayah": "32", "jumlah": "5"},
        {"wilayah": "31", "jumlah": "0"},
        {"wilayah": "31", "jumlah": "1000000000000"},
        {"wilayah": "31", "jumlah": "5", "tempat": "Antah Berantah"},
        {"wilayah": "31", "jumlah": "5", "tempat": "32.01"},
    ],
)
def test_wish_says_what_is_wrong(client: Client, data: dict[str, str]) -> None:
    aid = AidTypeFactory(program=ProgramFactory())
    tree("31.74.01")
    tree("32")
    response = client.post("/id/ikrar/tempatkan/", {"bantuan": aid.pk, **data})
    assert response.status_code == 422
    assert not PledgeDraft.objects.exists()


def test_expire_holds_frees_what_nobody_answered() -> None:
    need = make_need()
    with clock.at(clock.now() - timedelta(days=10)):
        make_commitment(need=need)
    kept = make_commitment(need=need)
    assert expire_holds() == 1
    assert expire_holds() == 0
    need.refresh_from_db()
    assert need.held == kept.quantity


def test_forget_drafts_keeps_the_young_and_every_pledge(client: Client, giver: User) -> None:
    draft = walk(client, begin(client, make_need()))
    client.post(step(draft, SUMMARY), agreement(client, draft))
    PledgeDraft.objects.update(saved_at=clock.now() - timedelta(days=61))
    begin(client, make_need(code="31.74.01.1001.004"))
    assert forget_drafts() == 1
    assert (Pledge.objects.count(), PledgeDraft.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_five_times_at_once_is_one_pledge() -> None:
    user, need = collaborator(), make_need()
    first = Client()
    first.force_login(user)
    draft = walk(first, begin(first, need))
    form = agreement(first, draft)
    start = threading.Barrier(5)
    places: list[str] = []

    def press() -> None:
        try:
            client = Client()
            client.force_login(user)
            start.wait(10)
            places.append(client.post(step(draft, SUMMARY), form)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _one in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(places) == 5
    assert len(set(places)) == 1
    need.refresh_from_db()
    assert (Pledge.objects.count(), need.held) == (1, 100)


def test_service_is_carried_out_and_not_sent(client: Client, giver: User) -> None:
    draft = begin(client, make_need(aid_type=AidTypeFactory(kind="service", unit="sesi")))
    assert "Kami laksanakan sendiri" in client.get(step(draft, "cara")).content.decode()
    assert "dilaksanakan?" in client.get(step(draft, "jadwal")).content.decode()
    page = client.get(step(walk(client, draft), SUMMARY)).content.decode()
    assert "dilaksanakan sendiri, langsung bagi penerima" in page


def test_contents_of_many_packages_are_said_in_the_plural_where_there_is_one() -> None:
    aid = AidType(
        contents=[{"name": "Sarden", "name_en": "Sardines", "amount": "1 kaleng", "amount_en": "1 can"}]
    )
    with translation.override("en"):
        assert (contents_of(aid, 7), contents_of(aid, 1)) == ("sardines 7 cans", "sardines 1 can")
    assert contents_of(aid, 7) == "sarden 7 kaleng"


def test_contents_in_grams_are_said_in_kilograms_and_exactly() -> None:
    aid = AidType(contents=[{"name": "Kurma", "amount": "250 g"}, {"name": "Beras", "amount": "0,25 kg"}])
    assert contents_of(aid, 3) == "kurma 750 g, beras 0,75 kg"
    assert contents_of(aid, 5) == "kurma 1,25 kg, beras 1,25 kg"
