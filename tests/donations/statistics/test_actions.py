"""Known answers: small ledgers whose published rows can be told by hand."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from donations.models import StatisticRow
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.statistics.actions import recompute
from donations.statistics.rollup import LARGEST
from programs.actions import close
from programs.models import AidType
from regions.models import SiteKind, StaleMark
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    tree,
)


def told(city: str, program: str = "pangan") -> dict[str, int]:
    """The city's rows as "measure dimension=key" → value."""
    rows = StatisticRow.objects.filter(city_code=city, program_code=program)
    return {f"{r.measure} {r.dimension}={r.key}".removesuffix(" total="): r.value for r in rows}


def deliver(commitment, *, damaged: int = 0, missing: int = 0, verified: bool = True):
    return make_handover(
        "verified" if verified else "submitted",
        delivery=make_delivery("dispatched", commitment=commitment),
        damaged=damaged,
        missing=missing,
    )


@pytest.mark.django_db
def test_recompute_of_a_small_ledger() -> None:
    first = make_need(target=1000, people=500)
    home = SiteFactory(kind=SiteKind.NURSING_HOME)
    second = make_need(site=home, target=100, people=30, people_kind="residents")
    make_need(code="31.74.01.1001.004", target=400)
    make_need("draft", code="31.74.01.1001.005")
    firm = OrganisationFactory(collaborator_kind="enterprise")
    deliver(make_commitment("accepted", need=first, quantity=600, collaborator=firm), damaged=20, missing=10)
    deliver(make_commitment("accepted", need=second, quantity=50), verified=False)
    make_commitment("accepted", need=second, quantity=20, collaborator=firm)
    make_commitment("submitted", need=first, quantity=400)

    recompute("31.74")
    rows = told("31.74")

    expected = {
        "target aid_type=sembako": 1500, "target aid_type:recipient_kind=sembako:rw": 1400,
        "committed aid_type=sembako": 670, "committed aid_type:collaborator_kind=sembako:enterprise": 620,
        "committed aid_type:recipient_kind=sembako:nursing_home": 70, "committed_packages": 670,
        "committed_packages collaborator_kind=social": 50, "committed_packages recipient_kind=rw": 600,
        "allocated aid_type=sembako": 670, "delivered aid_type=sembako": 620, "verified aid_type=sembako": 570,
        "committed_value": 134_000_000, "verified_value collaborator_kind=enterprise": 114_000_000,
        "target_value": 300_000_000, "covered_value": 124_000_000, "coverage": 4133, "coverage aid_type=sembako": 4133,
        "needs": 3, "commitments": 3, "commitments recipient_kind=nursing_home": 2, "collaborators": 2,
        "people_reached": 285 + 15, "people_reached people_kind=residents": 15, "rw_targeted": 2, "rw_reached": 1,
        "handovers_verified": 1, "handovers_waiting": 1, "gini": 5000,
    }  # fmt: skip
    assert {name: rows.get(name) for name in expected} == expected
    assert told("31.74", "")["commitments"] == 3
    month = f"{timezone.localdate():%Y-%m}"
    assert rows[f"delivered aid_type:month=sembako:{month}"] == 620
    assert rows[f"allocated aid_type:district:month=sembako:31.74.01:{month}"] == 670


@pytest.mark.django_db
def test_closed_need_counts_what_was_allocated() -> None:
    need = make_need(target=1000)
    make_commitment("accepted", need=need, quantity=300)
    close(need=need, by=None, reason="Tidak diperlukan lagi.")
    recompute("31.74")
    assert told("31.74")["target aid_type=sembako"] == 300


@pytest.mark.django_db
def test_wish_counts_where_it_is_placed_and_the_rest_where_it_was_wished() -> None:
    sembako = AidTypeFactory()
    tree("31.75.01.1001.001")
    pledge = pledges.submit(
        collaborator=OrganisationFactory(), by=None,
        promises=[Promise(quantity=100, aid_type=sembako, region=tree("31"))],
    )  # fmt: skip
    wish = pledges.accept(commitment=pledge.commitments.get(), by=None)
    recompute("31")
    assert told("31")["committed aid_type:recipient_kind=sembako:open"] == 100
    pledges.allocate(
        commitment=wish, need=make_need(code="31.75.01.1001.001", target=60), quantity=60, by=None
    )
    for code in ("31.75", "31"):
        recompute(code)
    assert told("31")["committed aid_type=sembako"] == 40
    assert told("31.75")["committed aid_type:recipient_kind=sembako:rw"] == 60
    assert told("31")["collaborators_province"] == 1
    StaleMark.objects.all().delete()
    pledges.reduce(commitment=wish, by=None, quantity=50, reason="Berubah.")
    assert set(StaleMark.objects.values_list("city_code", flat=True)) == {"31", "31.75"}


