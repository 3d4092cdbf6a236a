"""Is the ledger whole? Reads everything, changes nothing.

Nine questions: was a row changed outside a verb; has everything a journal; does each state follow from
its journal; do the counters add up; does each handover report still say what it said when it was handed in; are
their numbers without gap; are the assets of a verified report as many as it counted; was asked who was drawn, and
does each answer stand as it was given?
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from donations.assets.models import Asset, AssetTransfer
from donations.confirmations.models import Confirmation, Draw
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.contents import differences
from donations.handovers.models import Handover, HandoverCounter, HandoverLine
from donations.handovers.states import IN_FORCE
from donations.messages.models import Thread
from donations.misconduct.models import Case
from donations.pledges.models import Allocation, Commitment, Redirect
from donations.proofs.models import Proof
from programs.models import Adjustment, Need

JOURNALLED: tuple[type[Model], ...] = (
    Need, Adjustment, Commitment, Redirect, Delivery, Handover, Draw, Confirmation, Thread, Case, Proof,
    Asset, AssetTransfer,
)  # fmt: skip


def faults() -> Iterator[str]:
    """A sentence (for engineers, in English) for every row that is not as the journal and the sums say."""
    yield from _changed_outside_a_verb()
    for model in JOURNALLED:
        yield from _without_journal(model)
    yield from _sums_of(Need, "need")
    yield from _sums_of(Commitment, "commitment")
    yield from _sums_of_lines()
    yield from _sums_of_reports()
    yield from _changed_reports()
    yield from _gaps_in_numbers()
    yield from _sums_of_assets()
    yield from _draws_that_do_not_repeat()
    yield from _verified_by_witnesses()
    yield from _changed_answers()


def _changed_outside_a_verb() -> Iterator[str]:
    """The triggers write an event for every update and deletion; one without a context had no verb."""
    for model in apps.get_models():
        if issubclass(model, pghistory.models.Event):
            rows: QuerySet = model._default_manager.all()
            for pk, label, at in rows.filter(pgh_context=None).values_list(
                "pgh_obj_id", "pgh_label", "pgh_created_at"
            ):
                yield f"{model.__name__} of {pk}: {label} at {at} without a verb"


def _without_journal(model: type[Model]) -> Iterator[str]:
    journal: Any = model._meta.get_field("moves").related_model
    last = journal._default_manager.filter(subject=OuterRef("pk"))
    rows = model._default_manager.annotate(told=Subquery(last.order_by("-id").values("to_state")[:1]))
    for row in rows.filter(Q(told=None) | ~Q(told=F("state"))):
        told = f"says {row.told}" if row.told else "is missing"  # type: ignore[attr-defined]
        yield f"{row}: the state is {row.state}, its journal {told}"  # type: ignore[attr-defined]


def _total(rows: QuerySet, key: str, value: str) -> Coalesce:
    sums = (
        rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(total=Sum(value)).values("total")
    )
    return Coalesce(Subquery(sums), 0)


def _sums_of(model: type[Model], key: str) -> Iterator[str]:
    live = Allocation.objects.annotate(live_quantity=F("quantity") - F("released"))
    rows = model._default_manager.annotate(
        sum_held=_total(live.filter(state="held"), key, "live_quantity"),
        sum_reserved=_total(live.filter(state="reserved"), key, "live_quantity"),
        sum_dispatched=_total(live, key, "dispatched"),
        sum_received=_total(live, key, "received"),
        sum_verified=_total(live, key, "verified"),
    )
    names = ("held", "reserved", "dispatched", "received", "verified")
    wrong = Q()
    for name in names:
        wrong |= ~Q(**{name: F(f"sum_{name}")})
    for row in rows.filter(wrong):
        told = ", ".join(f"{n} {getattr(row, n)} but {getattr(row, f'sum_{n}')}" for n in names)
        yield f"{row}: counters do not add up: {told}"


def _sums_of_lines() -> Iterator[str]:
    """An allocation received what its delivery lines say; planned is what has not left."""
    planned = DeliveryLine.objects.filter(delivery__state__in=("planned", "confirmed"))
    rows = Allocation.objects.annotate(
        sum_received=_total(DeliveryLine.objects.all(), "allocation", "good"),
        sum_planned=_total(planned, "allocation", "quantity"),
    )
    for row in rows.filter(~Q(received=F("sum_received")) | ~Q(planned=F("sum_planned"))):
        yield f"{row}: its delivery lines do not add up"


def _sums_of_reports() -> Iterator[str]:
    """A delivery line counts what the reports in force counted."""
    reports = HandoverLine.objects.filter(handover__state__in=IN_FORCE)
    names = ("good", "damaged", "missing")
    rows = DeliveryLine.objects.annotate(**{f"sum_{n}": _total(reports, "delivery_line", n) for n in names})
    wrong = Q()
    for name in names:
        wrong |= ~Q(**{name: F(f"sum_{name}")})
    for row in rows.filter(wrong):
        yield f"{row}: its reports do not add up"


def _changed_reports() -> Iterator[str]:
    """What each report says, against what was sealed when it was handed in."""
    lines = HandoverLine.objects.select_related("delivery_line").prefetch_related("sessions")
    rows = Handover.objects.public().prefetch_related(
        Prefetch("lines", lines), "photos", "records", "moves", "recipients", "signatures", "sheets",
        "recipient_lists",
    )  # fmt: skip
    for row in rows.order_by("pk").iterator(chunk_size=500):
        moves = sorted(row.moves.all(), key=lambda move: move.pk)
        if found := differences(row, list(row.lines.all()), row.photos.all(), list(row.records.all()), moves):
            yield f"{row}: not as it was handed in: {', '.join(found)}"


def _gaps_in_numbers() -> Iterator[str]:
    """Each city and year has as many numbers as were drawn, the last of them the last that was drawn."""
    drawn = Counter[str]()
    last: dict[str, int] = {}
    for number in Handover.objects.exclude(number=None).values_list("number", flat=True).iterator():
        figure, _slash, series = str(number).partition("/")
        drawn[series] += 1
        last[series] = max(last.get(series, 0), int(figure))
    counters = {f"{one.city_code}/{one.year}": one.last for one in HandoverCounter.objects.all()}
    for series in sorted(drawn.keys() | counters.keys()):
        told = counters.get(series, 0), drawn[series], last.get(series, 0)
        if len(set(told)) > 1:
            yield "numbers of {}: {} drawn, {} used, the last of them {}".format(series, *told)


def _sums_of_assets() -> Iterator[str]:
    """What was received good of one line is what its assets count, however they were parted."""
    lines = HandoverLine.objects.annotate(recorded=_total(Asset.objects.all(), "handover_line", "count"))
    for pk, good in lines.filter(recorded__gt=0).exclude(recorded=F("good")).values_list("pk", "good"):
        yield f"line {pk} of a report: {good} received good, its assets count otherwise"


def _draws_that_do_not_repeat() -> Iterator[str]:
    """The positions that were asked are those that the seed draws, and the seed is the one that was announced."""
    for draw in Draw.objects.prefetch_related("slips", "moves"):
        if draw.positions != sorted(slip.position or 0 for slip in draw.slips.all()):
            yield f"draw {draw.pk}: the slips are not those of its seed"
        if any(move.data["digest"] != draw.seed_digest for move in draw.moves.all() if move.verb == "draw"):
            yield f"draw {draw.pk}: the seed is not the one that was announced"


def _verified_by_witnesses() -> Iterator[str]:
    """Nobody is both witness and judge of a report."""
    both = Handover.objects.filter(confirmations__moves__actor=F("verified_by")).distinct()
    for pk in both.order_by("pk").values_list("pk", flat=True):
        yield f"report {pk}: verified by one who had confirmed it, or confirmed by one who had verified it"


def _changed_answers() -> Iterator[str]:
    """What each answer says, against the last that its journal tells."""
    told = ("answer", "affirm", "attest")
    for one in (
        Confirmation.objects.answered().prefetch_related("moves").order_by("pk").iterator(chunk_size=500)
    ):
        moves = sorted((move for move in one.moves.all() if move.verb in told), key=lambda move: move.pk)
        if not moves or moves[-1].data != {"received": one.received, "paid": one.paid, "count": one.count}:
            yield f"confirmation {one.pk}: not as it was answered"
