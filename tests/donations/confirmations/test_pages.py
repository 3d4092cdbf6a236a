"""The page of a code, pages of officers, the public report, and the slips."""

import io
import json
import re
from datetime import timedelta

import pgtrigger
import pypdf
import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.errors import Refused
from accounts.models import Organisation
from accounts.roles import Role
from donations.confirmations import actions, limits
from donations.confirmations.models import Confirmation, ConfirmationMove
from donations.confirmations.queries.reading import waiting_for_facilitator
from donations.handovers.models import Handover
from donations.handovers.queries import waiting_for
from donations.ledger import faults
from donations.misconduct.models import Case
from tests.donations.confirmations.making import ALL, PAID, RW, SOME, answered, drawn, submitted
from tests.donations.misconduct.making import inspector
from tests.factories import assessor, assign, official, someone, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    cache.clear()


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_one_tap_answers_without_cookie_or_script_and_may_be_added_to(client) -> None:
    slip = drawn(submitted()).slips.first()
    where = reverse("confirmation", args=[slip.code_in_groups])
    # As somebody types it.
    for typed in (slip.code.lower(), f" {slip.code[:5]} - {slip.code[5:]}", f"http://ksbb.test:8000{where}"):
        assert client.get(reverse("confirmation_lookup"), {"kode": typed})["Location"] == where
    page = client.get(f"/id/konfirmasi/{slip.code.lower()}/")
    assert page.status_code == 200
    assert {"no-store", "private"} <= set(page["Cache-Control"].split(", "))
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert b"csrfmiddlewaretoken" not in page.content
    for words in ("Diterima semua", "Sebagian", "Tidak sama sekali", "Diminta membayar", "gratis"):
        assert words in text(page)
    assert client.post(where, {"jawaban": "yes"}).status_code == 422
    assert client.post(where, {"jawaban": "some"})["Location"] == where
    done = client.get(where)
    assert "Jawaban Anda dicatat: sebagian." in text(done)
    assert client.post(where, {"jawaban": "some"}).status_code == 302
    taken = client.post(where, {"jawaban": "all"})
    assert (taken.status_code, "sudah dipakai" in text(taken)) == (409, True)
    empty = client.post(where, {"received": "", "count": "", "remark": ""})
    assert (empty.status_code, "Pilih salah satu" in text(empty)) == (422, True)
    more = {"received": "some", "paid": "on", "count": "2", "remark": "Beras saja. <b>"}
    assert client.post(where, more).status_code == 302
    slip.refresh_from_db()
    assert (slip.received, slip.paid, slip.count) == ("some", True, 2)
    assert client.cookies == {}
    with clock.at(clock.now() + timedelta(hours=25)):
        late = client.post(where, {"received": "all"})
        assert (late.status_code, "24 jam" in text(late)) == (409, True)
        assert "<form" not in client.get(where).content.decode().split("<main")[1].split("</main")[0]


def test_code_expires_and_wrong_codes_are_answered_kindly_and_counted(client) -> None:
    slip, other = drawn(submitted(), days=2).slips.all()[:2]
    where = reverse("confirmation", args=[slip.code_in_groups])
    with clock.at(clock.now() + timedelta(days=3)):
        page = client.get(where)
        assert (page.status_code, "sudah lewat" in text(page)) == (200, True)
        assert client.post(where, {"jawaban": "all"}).status_code == 409
    facilitators = Confirmation.objects.filter(side="facilitator", code="")
    assert not facilitators.exists()
    for n in range(limits.GUESSES):
        missed = client.get(f"/id/konfirmasi/K7QF2-M9X{n:02d}/" if n % 2 else "/id/konfirmasi/?kode=salah")
        assert (missed.status_code, "Tidak ada slip" in text(missed)) == (404, True)
    # Now also a right one has to wait, or guessing would go on.
    for response in (client.get(where), client.post(where, {"jawaban": "all"})):
        assert (response.status_code, int(response["Retry-After"]) > 0) == (429, True)
    elsewhere = client.get(reverse("confirmation", args=[other.code]), REMOTE_ADDR="10.9.8.7")
    assert elsewhere.status_code == 200