@pytest.mark.django_db
def test_recompute_replaces_what_differs_and_drops_what_is_gone() -> None:
    commitment = make_commitment("accepted", quantity=70)
    recompute("31.74")
    before = dict(StatisticRow.objects.values_list("pk", "value"))
    assert recompute("31.74").differences == []
    assert dict(StatisticRow.objects.values_list("pk", "value")) == before
    pledges.cancel(commitment=commitment, by=None, reason="Batal.")
    gone = {key[1] for key, _old, new in recompute("31.74").differences if new is None}
    assert {"committed", "commitments", "allocated"} <= gone
    assert set(StatisticRow.objects.values_list("as_of", flat=True).distinct()) == {
        StatisticRow.objects.first().as_of
    }


@pytest.mark.django_db
def test_values_too_large_for_a_row_are_kept_at_the_largest() -> None:
    AidType.objects.filter(pk=AidTypeFactory().pk).update(guide_value=10**12)
    make_commitment("accepted", need=make_need(target=20_000_000), quantity=20_000_000)
    recompute("31.74")
    assert told("31.74")["committed_value"] == LARGEST


@pytest.mark.django_db
def test_recompute_takes_the_marks_of_its_city_and_marks_the_province() -> None:
    make_commitment("accepted")
    StaleMark.objects.create(city_code="31.75")
    recompute("31.74")
    assert set(StaleMark.objects.values_list("city_code", flat=True)) == {"31", "31.75"}
    assert recompute("31.74", only_if_stale=True) is None
    recompute("31")
    assert list(StaleMark.objects.values_list("city_code", flat=True)) == ["31.75"]


@pytest.mark.django_db(transaction=True)
def test_change_during_a_recompute_leaves_its_mark() -> None:
    make_commitment("accepted")
    started, changed = threading.Event(), threading.Event()

    def job() -> None:
        try:
            with transaction.atomic():
                recompute("31.74")
                started.set()
                changed.wait(10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=job)
    thread.start()
    started.wait(10)
    make_commitment("accepted", quantity=30)
    changed.set()
    thread.join()
    assert StaleMark.objects.filter(city_code="31.74").exists()
    recompute("31.74", only_if_stale=True)
    assert told("31.74")["committed aid_type=sembako"] == 130


@pytest.mark.django_db(transaction=True)
def test_killed_recompute_leaves_rows_and_marks() -> None:
    make_commitment("accepted")
    with transaction.atomic():
        recompute("31.74")
    make_commitment("accepted", quantity=30)
    marks = StaleMark.objects.filter(city_code="31.74").count()
    before = told("31.74")

    def killed() -> None:
        with transaction.atomic():
            recompute("31.74")
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(Exception, match="terminat"):
        killed()
    connection.close()
    assert told("31.74") == before
    assert StaleMark.objects.filter(city_code="31.74").count() == marks


@pytest.mark.django_db
def test_rebuild_check_fails_on_a_wrong_figure_and_leaves_it() -> None:
    make_commitment("accepted", quantity=70)
    call_command("rebuild_statistics", stdout=io.StringIO())
    call_command("rebuild_statistics", "--check", stdout=io.StringIO())
    StatisticRow.objects.filter(measure="committed_packages", dimension="total").update(value=71)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 angka"):
        call_command("rebuild_statistics", "--check", stdout=out)
    assert "31.74 pangan committed_packages: 71 → 70" in out.getvalue()
    assert StatisticRow.objects.get(measure="committed_packages", dimension="total").value == 71
    call_command("rebuild_statistics", stdout=io.StringIO())
    assert told("31.74")["committed_packages"] == 70
