"""Figures from outside the platform: what they must say, who may write them, and what the journal keeps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.errors import NotNow, OutOfReach, ReasonNeeded, Refused
from donations.models import StatisticRow
from donations.outside import actions
from donations.outside.models import OutsideFigure
from donations.outside.queries import shown_figures
from donations.statistics.actions import recompute
from tests.factories import AidTypeFactory, ProgramFactory, assessor, make_commitment, tree

pytestmark = pytest.mark.django_db


def make_outside(state: str = "recorded", *, code: str = "31.74", by=None, **fields) -> OutsideFigure:
    """A figure of 2,500 packages in a city, as a report counted them."""
    aid = fields.pop("aid_type", AidTypeFactory())
    values = {
        "program": aid.program if aid else ProgramFactory(), "region": tree(code), "aid_type": aid,
        "measure": "delivered",
        "since": date(2026, 4, 1), "until": date(2026, 6, 30), "quantity": 2500, "source": "Laporan Contoh",
        "source_date": date(2026, 7, 15), "document": "Laporan triwulan II (contoh)", **fields,
    }  # fmt: skip
    figure = actions.record(by=by, **values)
    if state != "recorded":
        figure = actions.publish(figure=figure, by=by)
    return actions.withdraw(figure=figure, by=by, reason="x") if state == "withdrawn" else figure


def test_figure_is_shown_once_published_and_no_longer_once_withdrawn() -> None:
    by = assessor("31.74")
    figure = make_outside(by=by)
    assert shown_figures() == []
    figure = actions.publish(figure=figure, by=by)
    [row] = shown_figures(program="pangan")
    assert (row.quantity, row.source, row.document) == (
        "2.500 paket",
        "Laporan Contoh",
        "Laporan triwulan II (contoh)",
    )
    with pytest.raises(NotNow):
        actions.publish(figure=figure, by=by)
    with pytest.raises(ReasonNeeded):
        actions.withdraw(figure=figure, by=by, reason=" ")
    figure = actions.withdraw(figure=figure, by=by, reason="Sumbernya mencabut laporan.")
    assert shown_figures() == []
    assert [move.verb for move in figure.moves.all()] == ["record", "publish", "withdraw"]
    assert actions.publish(figure=figure, by=by).state == "published"


def test_correction_keeps_old_and_new_and_asks_why() -> None:
    by = assessor("31.74")
    figure = make_outside("published", by=by)
    with pytest.raises(ReasonNeeded):
        actions.change(figure=figure, by=by, quantity=2400)
    figure = actions.change(figure=figure, by=by, reason="Salah baca.", quantity=2400)
    move = figure.moves.get(verb="correct")
    assert move.data == {"quantity": [2500, 2400]}
    assert move.reason == "Salah baca."
    assert shown_figures()[0].quantity == "2.400 paket"


def test_edit_before_it_is_shown_asks_for_no_reason() -> None:
    figure = make_outside()
    assert actions.change(figure=figure, by=None, rupiah=5_000_000).rupiah == 5_000_000


def test_place_and_program_bound_who_may_record() -> None:
    with pytest.raises(OutOfReach):
        make_outside(by=assessor("31.75"))
    with pytest.raises(OutOfReach):
        make_outside(by=assessor("31.74", "umkm"))
    with pytest.raises(OutOfReach):
        make_outside(code="31", by=assessor("31.74"))
    mine = make_outside(by=assessor("31.74"))
    with pytest.raises(OutOfReach):
        actions.change(figure=mine, by=assessor("31.74"), region=tree("31.75"))
    mine.refresh_from_db()
    assert mine.region_id == "31.74"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"quantity": None}, "quantity"),
        ({"aid_type": None}, "unit"),
        ({"document": ""}, "document"),
        ({"since": date(2026, 7, 1)}, "until"),
        ({"until": date(2099, 1, 1)}, "until"),
        ({"source_date": date(2099, 1, 1)}, "source_date"),
        ({"code": "31.74.01.1001.003"}, "region"),
    ],
)
def test_incomplete_figure_is_refused_beside_its_field(fields: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_outside(**fields)
    assert refused.value.field == field
    assert not OutsideFigure.objects.exists()


def test_aid_type_of_another_program_is_refused() -> None:
    other = AidTypeFactory(program=ProgramFactory(code="umkm", name="UMKM"), code="pelatihan")
    with pytest.raises(ValidationError):
        make_outside(program=ProgramFactory(), aid_type=other)


@pytest.mark.parametrize(
    "change", [{"quantity": None, "rupiah": None}, {"quantity": 0}, {"rupiah": -1}, {"document": "", "link": ""},
               {"since": date(2027, 1, 1)}, {"aid_type": None}],
)  # fmt: skip
def test_database_holds_what_a_figure_must_say(change: dict) -> None:
    figure = make_outside()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideFigure.objects.filter(pk=figure.pk).update(**change)


def test_sent_twice_is_one_figure() -> None:
    by = assessor("31.74")
    assert make_outside(by=by, key="k").pk == make_outside(by=by, key="k").pk


def test_figures_of_a_place_are_those_in_it_and_about_what_it_lies_in() -> None:
    for code in ("31", "31.74", "31.74.01", "31.75"):
        make_outside("published", code=code, document=code)
    told = lambda **where: sorted(row.document for row in shown_figures(**where))  # noqa: E731
    assert told(place="31.74") == ["31", "31.74", "31.74.01"]
    assert told(place="31.74.01") == ["31", "31.74", "31.74.01"]
    assert told(place="31.75") == ["31", "31.75"]
    assert len(told(since=date(2026, 6, 1), until=date(2026, 6, 30))) == 4
    assert told(since=date(2026, 7, 1), until=date(2026, 7, 31)) == []
    assert told(program="umkm") == []


def test_platform_figures_never_count_them() -> None:
    make_commitment("accepted", quantity=70)
    recompute("31.74")
    before = dict(StatisticRow.objects.values_list("pk", "value"))
    make_outside("published")
    assert recompute("31.74").differences == []
    assert dict(StatisticRow.objects.values_list("pk", "value")) == before
