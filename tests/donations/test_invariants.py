"""What the database refuses, whoever writes; and what it notices."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from donations.deliveries.models import DeliveryLine
from donations.handovers.models import Handover
from donations.pledges.models import Allocation, Commitment, CommitmentMove
from programs.models import Need
from tests.factories import UserFactory, make_commitment, make_delivery, make_handover, make_need

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Need, {"target": 99}),  # below what is reserved
        (Need, {"held": 1}),  # one unit over
        (Need, {"verified": 101}),
        (Need, {"held": -1}),
        (Commitment, {"cancelled": 1}),  # already promised to a need
        (Commitment, {"dispatched": 101}),
        (Allocation, {"quantity": 101}),
        (Allocation, {"dispatched": 101}),
        (Allocation, {"received": 101}),
        (Allocation, {"released": 1}),  # it is all on the way
        (Allocation, {"state": "held"}),
        (DeliveryLine, {"good": 101}),
        (DeliveryLine, {"missing": -1}),
        (DeliveryLine, {"settled": 1}),
        (Handover, {"state": "draft", "number": None, "verified_at": "2026-01-01T00:00Z"}),
    ],
)
def test_database_refuses_a_broken_chain_of_quantities(model: type, change: dict) -> None:
    commitment = make_commitment("accepted", need=make_need(target=100))
    make_handover("submitted", delivery=make_delivery("dispatched", commitment=commitment))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_database_refuses_a_verifier_who_is_the_reporter() -> None:
    handover = make_handover("verified")
    person = UserFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(reported_by=person, verified_by=person)


@pytest.mark.parametrize(
    "statement", ["UPDATE donations_commitmentmove SET reason = 'x'", "DELETE FROM donations_commitmentmove"]
)
def test_journal_is_append_only(statement: str) -> None:
    make_commitment()
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert CommitmentMove.objects.count() == 1


def test_allocations_are_never_deleted() -> None:
    make_commitment()
    with (
        pytest.raises(ProgrammingError, match="Cannot delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM donations_allocation")


def test_check_ledger_is_content_after_real_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    make_handover("verified")
    call_command("check_ledger")
    assert "cocok" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE donations_commitment SET unit_value = 1",
        "UPDATE programs_need SET target = target + 1",
        "UPDATE donations_handover SET place = 'lain'",
        "UPDATE donations_deliveryline SET settled = settled",
    ],
)
def test_check_ledger_notices_a_row_changed_behind_the_applications_back(statement: str) -> None:
    make_handover("verified")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        changed = cursor.rowcount
    assert changed
    if "settled = settled" in statement:  # nothing was changed
        call_command("check_ledger")
        return
    with pytest.raises(CommandError, match=r"update at .* without a verb"):
        call_command("check_ledger")


def test_check_ledger_notices_a_commitment_without_a_journal() -> None:
    made = make_commitment()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO donations_commitment (pledge_id, program_id, aid_type_id, quantity, cancelled, source, route,"
            " permit_text, region_id, state, held, reserved, dispatched, received, verified, funded, spent, converted,"
            " is_offer)"
            " SELECT pledge_id, program_id, aid_type_id, 5, 0, source, route, '', region_id, 'submitted',"
            " 0, 0, 0, 0, 0, 0, 0, 0, false"
            " FROM donations_commitment WHERE id = %s",
            [made.pk],
        )
    with pytest.raises(CommandError, match="1 "):
        call_command("check_ledger")


def test_check_ledger_notices_counters_that_do_not_add_up() -> None:
    need = make_need(target=100)
    make_commitment("accepted", need=need)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE programs_need SET reserved = 50")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    with pytest.raises(CommandError, match=need.number):
        call_command("check_ledger")


@pytest.mark.parametrize(
    "position", [{"latitude": 1.0}, {"longitude": 1.0}, {"latitude": 91, "longitude": 1}]
)
def test_database_refuses_half_a_position(position: dict) -> None:
    make_handover("draft")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(**position)