def test_sides_answer_on_their_own_page_and_reporters_on_none(client) -> None:
    reporter = official(tree(RW))
    handover = submitted(by=reporter)
    actions.ask(handover)
    member = someone(Role.EXECUTOR, handover.delivery.executor)
    helper = someone(Role.FACILITATOR, tree("31.74.01.1001"))
    here, report = (reverse(name, args=[handover.pk]) for name in ("confirmation_own", "handover"))
    client.force_login(helper)
    assert here in client.get(reverse("desk")).content.decode()
    for user in (member, helper):
        client.force_login(user)
        assert here in client.get(report).content.decode()
        assert client.get(here).status_code == 200
        assert client.post(here, {"jawaban": "all"})["Location"] == here
        assert client.post(here, {"received": "some"})["Location"] == here
        assert "dicatat: sebagian" in text(client.get(here))
    assign(reporter, Role.EXECUTOR, handover.delivery.executor)
    client.force_login(reporter)
    assert here not in client.get(report).content.decode()
    assert client.post(here, {"jawaban": "all"}).status_code == 403
    code = handover.confirmations.get(side="deliverer").code
    assert client.post(reverse("confirmation", args=[code]), {"received": "all"}).status_code == 422
    for user, status in ((assessor("31.74"), 403), (assessor("31.75"), 404)):
        client.force_login(user)
        assert client.get(here).status_code == status
    Organisation.objects.filter(pk=handover.delivery.executor_id).update(may_be_named=False)
    public = text(client.get(handover.get_absolute_url()))
    assert public.count("Sebagian") == 2
    assert member.name not in public


def test_assessor_draws_and_prints_slips_that_can_be_read(client) -> None:
    handover, officer, helper = (
        submitted(),
        assessor("31.74"),
        someone(Role.FACILITATOR, tree("31.74.01.1001")),
    )
    new, report, pdf = (reverse(name, args=[handover.pk]) for name in ("draw_new", "handover", "draw_slips"))
    client.force_login(helper)
    assert client.get(new).status_code == 403
    client.force_login(officer)
    assert new in client.get(report).content.decode()
    form = {"households": "640", "size": "9", "expires_on": (clock.today() + timedelta(days=9)).isoformat()}
    assert client.get(new).context["form"].initial["households"] == 640
    wrong = client.post(new, {**form, "size": "700"})
    assert wrong.status_code == 422
    assert client.post(new, form)["Location"] == report
    assert client.post(new, form).status_code == 422
    client.force_login(official(tree(RW)))
    assert client.post(pdf).status_code == 403
    client.force_login(helper)
    assert client.get(pdf).status_code == 405
    response = client.post(pdf)
    assert (response["Content-Type"], "no-store" in response["Cache-Control"]) == ("application/pdf", True)
    read = pypdf.PdfReader(io.BytesIO(response.content))
    assert len(read.pages) == 2
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read.pages))
    draw = handover.draws.get()
    for slip in draw.slips.all():
        assert slip.code_in_groups in said
        assert f"Nomor urut {slip.position} " in said
    for words in (
        "Apakah bantuan ini Anda terima?",
        "RW 03",
        "Balai warga",
        "/konfirmasi",
        "gratis",
        "Tanpa nama",
    ):
        assert words in said
    assert draw.moves.filter(verb="print", actor=helper, data__slips=9).exists()
    cancel = reverse("draw_cancel", args=[handover.pk])
    assert client.get(cancel).status_code == 403
    client.force_login(officer)
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Salah hitung."})["Location"] == report
    assert client.post(pdf).status_code == 404
    assert "1 undian penerima dibatalkan" in text(client.get(handover.get_absolute_url()))
    over = text(client.get(draw.slips.first().get_absolute_url()))
    assert ("Undian ini dibatalkan" in over, "sudah lewat" in over) == (True, False)
    drawn(handover)
    assert "1 undian sebelumnya dibatalkan" in text(client.get(handover.get_absolute_url()))


def test_report_shows_results_once_closed_and_contradictions_to_officers_alone(client) -> None:
    reporter, officer = official(tree(RW)), assessor("31.74")
    handover = submitted(by=reporter)
    draw = drawn(handover, size=12)
    replies = [PAID, SOME, *[ALL] * 10]
    replies[0] = type(ALL)("all", True, remark="Rahasia saya.")
    answered(draw, *replies)
    report, verify = (
        reverse("handover", args=[handover.pk]),
        reverse("handover_verb", args=[handover.pk, "verify"]),
    )

    def public() -> str:
        return text(client.get(handover.get_absolute_url()))

    assert draw.seed_digest in public()
    assert "12 dari 640 keluarga penerima diundi" in public()
    assert "Menerima semua" not in public()
    client.force_login(reporter)
    own = text(client.get(report))
    for words in ("berbeda dari laporan", "Menerima semua", "Rahasia saya."):
        assert words not in own
    client.force_login(officer)
    for address in (report, verify):
        seen = text(client.get(address))
        for words in (
            "Konfirmasi berbeda dari laporan",
            "Menerima semua 8 sampai 11 dari 12",
            "Rahasia saya.",
        ):
            assert words in seen
    # No press that can only fail, and beside the field why it is asked for.
    assert f'action="{verify}"' not in client.get(report).content.decode()
    asked = text(client.get(verify))
    assert ("Tuliskan mengapa" in asked, "boleh dikosongkan" in asked) == (True, False)
    refused = client.post(verify, {"note": " "})
    assert (refused.status_code, "Tuliskan alasannya." in text(refused)) == (422, True)
    with clock.at(clock.now() + timedelta(days=2)):
        assert actions.end() == (12, 0, 1)
        client.logout()
        seen = public()
        for words in (
            "Menerima semua 8 sampai 11 dari 12",
            "Diminta membayar 1 sampai 4 dari 12",
            "Menjawab 12",
            draw.seed,
            draw.seed_digest,
        ):
            assert words in seen
        assert "Rahasia saya." not in seen
        (row,) = json.loads(client.get(reverse("confirmations_json")).getvalue())["rows"]
        told = {
            name: row[name]
            for name in ("households", "drawn", "answered", "seed", "short_least", "short_most")
        }
        assert told == {
            "households": 640, "drawn": 12, "answered": 12, "seed": draw.seed, "short_least": 1, "short_most": 4
        }  # fmt: skip
        assert (row["paid_told"], row["code"]) == ("range", handover.code)
        assert ", ".join(map(str, draw.positions)) in seen
        client.force_login(officer)
        assert client.post(verify, {"note": "Dihitung ulang."}).status_code == 302
        seen = text(client.get(report))
        assert ("Pemeriksa asesor" in seen, "Dihitung ulang." in seen) == (True, True)
        client.force_login(reporter)
        assert "Dihitung ulang." not in text(client.get(report)) + public()


