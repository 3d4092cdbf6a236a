"""Verbs of proposals, comments and answers: what they change, what they refuse."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from accounts import clock
from accounts.errors import NotAllowed, NotNow, OutOfReach, ReasonNeeded, Refused
from accounts.roles import Role
from programs.proposals import actions
from programs.proposals.models import AbuseReport, Answer, Proposal, ProposalDraft, Support
from programs.proposals.rules import Rule
from programs.proposals.states import ProposalState
from tests.factories import (
    OrganisationFactory,
    ProgramFactory,
    UserFactory,
    assessor,
    collaborator,
    make_need,
    organisation_of,
    picture,
    someone,
    tree,
)
from tests.programs.proposals.making import BODY, make_comment, make_proposal

pytestmark = pytest.mark.django_db


def test_first_proposal_waits_and_the_next_is_published_at_once() -> None:
    author = UserFactory()
    first = make_proposal("submitted", by=author)
    assert first.state == ProposalState.SUBMITTED
    assert first.published_at is None
    assert make_proposal("submitted", by=author).state == ProposalState.SUBMITTED
    actions.publish(proposal=first, by=assessor("31.74"))
    assert make_proposal("submitted", by=author).state == ProposalState.PUBLISHED


def test_who_was_hidden_once_waits_again_and_officers_never_wait() -> None:
    author = UserFactory()
    make_proposal(by=author)
    make_proposal("hidden", by=author)
    assert make_proposal("submitted", by=author).state == ProposalState.SUBMITTED
    assert make_proposal("submitted", by=assessor("31.75")).state == ProposalState.PUBLISHED


def test_same_key_is_the_same_proposal() -> None:
    author, key = UserFactory(), uuid.uuid4()
    fields = {"by": author, "key": key, "title": "Kebun atap sekolah", "body": BODY, "for_whom": "murid",
              "region": tree("31.74"), "display_name": "Guru SMP"}  # fmt: skip
    assert actions.submit(**fields).pk == actions.submit(**fields).pk
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("body", BODY + " Hubungi 0812 3456 7890."),
        ("body", BODY + " Hubungi 0812.3456.7890."),
        ("body", BODY + " Hubungi +62 812 - 3456 - 7890."),
        ("body", BODY + " NIK 3174010101010001"),
        ("body", BODY + " rekening 123-456-789-0"),
        ("offer", "kirim ke budi@contoh.test"),
        ("title", "Lihat https://contoh.test untuk program ini"),
        ("display_name", "0812-3456-7890"),
        ("display_name", "Petugas KSBB"),
        ("for_whom", "yang mendaftar di wa.me/62812"),
        ("offer", "gabung di t.me/warga_contoh"),
        ("offer", "lihat Instagram.com/contoh"),
    ],
)
def test_personal_data_and_links_are_refused_at_their_field(field: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        make_proposal("submitted", **{field: text})
    assert refused.value.field == field


@pytest.mark.parametrize(
    "text",
    [
        "Biaya sekitar Rp20.000.000 untuk 2026–2027.",
        "Tahun 2024, 1.250 paket, 40 x 3 meter.",
        "Buka 08.00 - 12.00 - 13.00 - 15.00, luas 0,85 hektare, di lapangan.Memang kecil.",
    ],
)
def test_amounts_and_years_are_no_personal_data(text: str) -> None:
    assert make_proposal(body=f"{BODY} {text}").is_public


def test_organisation_has_to_be_ones_own() -> None:
    member = collaborator()
    own = organisation_of(member)
    assert make_proposal(by=member, organisation=own, display_name="").shown_as == own.name
    with pytest.raises(Refused):
        make_proposal(by=member, organisation=OrganisationFactory())


def test_organisation_that_no_longer_may_be_named_is_not_shown() -> None:
    member = collaborator()
    proposal = make_proposal(by=member, organisation=organisation_of(member), display_name="")
    organisation = proposal.organisation
    assert organisation is not None
    organisation.may_be_named = False
    assert proposal.shown_as == "Warga Jakarta"


def test_edit_is_for_the_author_before_anybody_reads_it() -> None:
    author = UserFactory()
    proposal = make_proposal("submitted", by=author)
    actions.edit(proposal=proposal, by=author, title="Bengkel sepeda remaja")
    proposal.refresh_from_db()
    assert proposal.title_words == "bengkel sepeda remaja"
    with pytest.raises(OutOfReach):
        actions.edit(proposal=proposal, by=UserFactory(), title="x")
    actions.publish(proposal=proposal, by=None)
    with pytest.raises(NotNow):
        actions.edit(proposal=proposal, by=author, title="x")


def test_withdrawing_leaves_the_thread_and_nothing_that_was_written(
    django_capture_on_commit_callbacks,
) -> None:
    author = UserFactory()
    proposal = make_proposal(
        by=author, picture=ContentFile(picture().read(), "x.jpg"), picture_text="Bengkel"
    )
    draft = ProposalDraft.objects.create(
        user=author, title=proposal.title, region=proposal.region, proposal=proposal
    )
    make_comment(proposal=proposal)
    actions.support(proposal=proposal, by=UserFactory())
    storage, name = proposal.picture.storage, proposal.picture.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(proposal=proposal, by=author)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.body, proposal.display_name, proposal.user, proposal.picture.name) == (
        "", "", "", None, "",
    )  # fmt: skip
    assert (proposal.supports, proposal.comments) == (1, 1)
    assert not storage.exists(name)
    assert not ProposalDraft.objects.filter(pk=draft.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM programs_proposalevent e")
        assert "sepeda" not in (cursor.fetchone()[0] or "")
        cursor.execute("SELECT string_agg(m::text, ' ') FROM programs_proposalmove m")
        assert "sepeda" not in (cursor.fetchone()[0] or "")


def test_database_keeps_nothing_of_a_withdrawn_proposal() -> None:
    proposal = make_proposal("withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(body="kembali")


def test_support_counts_a_person_once_and_can_be_taken_back() -> None:
    proposal, person = make_proposal(), UserFactory()
    assert actions.support(proposal=proposal, by=person)
    assert not actions.support(proposal=proposal, by=person)
    actions.support(proposal=proposal, by=UserFactory())
    proposal.refresh_from_db()
    assert proposal.supports == 2
    assert actions.take_back_support(proposal=proposal, by=person)
    assert not actions.take_back_support(proposal=proposal, by=person)
    proposal.refresh_from_db()
    assert proposal.supports == Support.objects.filter(proposal=proposal).count() == 1


@pytest.mark.parametrize("state", ["submitted", "hidden", "closed", "withdrawn"])
def test_support_and_comments_come_in_only_while_it_is_open(state: str) -> None:
    proposal = make_proposal(state)
    with pytest.raises(NotNow):
        actions.support(proposal=proposal, by=UserFactory())
    with pytest.raises(NotNow):
        make_comment(proposal=proposal)


def test_support_can_be_taken_back_after_closing() -> None:
    proposal, person = make_proposal(), UserFactory()
    actions.support(proposal=proposal, by=person)
    actions.close(proposal=proposal, by=None, reason="Selesai.")
    assert actions.take_back_support(proposal=proposal, by=person)


def test_comments_are_counted_while_they_are_shown() -> None:
    proposal = make_proposal()
    first, second = make_comment(proposal=proposal), make_comment(proposal=proposal)
    actions.hide(thing=first, by=None, rule=Rule.RESPECT, reason="Menghina.")
    proposal.refresh_from_db()
    assert proposal.comments == 1
    actions.restore(thing=first, by=None, reason="Keliru.")
    actions.withdraw_comment(comment=second, by=second.user)
    proposal.refresh_from_db()
    assert proposal.comments == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM programs_comment WHERE id = %s", [first.pk])


def test_officer_in_reach_comments_by_office_and_others_by_name() -> None:
    proposal = make_proposal()
    official = make_comment(proposal=proposal, by=assessor("31.74"), display_name="Pak Budi")
    assert official.official == f"Asesor {tree('31.74')}"
    assert official.display_name == ""
    assert make_comment(proposal=proposal, by=assessor("31.75")).official == ""


def test_comment_is_edited_for_a_quarter_of_an_hour() -> None:
    author = UserFactory()
    comment = make_comment(by=author)
    actions.edit_comment(comment=comment, by=author, body="Setuju sekali.")
    comment.refresh_from_db()
    assert (comment.body, comment.edited_at is not None) == ("Setuju sekali.", True)
    with pytest.raises(Refused), clock.at(clock.now() + timedelta(minutes=16)):
        actions.edit_comment(comment=comment, by=author, body="Tidak.")
    with pytest.raises(OutOfReach):
        actions.edit_comment(comment=comment, by=UserFactory(), body="Bukan saya.")


def test_hiding_names_a_rule_and_a_reason() -> None:
    proposal, officer = make_proposal(), assessor("31.74")
    with pytest.raises(Refused) as refused:
        actions.hide(thing=proposal, by=officer, rule="", reason="x")
    assert refused.value.field == "rule"
    with pytest.raises(ReasonNeeded):
        actions.hide(thing=proposal, by=officer, rule=Rule.CLAIM, reason=" ")
    actions.hide(thing=proposal, by=officer, rule=Rule.CLAIM, reason="Menuduh seseorang.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rule, proposal.rule_note) == ("hidden", Rule.CLAIM, "Menuduh seseorang.")


def test_appeal_is_decided_by_another_moderator() -> None:
    author, first, second = UserFactory(), assessor("31.74"), someone(Role.FACILITATOR, tree("31.74.01"))
    proposal = make_proposal(by=author)
    actions.hide(thing=proposal, by=first, rule=Rule.CLAIM, reason="Menuduh.")
    with pytest.raises(NotNow):
        actions.uphold(thing=proposal, by=second, reason="Tetap.")
    actions.appeal(thing=proposal, by=author, text="Saya tidak menyebut siapa pun.")
    with pytest.raises(Refused):
        actions.appeal(thing=proposal, by=author, text="Sekali lagi.")
    for decide in (actions.restore, actions.uphold):
        with pytest.raises(Refused) as refused:
            decide(thing=proposal, by=first, reason="Keputusan saya.")
        assert refused.value.code == "own_decision"
    actions.uphold(thing=proposal, by=second, reason="Nama jabatannya disebut.")
    with pytest.raises(Refused):
        actions.appeal(thing=proposal, by=author, text="Sekali lagi.")
    # Once the text was changed, one may ask again.
    actions.edit(proposal=proposal, by=author, title="Pelatihan reparasi sepeda remaja")
    actions.appeal(thing=proposal, by=author, text="Sudah saya perbaiki.")
    actions.restore(thing=proposal, by=second, reason="Sudah baik.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rule, proposal.appeal, proposal.appealed_at) == (
        "published",
        "",
        "",
        None,
    )


def test_who_hid_something_may_show_it_again_while_nobody_appeals() -> None:
    officer, comment = assessor("31.74"), make_comment()
    actions.hide(thing=comment, by=officer, rule=Rule.SUBJECT, reason="Bukan pokoknya.")
    actions.restore(thing=comment, by=officer, reason="Saya keliru.")
    comment.refresh_from_db()
    assert comment.state == "published"


def test_report_of_abuse_is_counted_once_a_person_and_settled_by_a_decision() -> None:
    proposal, person, officer = make_proposal(), UserFactory(), assessor("31.74")
    comment = make_comment(proposal=proposal)
    assert actions.report_abuse(thing=comment, by=person, rule=Rule.RESPECT)
    assert not actions.report_abuse(thing=comment, by=person, rule=Rule.CLAIM)
    assert actions.report_abuse(thing=proposal, by=person, rule=Rule.CLAIM)
    with pytest.raises(Refused):
        actions.report_abuse(thing=proposal, by=UserFactory(), rule="lain")
    actions.keep(thing=comment, by=officer, reason="Kritik biasa.")
    assert AbuseReport.objects.filter(settled_at=None).get().comment is None
    with pytest.raises(NotNow):
        actions.keep(thing=comment, by=officer, reason="Lagi.")
    actions.hide(thing=proposal, by=officer, rule=Rule.CLAIM, reason="Menuduh.")
    assert not AbuseReport.objects.filter(settled_at=None).exists()


def test_answer_goes_from_study_to_realised_and_keeps_each_text() -> None:
    proposal, officer, program = make_proposal(), assessor("31.74"), ProgramFactory()
    for verb in ("study", "accept", "refer", "report", "realise"):
        actions.answer(proposal=proposal, verb=verb, by=officer, text=f"Langkah {verb}.", program=program)
    answer = Answer.objects.get()
    assert (answer.state, answer.text, answer.program) == ("realised", "Langkah realise.", program)
    assert [move.reason for move in answer.moves.all()] == [
        f"Langkah {verb}." for verb in ("study", "accept", "refer", "report", "realise")
    ]


def test_answer_is_refused_without_text_without_program_and_out_of_turn() -> None:
    proposal, officer = make_proposal(), assessor("31.74")
    with pytest.raises(ReasonNeeded):
        actions.answer(proposal=proposal, verb="study", by=officer, text=" ")
    with pytest.raises(Refused) as refused:
        actions.answer(proposal=proposal, verb="refer", by=officer, text="Dirujuk ke program.")
    assert refused.value.field == "program"
    with pytest.raises(NotNow):
        actions.answer(proposal=proposal, verb="realise", by=officer, text="Selesai.")
    with pytest.raises(NotAllowed):
        facilitator = someone(Role.FACILITATOR, tree("31.74"))
        actions.answer(proposal=proposal, verb="study", by=facilitator, text="Kami kaji.")
    with pytest.raises(OutOfReach):
        actions.answer(proposal=proposal, verb="study", by=assessor("31.75"), text="Kami kaji.")
    assert not Answer.objects.exists()
    for state in ("submitted", "hidden"):
        with pytest.raises(NotNow):
            actions.answer(proposal=make_proposal(state), verb="study", by=officer, text="Kami kaji.")


def test_need_is_linked_once_and_only_where_the_officer_works() -> None:
    proposal, officer = make_proposal(), assessor("31.74")
    need = make_need()
    actions.link(proposal=proposal, need=need, by=officer)
    for wrong in (need, make_need("draft"), make_need(code="31.75.01.1001.001")):
        with pytest.raises(Refused):
            actions.link(proposal=proposal, need=wrong, by=officer)
    actions.unlink(proposal=proposal, need=need, by=officer, reason="Keliru.")
    with pytest.raises(Refused):
        actions.unlink(proposal=proposal, need=need, by=officer, reason="Keliru.")


def test_program_officer_leaves_proposals_of_other_and_of_no_program_alone() -> None:
    officer = assessor("31.74", program="pangan")
    own = make_proposal("submitted", program=ProgramFactory())
    actions.publish(proposal=own, by=officer)
    for other in (None, ProgramFactory(code="umkm", name="UMKM")):
        with pytest.raises(OutOfReach):
            actions.publish(proposal=make_proposal("submitted", program=other), by=officer)


@pytest.mark.parametrize("decide", [actions.restore, actions.uphold, actions.keep])
def test_moderator_does_not_decide_about_own_words(decide) -> None:
    officer, other = assessor("31.74"), assessor("31.74")
    proposal = make_proposal(by=officer)
    if decide is actions.keep:
        actions.report_abuse(thing=proposal, by=UserFactory(), rule=Rule.CLAIM)
    else:
        actions.hide(thing=proposal, by=other, rule=Rule.CLAIM, reason="Menuduh.")
        actions.appeal(thing=proposal, by=officer, text="Saya tidak menyebut siapa pun.")
    with pytest.raises(NotAllowed, match="petugas lain"):
        decide(thing=proposal, by=officer, reason="Menurut saya baik.")
    decide(thing=proposal, by=assessor("31.74"), reason="Diperiksa.")


def test_taking_back_what_was_hidden_wins_no_trust_back() -> None:
    author = UserFactory()
    make_proposal(by=author)
    assert make_proposal("submitted", by=author, title="Kebun atap sekolah").is_public
    hidden = make_proposal("hidden", by=author, title="Usulan yang melanggar")
    actions.withdraw(proposal=hidden, by=author)
    assert not make_proposal("submitted", by=author, title="Bengkel sepeda remaja").is_public
