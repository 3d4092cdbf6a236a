"""Answering: who may, once, put right for a day, what contradicts opens one case, and what the clock does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts import clock
from accounts.errors import NotAllowed, NotNow, OutOfReach, Refused
from accounts.models import Notice
from accounts.roles import Role
from donations.confirmations import actions
from donations.confirmations.kinds import Reply, Side
from donations.confirmations.models import Confirmation, ConfirmationMove, Contradiction, Draw
from donations.confirmations.queries.results import sample_of
from donations.handovers import actions as handovers
from donations.handovers.models import Handover, HandoverMove, HandoverRecipients
from donations.handovers.sending import take
from donations.ledger import faults
from donations.misconduct.models import Case
from donations.misconduct.wording import facts_of
from programs.models import Program
from tests.donations.confirmations.making import ALL, NONE, PAID, RW, SOME, answered, drawn, submitted
from tests.donations.misconduct.making import inspector
from tests.factories import assessor, assign, make_handover, official, someone, tree

pytestmark = pytest.mark.django_db


def sides(handover) -> dict[str, Confirmation]:
    return {one.side: one for one in actions.ask(handover)}


def test_both_sides_are_asked_once_and_told_but_not_the_reporter() -> None:
    reporter = official(tree(RW))
    handover = submitted(by=reporter)
    executor = handover.delivery.executor
    member, helper = someone(Role.COLLABORATOR, executor), someone(Role.FACILITATOR, tree("31.74.01.1001"))
    assign(reporter, Role.COLLABORATOR, executor)
    assign(reporter, Role.FACILITATOR, tree("31.74.01.1001"))
    assert actions.ask_all() == 1
    assert actions.ask_all() == 0
    assert set(handover.confirmations.values_list("side", flat=True)) == {"deliverer", "facilitator"}
    asked = Notice.objects.filter(kind__startswith="confirmation.")
    code = handover.confirmations.get(side="deliverer").code_in_groups
    assert {(one.person_id, one.path) for one in asked} == {
        (member.pk, f"/konfirmasi/{code}/"), (helper.pk, f"/laporan/{handover.pk}/konfirmasi/")
    }  # fmt: skip
    with clock.at(clock.now() + timedelta(days=3, hours=1)):
        assert actions.remind() == 2
        actions.remind()
    assert asked.filter(kind__endswith="_late").count() == 2
    # Once a colleague has answered, nobody is asked any more.
    actions.answer(confirmation=handover.confirmations.get(side="deliverer"), reply=ALL, by=None)
    assert not asked.filter(person=member, settled_at=None).exists()
    assert asked.filter(person=helper, settled_at=None).count() == 2


def test_answer_may_be_put_right_for_a_day_and_both_stay_known() -> None:
    asked = sides(submitted())["deliverer"]
    first = actions.answer(confirmation=asked, reply=SOME, by=None, is_first=True)
    assert (first.state, first.received, first.words) == ("answered", "some", "sebagian")
    # The same tap twice is one; another tap from a page that had seen no answer is refused.
    actions.answer(confirmation=asked, reply=SOME, by=None, is_first=True)
    with pytest.raises(NotNow):
        actions.answer(confirmation=asked, reply=ALL, by=None, is_first=True)
    actions.answer(confirmation=asked, reply=Reply("some", True, 3, "Kurang dua."), by=None)
    told = [move.data for move in asked.moves.filter(verb="answer").order_by("pk")]
    assert told == [
        {"received": "some", "paid": False, "count": None}, {"received": "some", "paid": True, "count": 3}
    ]  # fmt: skip
    assert [remark.body for remark in asked.remarks.all()] == ["Kurang dua."]
    for n in range(4):
        actions.answer(confirmation=asked, reply=Reply("some", count=n), by=None)
    with pytest.raises(Refused, match="terlalu sering"):
        actions.answer(confirmation=asked, reply=ALL, by=None)
    with clock.at(clock.now() + timedelta(hours=24, minutes=1)):
        with pytest.raises(NotNow):
            actions.answer(confirmation=asked, reply=ALL, by=None)
        # The facilitator still has time.
        assert actions.end() == (1, 0, 0)
        assert actions.end() == (0, 0, 0)
    assert list(faults()) == []


def test_questions_lapse_and_a_draw_closes_when_nothing_can_come_any_more() -> None:
    handover = submitted()
    asked, draw = sides(handover), drawn(handover, size=6, days=3)
    answered(draw, ALL, ALL)
    with clock.at(clock.now() + timedelta(days=4)):
        with pytest.raises(NotNow):
            answered(draw, ALL)
        assert actions.end() == (2, 4, 1)
    draw.refresh_from_db()
    assert (draw.state, draw.closed_at is not None) == ("closed", True)
    assert asked["facilitator"].state == "open"
    with clock.at(clock.now() + timedelta(days=20)):
        assert actions.end() == (0, 2, 0)


def test_sides_answer_for_themselves_signed_in_and_nobody_else() -> None:
    reporter = official(tree(RW))
    handover = submitted(by=reporter)
    executor, asked = handover.delivery.executor, sides(handover)
    member, helper = someone(Role.EXECUTOR, executor), someone(Role.FACILITATOR, tree("31.74.01.1001"))
    elsewhere = someone(Role.FACILITATOR, tree("31.74.01.1002"))

    def tell(side: str, by) -> Confirmation:
        return actions.answer(confirmation=asked[side], reply=ALL, by=by)

    with pytest.raises(OutOfReach):
        tell("facilitator", elsewhere)
    for user, side in ((member, "facilitator"), (helper, "deliverer"), (assessor("31.74"), "facilitator")):
        with pytest.raises(NotAllowed):
            tell(side, user)
    assign(reporter, Role.EXECUTOR, executor)
    assign(reporter, Role.FACILITATOR, tree("31.74.01.1001"))
    for side in asked:
        with pytest.raises(Refused, match="Pelapor"):
            tell(side, reporter)
    # Nor by the code, as far as it is known who sits there; and the database says so, too.
    with pytest.raises(Refused, match="Pelapor"):
        actions.answer(confirmation=asked["deliverer"], reply=ALL, by=None, visitor=reporter)
    with pytest.raises(IntegrityError, match="who reported does not confirm"), transaction.atomic():
        ConfirmationMove.objects.create(
            subject=asked["facilitator"], verb="attest", to_state="answered", actor=reporter
        )
    assert tell("deliverer", member).is_answered
    assert tell("facilitator", helper).is_answered
    # One person is not two sides.
    assign(member, Role.FACILITATOR, tree("31.74.01.1001"))
    with pytest.raises(Refused, match="pihak lain"):
        actions.answer(confirmation=asked["facilitator"], reply=SOME, by=member)
    assert asked["deliverer"].moves.get(verb="affirm").organisation == executor


def test_who_confirmed_does_not_report_and_no_reporter_of_any_version_verifies() -> None:
    first, second = official(tree(RW)), official(tree(RW))
    handover, officer = submitted(by=first), assessor("31.74")
    assign(second, Role.FACILITATOR, tree("31.74.01.1001"))
    actions.answer(confirmation=sides(handover)["facilitator"], reply=ALL, by=second)
    handovers.send_back(handover=handover, by=officer, reason="Hitung ulang.")
    for act in (handovers.submit, take):
        with pytest.raises(Refused, match="Pengurus lain"):
            act(handover=handover, by=second)
    with pytest.raises(IntegrityError, match="who confirmed does neither"), transaction.atomic():
        HandoverMove.objects.create(subject=handover, verb="submit", to_state="submitted", actor=second)
    handover = handovers.submit(handover=handover, by=official(tree(RW)))
    forged = Handover.objects.filter(pk=handover.pk)
    with pytest.raises(IntegrityError, match="who reported does not verify"), transaction.atomic():
        forged.update(state="verified", verified_by=first, verified_at=clock.now())
    assert handovers.verify(handover=handover, by=officer).is_verified


def test_who_wrote_what_another_one_handed_in_is_no_witness_and_no_judge() -> None:
    writer, colleague = official(tree(RW)), official(tree(RW))
    assign(writer, Role.FACILITATOR, tree("31.74.01.1001"))
    assign(writer, Role.ASSESSOR, tree("31.74"))
    handover = make_handover("draft", by=writer)
    take(handover=handover, by=colleague, anyway=True)
    handover = handovers.submit(handover=handover, by=colleague)
    asked = sides(handover)["facilitator"]
    with pytest.raises(Refused, match="Pelapor"):
        actions.answer(confirmation=asked, reply=ALL, by=writer)
    with pytest.raises(Refused, match="bukan pelapor"):
        handovers.verify(handover=handover, by=writer)
    with pytest.raises(IntegrityError, match="who reported does not verify"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(
            state="verified", verified_by=writer, verified_at=clock.now()
        )


def test_contradiction_opens_one_case_a_kind_past_whom_it_concerns() -> None:
    reporter, officer = official(tree(RW)), assessor("31.74")
    city, province = inspector("31.74"), inspector("31")
    handover = submitted(by=reporter)
    draw = drawn(handover)
    answered(draw, Reply("all", True, remark="Diminta sepuluh ribu."), PAID, NONE, ALL)
    assert set(handover.contradictions.values_list("kind", "side")) == {
        ("levy", Side.RECIPIENT), ("withheld", Side.RECIPIENT)
    }  # fmt: skip
    levy = Contradiction.objects.get(kind="levy").case
    assert Case.objects.count() == 2
    assert (levy.handover, levy.reporter, levy.office_id, levy.beyond_city) == (handover, None, "31", True)
    assert reporter.pk in set(levy.parties.values_list("user", flat=True))
    assert Case.objects.visible_to(province).count() == 2
    for user in (reporter, officer, city):
        assert not Case.objects.visible_to(user).exists()
    told = levy.entries.get().told
    assert "Diminta sepuluh ribu." in told["text"]
    assert "omor" not in told["text"].replace(f"BAST {handover.number}", "")
    assert any("platform" in str(row["value"]) for row in facts_of(levy, told))
    assert levy.moves.get().acted_as == "platform"
    # The fifth answer on what came makes a share of who did not receive all; taking an answer back closes nothing.
    answered(draw, ALL)
    assert handover.contradictions.count() == 2
    answered(draw, ALL)
    actions.answer(confirmation=draw.slips.filter(received="none").get(), reply=ALL, by=None)
    assert set(handover.contradictions.values_list("kind", flat=True)) == {"levy", "withheld", "short"}
    assert list(faults()) == []


def test_verifying_a_contradicted_report_needs_a_reason() -> None:
    handover, officer = submitted(), assessor("31.74")
    answered(drawn(handover), PAID)
    for note in ("", "  "):
        with pytest.raises(Refused) as error:
            handovers.verify(handover=handover, by=officer, note=note)
        assert error.value.field == "note"
    assert handovers.verify(handover=handover, by=officer, note="Dihitung ulang bersama lurah.").is_verified


def test_draw_is_kept_repeatable_and_one_a_report() -> None:
    reporter, officer, helper = (
        official(tree(RW)),
        assessor("31.74"),
        someone(Role.FACILITATOR, tree("31.74")),
    )
    handover, until = submitted(by=reporter), clock.today() + timedelta(days=10)

    def draw_of(households: int, size: int, *, by=officer, on=until) -> Draw:
        return actions.draw(handover=handover, by=by, households=households, size=size, expires_on=on)

    for households, size, field in (
        (0, 1, "households"),
        (5, 6, "size"),
        (900, 0, "size"),
        (900, 121, "size"),
    ):
        with pytest.raises(Refused) as error:
            draw_of(households, size)
        assert error.value.field == field
    with pytest.raises(Refused):
        draw_of(640, 12, on=clock.today())
    assign(reporter, Role.ASSESSOR, tree("31.74"))
    for user, problem in ((helper, NotAllowed), (assessor("31.75"), OutOfReach), (reporter, Refused)):
        with pytest.raises(problem):
            draw_of(640, 12, by=user)
    draw = draw_of(640, 12)
    assert [slip.position for slip in draw.slips.all()] == draw.positions
    assert draw.moves.get().data["digest"] == draw.seed_digest
    with pytest.raises(Refused, match="sudah diundi"):
        draw_of(640, 12)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="0" * 64)
    with pytest.raises(Refused):
        actions.print_slips(draw=draw, by=reporter)
    assert len(actions.print_slips(draw=draw, by=helper)) == 12
    actions.cancel(draw=draw, by=officer, reason="Daftarnya 700.")
    assert set(draw.slips.values_list("state", flat=True)) == {"expired"}
    second = draw_of(700, 12)
    answered(second, ALL)
    with pytest.raises(NotNow):
        actions.cancel(draw=second, by=officer, reason="x")
    assert list(faults()) == []


def test_program_may_want_a_sample_of_every_report_that_counts_families() -> None:
    counted, uncounted = submitted(), submitted()
    Program.objects.update(slips=8)
    HandoverRecipients.objects.create(handover=counted, kind="families", count=5)
    assert actions.ask_all() == 2
    draw = counted.draws.get()
    assert (draw.households, draw.size, draw.moves.get().actor) == (5, 5, None)
    assert not uncounted.draws.exists()


def test_sentences_are_removed_years_later_and_answers_stay(settings) -> None:
    slip = answered(drawn(submitted()), Reply("some", remark="Kurang satu."))[0]
    later = clock.now() + timedelta(days=365 * settings.KSBB_CASE_YEARS + 1)
    assert actions.forget_remarks() == 0
    with pytest.raises(DatabaseError, match="or delete rows"), transaction.atomic():
        slip.remarks.all().delete()
    with clock.at(later):
        assert (actions.forget_remarks(), actions.forget_remarks()) == (1, 0)
    slip.refresh_from_db()
    assert slip.received == "some"


def test_ledger_finds_a_changed_answer_and_a_swapped_slip() -> None:
    draw = drawn(submitted())
    slip = answered(draw, ALL)[0]
    Confirmation.objects.filter(pk=slip.pk).update(received="some")
    Confirmation.objects.filter(pk=draw.slips.last().pk).update(position=641)
    told = "\n".join(faults())
    assert f"confirmation {slip.pk}: not as it was answered" in told
    assert f"draw {draw.pk}: the slips are not those of its seed" in told


def test_sample_says_nothing_of_few_answers() -> None:
    handover = submitted()
    draw = drawn(handover)
    answered(draw, ALL, ALL, ALL, SOME)
    sample = sample_of(handover)
    assert sample is not None
    assert (sample.answered, sample.short.told, sample.paid.told) == (4, False, False)
    answered(draw, *[ALL] * 8)
    sample = sample_of(handover)
    assert sample is not None
    assert (sample.answered, sample.short.least, sample.short.most, sample.paid.most) == (12, 1, 4, 0)