def test_one_person_is_not_both_witness_and_judge(client) -> None:
    both = assessor("31.74")
    assign(both, Role.FACILITATOR, tree("31.74.01.1001"))
    confirmed, free = submitted(), submitted()
    for handover in (confirmed, free):
        actions.ask(handover)
    client.force_login(both)
    own = reverse("confirmation_own", args=[confirmed.pk])
    assert "tidak memverifikasi laporan ini" in text(client.get(own))
    assert client.post(own, {"jawaban": "all"}).status_code == 302
    assert list(waiting_for(both)) == [free]
    page = reverse("handover", args=[confirmed.pk])
    verify = reverse("handover_verb", args=[confirmed.pk, "verify"])
    seen = client.get(page)
    assert ("sudah menjawab konfirmasi" in text(seen), verify in seen.content.decode()) == (True, False)
    refused = client.post(verify, {"note": "x"})
    assert (refused.status_code, "sudah menjawab konfirmasi" in text(refused)) == (422, True)
    # The other way round, too: who verified it is no witness of it.
    assert client.post(reverse("handover_verb", args=[free.pk, "verify"])).status_code == 302
    assert list(waiting_for_facilitator(both)) == []
    assert client.post(reverse("confirmation_own", args=[free.pk]), {"jawaban": "all"}).status_code == 403
    with pytest.raises(Refused, match="verifikasi"):
        actions.answer(confirmation=free.confirmations.get(side="facilitator"), reply=ALL, by=both)
    assert list(faults()) == []
    # Behind the application's back the database refuses it, and without its triggers it is found out.
    forged = {"state": "verified", "verified_by": both, "verified_at": clock.now()}
    with pytest.raises(IntegrityError, match="who confirmed does neither"), transaction.atomic():
        Handover.objects.filter(pk=confirmed.pk).update(**forged)
    with pytest.raises(IntegrityError, match="who verified does not confirm"), transaction.atomic():
        ConfirmationMove.objects.create(
            subject=free.confirmations.get(side="facilitator"), verb="attest", to_state="answered", actor=both
        )
    with pgtrigger.ignore("donations.Handover:verifier_confirmed_nothing"):
        Handover.objects.filter(pk=confirmed.pk).update(**forged)
    assert any(fault.startswith(f"report {confirmed.pk}: verified by one who") for fault in faults())


def test_pages_ask_as_much_for_many_answers_as_for_few(client) -> None:
    client.force_login(assessor("31.74"))
    handover = submitted()
    actions.ask(handover)
    draw = drawn(handover, size=15)

    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("handover", args=[handover.pk])).status_code == 200
            assert client.get(handover.get_absolute_url()).status_code == 200
        return len(queries)

    answered(draw, ALL)
    few = asked()
    answered(draw, *[ALL] * 13)
    assert asked() == few
    client.logout()
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("confirmation", args=[draw.slips.last().code_in_groups]))
    assert len(queries) <= 6


def test_case_that_nobody_reported_speaks_of_no_reporter(client) -> None:
    answered(drawn(submitted()), PAID)
    case = Case.objects.get()
    client.force_login(inspector())
    page = reverse("misconduct_case", args=[case.number])
    assert "Untuk siapa?" not in text(client.get(page))
    assert client.post(page, {"text": "Dihitung ulang.", "untuk": "reply"}).status_code == 302
    assert case.entries.get(kind="note").body == "Dihitung ulang."
    asked = text(client.get(reverse("misconduct_verb", args=[case.number, "reject"])))
    assert "Sebutkan apa yang diperiksa" in asked
    assert "Hanya dibaca pemeriksa" in asked
    assert "Pelapor membaca" not in asked
