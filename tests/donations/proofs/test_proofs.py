"""Documents say what the ledger says, once, and whoever holds one can ask whether that still holds."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.actions import own_data
from accounts.errors import NotAllowed, OutOfReach, Refused
from accounts.models import CollaboratorKind, Organisation, User
from accounts.notices.models import Notice
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.ledger import faults
from donations.pledges import actions as pledges
from donations.pledges.actions.details import name
from donations.pledges.models import Commitment, Pledge
from donations.proofs import actions, papers
from donations.proofs.models import Proof
from donations.proofs.queries.check import compared, latest_of, standing
from donations.proofs.queries.lists import shared_by
from donations.proofs.states import PROOF
from regions.notation import JAKARTA
from tests.donations.proofs.making import (
    BASE,
    certificate,
    clear,
    content_of,
    deliver_rest,
    giver,
    made,
    member,
    report,
    verified,
    words_of,
)
from tests.factories import (
    OrganisationFactory,
    assessor,
    collaborator,
    make_commitment,
    official,
    tree,
)

pytestmark = pytest.mark.django_db
YEAR = 2026


# --- what is said


def test_certificate_says_what_the_ledger_says() -> None:
    _user, organisation = giver()
    commitment = verified(organisation, quantity=100, damaged=10)
    proof = certificate(commitment)
    assert (proof.figures["promised"], proof.figures["received"], proof.figures["verified"]) == (100, 90, 90)
    assert proof.figures["value"] == 90 * 200_000
    # 640 families and a target of 1,000: 90 of 1,000 reach 57, cut off.
    assert proof.figures["people"] == [{"kind": "families", "count": 57}]
    words = words_of(proof)
    handover = Handover.objects.get()
    for said in ("Yayasan Contoh Berbagi", "100 paket sembako", "90 paket", "90%", "Rp18.000.000", "57 keluarga",
                 handover.number, proof.code_in_groups, commitment.number):  # fmt: skip
        assert said in words, said


def test_certificate_in_english_is_in_english() -> None:
    _user, organisation = giver()
    proof = certificate(verified(organisation), language="en")
    assert "100 packages" in words_of(proof) or "100 staple" in words_of(proof)
    assert proof.check_url == f"{BASE}/en/cek/{proof.code}/"


def test_certificate_waits_for_something_verified() -> None:
    commitment = make_commitment("accepted")
    with pytest.raises(Refused, match="terverifikasi"):
        certificate(commitment)


def test_report_adds_up_its_commitments_and_leaves_out_what_is_not_to_be_named() -> None:
    _user, organisation = giver()
    with clock.at(datetime(YEAR, 5, 4, 9, 0, tzinfo=JAKARTA)):
        verified(organisation, quantity=100)
        verified(organisation, quantity=40, named=False)
    with clock.at(datetime(YEAR + 1, 1, 1, 0, 30, tzinfo=JAKARTA)):
        verified(organisation, quantity=7)
        named, everything = report(organisation, YEAR), report(organisation, YEAR, named_only=False)
    assert (named.figures["verified_value"], named.figures["commitments"]) == (100 * 200_000, 1)
    assert (everything.figures["verified_value"], everything.figures["commitments"]) == (140 * 200_000, 2)
    assert everything.figures["programs"][0]["verified"] == 140
    assert (
        sum(row["received_value"] for row in everything.figures["places"])
        == everything.figures["received_value"]
    )
    assert sum(row["good"] for row in everything.figures["rows"]) == 140
    assert len(everything.figures["photos"]) == 2
    words = words_of(everything)
    assert "Laporan dampak 2026" in words
    assert "Rp28.000.000" in words or "Rp28 juta" in words


def test_report_of_a_year_without_anything_is_refused() -> None:
    _user, organisation = giver()
    verified(organisation)
    with pytest.raises(Refused):
        report(organisation, 1999)


def test_photos_of_a_document_are_cleared_ones_only() -> None:
    _user, organisation = giver()
    verified(organisation)
    handovers.clear(handover=Handover.objects.get(), by=None, photos=())
    assert report(organisation, clock.today().year).figures["photos"] == []
    assert certificate(Commitment.objects.get()).figures["photos"] == []


def test_certificate_shows_its_photos() -> None:
    _user, organisation = giver()
    proof = certificate(verified(organisation))
    assert [photo.pk for photo in papers.proof_photos(proof.figures)] == proof.figures["photos"] != []
    assert f"BAST {Handover.objects.get().number}" in words_of(proof)


# --- once


def test_nothing_new_is_no_new_version_and_something_new_is() -> None:
    _user, organisation = giver()
    commitment = verified(organisation, sent=60)
    first = certificate(commitment)
    assert certificate(commitment).pk == first.pk
    english = certificate(commitment, language="en")
    assert latest_of(first) is None, "the same in another language is no news"
    deliver_rest(commitment)
    again = certificate(commitment)
    assert (again.version, again.figures["verified"]) == (3, 100)
    assert first.code != again.code
    assert [latest_of(one) for one in (first, english, again)] == [again, again, None]


def test_what_was_issued_never_changes() -> None:
    _user, organisation = giver()
    proof = certificate(verified(organisation))
    assert proof.sha256 == hashlib.sha256(content_of(proof)).hexdigest()
    for change in ({"figures": {}}, {"sha256": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proof.objects.filter(pk=proof.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        proof.delete()
    actions.make(proof.pk)
    proof.refresh_from_db()
    assert [move.verb for move in proof.moves.all()] == ["issue", "finish"]
    assert list(faults()) == []


def test_document_that_cannot_be_set_fails_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    user, organisation = giver()
    commitment = verified(organisation)
    with monkeypatch.context() as broken:
        broken.setattr("accounts.typesetting.SECONDS", 0.001)
        proof = certificate(commitment)
    assert proof.state == "failed"
    assert made(actions.retry(proof=proof, by=user)).state == "issued"


# --- who


PEOPLE = {
    "owner": {"issue", "see", "share", "withdraw"},
    "member": {"issue", "see"},
    "assessor": {"see"},
    "far assessor": set(),
    "official": set(),
    "other giver": set(),
}  # fmt: skip


def people(owner: User, organisation: Organisation) -> dict[str, User]:
    return {
        "owner": owner,
        "member": member(organisation),
        "assessor": assessor("31.74"),
        "far assessor": assessor("31.75"),
        "official": official(tree()),
        "other giver": collaborator(OrganisationFactory()),
    }


def test_who_may_issue_see_share_and_withdraw() -> None:
    owner, organisation = giver()
    commitment = verified(organisation)
    proof = certificate(commitment)
    for who, user in people(owner, organisation).items():
        may = PEOPLE[who]
        assert Proof.objects.visible_to(user).filter(pk=proof.pk).exists() is ("see" in may), who
        acts: dict[str, Callable[[], object]] = {
            "issue": lambda user=user: actions.issue_certificate(
                commitment=commitment, by=user, base_url=BASE, language="id"
            ),
            "share": lambda user=user: actions.share(proof=proof, by=user),
            "withdraw": lambda user=user: actions.withdraw(proof=proof, by=user),
        }
        for verb, act in acts.items():
            if verb in may:
                act()
            else:
                with pytest.raises((NotAllowed, OutOfReach)), transaction.atomic():
                    act()
    assert set(PROOF) == {"issue", "finish", "fail", "retry", "share", "withdraw"}


def test_pages_of_a_document_by_who_asks(client: Client) -> None:
    owner, organisation = giver()
    commitment = verified(organisation)
    proof = certificate(commitment)
    for who, user in people(owner, organisation).items():
        may = PEOPLE[who]
        client.force_login(user)
        sees = 200 if "see" in may else 404
        assert client.get(reverse("proof", args=[proof.code])).status_code == sees, who
        assert client.get(reverse("proof_file", args=[proof.code])).status_code == sees, who
        listed = client.get(reverse("proofs")).status_code
        assert listed == (200 if who in ("owner", "member", "other giver") else 403), who
        for verb in ("share", "withdraw"):
            answer = client.post(reverse("proof_verb", args=[proof.code, verb])).status_code
            assert answer == (302 if verb in may else 403 if "see" in may else 404), who
        issued = client.post(reverse("issue_certificate", args=[commitment.pk]))
        assert issued.status_code == (302 if "issue" in may else 403 if "see" in may else 404), who


# --- sharing


def test_shared_page_is_for_everybody_until_it_is_withdrawn(client: Client) -> None:
    user, organisation = giver()
    verified(organisation)
    proof = report(organisation, clock.today().year)
    page, file = reverse("shared_proof", args=[proof.code]), reverse("shared_proof_file", args=[proof.code])
    assert client.get(page).status_code == client.get(file).status_code == 404
    actions.share(proof=proof, by=user)
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Yayasan Contoh Berbagi" in answer.content.decode()
    assert reverse("bast", args=[Handover.objects.get().code]) in answer.content.decode()
    assert client.get(file)["Content-Type"] == "application/pdf"
    actions.withdraw(proof=Proof.objects.get(pk=proof.pk), by=user)
    assert client.get(page).status_code == client.get(file).status_code == 404
    assert client.get(reverse("check_proof", args=[proof.code])).status_code == 200


def test_document_with_a_pledge_that_is_not_to_be_named_is_not_shared() -> None:
    user, organisation = giver()
    hidden = certificate(verified(organisation, named=False))
    whole = report(organisation, clock.today().year, named_only=False)
    for proof in (hidden, whole):
        with pytest.raises(Refused, match="tidak ingin disebut"):
            actions.share(proof=proof, by=user)


def test_page_closes_when_the_leave_to_be_named_is_taken_back(client: Client) -> None:
    user, organisation = giver()
    commitment, other = verified(organisation), verified(organisation)
    proof = actions.share(proof=certificate(commitment), by=user)
    yearly = actions.share(proof=report(organisation, clock.today().year), by=user)
    assert shared_by(organisation) == [yearly, proof]
    name(commitment=commitment, by=user, may_be_named=False)
    for document in (proof, yearly):
        assert client.get(reverse("shared_proof", args=[document.code])).status_code == 404
        assert (
            organisation.name not in client.get(reverse("check_proof", args=[document.code])).content.decode()
        )
        client.force_login(user)
        assert "Halaman umumnya tertutup" in client.get(document.get_absolute_url()).content.decode()
        client.logout()
    assert shared_by(organisation) == []
    # Issued anew it holds the other pledge alone, and may be shown.
    again = actions.share(proof=report(organisation, clock.today().year), by=user)
    assert (again.figures["pledges"], shared_by(organisation)) == ([other.pledge_id], [again])


def test_photo_taken_out_of_the_gallery_is_gone_from_page_and_file(client: Client) -> None:
    user, organisation = giver()
    verified(organisation)
    proof = actions.share(proof=report(organisation, clock.today().year), by=user)
    address = reverse("shared_proof", args=[proof.code])
    assert len(client.get(address).context["photos"]) == 1
    handovers.clear(handover=Handover.objects.get(), by=None, photos=())
    answer = client.get(address)
    assert (answer.context["photos"], answer.context["has_file"]) == ([], False)
    assert client.get(reverse("shared_proof_file", args=[proof.code])).status_code == 404
    clear(Handover.objects.get())


# --- checking


def test_anybody_checks_a_code_however_it_is_typed(client: Client) -> None:
    _user, organisation = giver()
    proof = certificate(verified(organisation))
    typed = proof.code_in_groups.lower()
    answer = client.get(reverse("check"), {"kode": f" {typed} "})
    assert answer["Location"] == reverse("check_proof", args=[proof.code])
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert proof.sha256 in page.content.decode()
    assert "masih sama" in page.content.decode()
    assert client.get(reverse("check"), {"kode": "K7QF-2M9X-4TRD"}).status_code == 404
    report_code = Handover.objects.get().code
    assert client.get(reverse("check"), {"kode": report_code})["Location"] == reverse(
        "bast", args=[report_code]
    )


def test_check_says_when_figures_have_shrunk_or_grown(client: Client) -> None:
    _user, organisation = giver()
    commitment = verified(organisation, sent=60)
    proof = certificate(commitment)
    pledges.reduce(commitment=commitment, by=None, quantity=30, reason="Sisanya tidak jadi.")
    assert standing(compared(proof))[0] == "warn"
    assert "lebih kecil" in client.get(reverse("check_proof", args=[proof.code])).content.decode()
    year = report(organisation, clock.today().year)
    verified(organisation)
    assert standing(compared(year)) == ("good", "Yang tertulis masih benar; sejak terbit ada yang bertambah.")


def test_file_that_was_changed_is_told_from_the_one_that_was_issued(client: Client) -> None:
    _user, organisation = giver()
    proof = certificate(verified(organisation))
    address = reverse("check_file", args=[proof.code])
    content = content_of(proof)

    def sent(file: bytes) -> object:
        return client.post(address, {"file": SimpleUploadedFile("a.pdf", file)}).context["same"]

    assert sent(content) is True
    assert sent(content.replace(b"Typst", b"Tipst")) is False
    assert client.post(address).status_code == 422


def test_check_names_nobody_who_is_not_to_be_named(client: Client) -> None:
    _user, organisation = giver()
    named, hidden = certificate(verified(organisation)), certificate(verified(organisation, named=False))
    said = {
        proof: "Yayasan Contoh Berbagi"
        in client.get(reverse("check_proof", args=[proof.code])).content.decode()
        for proof in (named, hidden)
    }
    assert list(said.values()) == [True, False]


# --- the letter


def pledged(organisation, user) -> Pledge:  # type: ignore[no-untyped-def]
    from donations.pledges.actions import Promise, submit
    from tests.factories import make_need

    return submit(
        collaborator=organisation, by=user, promises=[Promise(quantity=12, need=make_need())],
        statement="SURAT PERNYATAAN IKRAR BANTUAN\n\nKami, Yayasan Contoh Berbagi, berikrar *12 paket*.\n\nDisetujui.",
    )  # fmt: skip


def test_letter_prints_what_was_agreed_to_and_by_whom(client: Client) -> None:
    user, organisation = giver()
    pledge = pledged(organisation, user)
    client.force_login(user)
    answer = client.get(reverse("pledge_letter", args=[pledge.pk]))
    assert answer["Content-Type"] == "application/pdf"
    proof = Proof.objects.get()
    words = words_of(proof)
    assert "Kami, Yayasan Contoh Berbagi, berikrar *12 paket*." in words
    assert user.name in words
    assert pledge.number in words
    assert client.get(reverse("pledge_letter", args=[pledge.pk])).content == answer.content
    assert Proof.objects.count() == 1


def test_letter_has_the_english_reading_beside_it() -> None:
    user, organisation = giver()
    read = papers.reading(pledged(organisation, user), "en")
    assert len(read) > 5
    assert "Yayasan Contoh Berbagi" in read[0]
    assert any("12" in text for text in read)


def test_letter_is_for_its_giver_and_the_responsible_officers(client: Client) -> None:
    owner, organisation = giver()
    address = reverse("pledge_letter", args=[pledged(organisation, owner).pk])
    for who, user in people(owner, organisation).items():
        client.force_login(user)
        assert client.get(address).status_code == (200 if "see" in PEOPLE[who] else 404), who


# --- an account that goes


def test_erased_giver_leaves_no_name_on_documents(client: Client) -> None:
    user, organisation = giver(collaborator_kind=CollaboratorKind.INDIVIDUAL, region=tree("31.74"))
    commitment = verified(organisation)
    proof = actions.share(proof=certificate(commitment), by=user)
    pledge = Pledge.objects.get(pk=commitment.pledge_id)
    Pledge.objects.filter(pk=pledge.pk).update(
        statement="Kami, Yayasan Contoh Berbagi, berikrar.", note="Salam, Budi"
    )
    erasure = own_data.ask_for_erasure(user=user, by=user)
    with clock.at(erasure.due_at):
        assert own_data.erase_due() == 1
    proof.refresh_from_db()
    pledge.refresh_from_db()
    assert (proof.giver, proof.file.name, proof.is_shared) == ("", "", False)
    assert "Yayasan Contoh Berbagi" not in f"{pledge.statement} {pledge.note} {pledge.collaborator}"
    assert client.get(reverse("shared_proof", args=[proof.code])).status_code == 404
    assert client.get(reverse("check_proof", args=[proof.code])).status_code == 200
    assert list(faults()) == []


def test_open_commitment_keeps_its_giver() -> None:
    user, organisation = giver(collaborator_kind=CollaboratorKind.INDIVIDUAL, region=tree("31.74"))
    commitment = make_commitment("submitted", collaborator=organisation)
    with pytest.raises(Refused, match=commitment.number):
        own_data.ask_for_erasure(user=user, by=user)
    pledges.cancel(commitment=commitment, by=user, reason="Tidak jadi.")
    own_data.ask_for_erasure(user=user, by=user)


def test_list_of_documents_asks_the_same_number_of_queries_for_many(
    client: Client,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    user, organisation = giver()
    client.force_login(user)

    def asked() -> int:
        client.get(reverse("proofs"))
        with django_assert_max_num_queries(60) as found:
            client.get(reverse("proofs"))
        return len(found)

    certificate(verified(organisation))
    one = asked()
    for _more in range(2):
        actions.issue_certificate(commitment=verified(organisation), by=None, base_url=BASE, language="id")
    assert asked() == one


def test_who_asked_for_a_report_hears_when_it_is_there() -> None:
    user, organisation = giver()
    verified(organisation)
    proof = actions.issue_report(
        organisation=organisation,
        year=clock.today().year,
        named_only=True,
        by=user,
        base_url=BASE,
        language="id",
    )
    made(proof)
    notice = Notice.objects.get(kind="proof.ready")
    assert (notice.person, notice.path) == (user, f"/bukti/{proof.code}/")
