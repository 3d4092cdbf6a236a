"""Verbs on deliveries. Needs are locked first, then commitments, the delivery, and its allocations."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import Performance, perform
from accounts.errors import NotNow, Refused
from accounts.models import Organisation, User
from accounts.models.organisations import OrganisationState
from donations.deliveries.models import Delivery, DeliveryLine
from donations.pledges.actions.holding import lock_commitments, lock_needs
from donations.pledges.models import Allocation, Route
from donations.pledges.states import AllocationState, CommitmentState
from regions.actions import mark_stale


@transaction.atomic
def plan(
    *,
    executor: Organisation,
    quantities: Mapping[Allocation, int],
    planned_on: date,
    by: User | None,
    window: str = "",
    note: str = "",
    key: str = "",
) -> Delivery:
    """Plan one journey with parts of one or more allocations, all for one recipient and one program.

    A suspended organisation plans nothing new; what it planned before may still leave, arrive, or be dropped.
    `key` (of the form) makes it safe to send twice: the same key by the same executor is the same delivery.
    """
    if not quantities:
        raise Refused(_("Pilih paling sedikit satu alokasi yang akan dikirim."), code="empty")
    if planned_on < clock.today():
        raise Refused(_("Tanggal kirim sudah lewat. Pilih hari ini atau sesudahnya."), field="planned_on")
    if refusal := suspension(Organisation.objects.get(pk=executor.pk)):
        raise Refused(refusal, code="suspended")
    lock_needs(a.need_id for a in quantities)
    # Nobody else is entrusted meanwhile.
    lock_commitments(a.commitment_id for a in quantities)
    if key:
        made = executor.deliveries.filter(moves__verb="plan", moves__data__key=key).first()
        if made is not None:
            return made
    allocations = list(
        Allocation.objects.select_for_update(of=("self",))
        .filter(pk__in=[a.pk for a in quantities])
        .select_related("need__program", "need__region", "need__site", "commitment")
        .order_by("pk")
    )
    wanted = {allocation.pk: quantity for allocation, quantity in quantities.items()}
    first = allocations[0].need
    for allocation in allocations:
        _check_line(allocation, wanted[allocation.pk], executor)
        need = allocation.need
        if (need.region_id, need.site_id, need.program_id) != (
            first.region_id,
            first.site_id,
            first.program_id,
        ):
            raise Refused(_("Satu pengiriman untuk satu penerima dan satu program."), code="recipient")
    delivery = Delivery(
        executor=executor,
        program=first.program,
        region=first.region,
        site=first.site,
        planned_on=planned_on,
        window=window,
        note=note,
        created_at=clock.now(),
    )
    with perform(delivery, "plan", by=by, planned_on=planned_on.isoformat()) as act:
        if key:
            act.data["key"] = key
        for allocation in allocations:
            quantity = wanted[allocation.pk]
            DeliveryLine.objects.create(delivery=delivery, allocation=allocation, quantity=quantity)
            allocation.planned += quantity
            allocation.save(update_fields=["planned"])
    return delivery


def confirm(*, delivery: Delivery, by: User | None) -> Delivery:
    """The recipient says that the date suits."""
    with perform(delivery, "confirm", by=by, planned_on=delivery.planned_on.isoformat()) as act:
        pass
    return act.subject


def move(*, delivery: Delivery, by: User | None, planned_on: date, reason: str, window: str = "") -> Delivery:
    """Another date, asked for by the deliverer or by the recipient."""
    if planned_on < clock.today():
        raise Refused(_("Tanggal kirim sudah lewat. Pilih hari ini atau sesudahnya."), field="planned_on")
    with perform(delivery, "move", by=by, reason=reason, planned_on=planned_on.isoformat()) as act:
        act.subject.planned_on = planned_on
        act.subject.window = window or act.subject.window
    return act.subject


@transaction.atomic
def dispatch(*, delivery: Delivery, by: User | None) -> Delivery:
    """It leaves. From here nothing can be cancelled: it arrives, or it fails."""
    _lock_sources(delivery)
    with perform(delivery, "dispatch", by=by) as act:
        on_board: Counter[int] = Counter()
        for line in _locked_lines(act.subject):
            allocation = line.allocation
            commitment = allocation.commitment
            on_board[commitment.pk] += line.quantity
            if commitment.route == Route.AGGREGATOR and commitment.dispatchable < on_board[commitment.pk]:
                raise Refused(
                    _("%(number)s: baru %(ready)s yang sudah dibeli dari dana yang diterima.")
                    % {"number": commitment.number, "ready": max(commitment.dispatchable, 0)},
                    code="not_converted",
                )
            allocation.planned -= line.quantity
            allocation.dispatched += line.quantity
            allocation.save(update_fields=["planned", "dispatched"])
        act.subject.dispatched_at = clock.now()
        _mark(act)
    return act.subject


@transaction.atomic
def cancel(*, delivery: Delivery, by: User | None, reason: str) -> Delivery:
    """Drop a plan that has not left; its allocations can be planned anew."""
    _lock_sources(delivery)
    with perform(delivery, "cancel", by=by, reason=reason) as act:
        for line in _locked_lines(act.subject):
            line.allocation.planned -= line.quantity
            line.allocation.save(update_fields=["planned"])
    return act.subject


@transaction.atomic
def fail(*, delivery: Delivery, by: User | None, reason: str) -> Delivery:
    """It did not arrive, or not the rest: what no report has counted comes back to be planned anew.

    Refused while a report waits to be checked: sent back later, it could not be handed in again.
    """
    _lock_sources(delivery)
    with perform(delivery, "fail", by=by, reason=reason) as act:
        if act.subject.handovers.filter(state__in=("submitted", "disputed")).exists():
            raise Refused(_("Masih ada berita acara yang menunggu diperiksa. Tunggu hasilnya dulu."))
        for line in _locked_lines(act.subject):
            if line.uncounted:
                act.data[str(line.pk)] = line.uncounted
                line.allocation.dispatched -= line.uncounted
                line.allocation.save(update_fields=["dispatched"])
        _mark(act)
    return act.subject


@transaction.atomic
def resend(
    *, line: DeliveryLine, by: User | None, quantity: int, reason: str = "", seen: int | None = None
) -> DeliveryLine:
    """What was damaged or missing will be sent again: it can be planned anew.

    `seen`: how much had been settled when the officer looked; if it is more now, `NotNow`.
    """
    return _settle("resend", line, by, quantity, reason, seen)


@transaction.atomic
def release(
    *, line: DeliveryLine, by: User | None, quantity: int, reason: str, seen: int | None = None
) -> DeliveryLine:
    """What was damaged or missing will not be sent again: it is open at the need and off the promise.

    `seen` as for `resend`.
    """
    return _settle("release", line, by, quantity, reason, seen)


def _settle(
    verb: str, line: DeliveryLine, by: User | None, quantity: int, reason: str, seen: int | None
) -> DeliveryLine:
    _lock_sources(line.delivery)
    with perform(line.delivery, verb, by=by, reason=reason, line=line.pk, quantity=quantity) as act:
        locked = next(row for row in _locked_lines(act.subject) if row.pk == line.pk)
        if seen is not None and locked.settled != seen:
            raise NotNow(verb, act.subject.state, _("Kekurangan ini baru saja diputuskan. Periksa sisanya."))
        open_shortfall = verified_shortfall(locked)
        if not 0 < quantity <= open_shortfall:
            raise Refused(
                _("Yang bisa diputuskan paling banyak %(most)s.") % {"most": open_shortfall}, field="quantity"
            )
        locked.settled += quantity
        locked.save(update_fields=["settled"])
        allocation = locked.allocation
        allocation.dispatched -= quantity
        fields = ["dispatched"]
        if verb == "release":
            allocation.released += quantity
            if allocation.released == allocation.quantity:
                allocation.state = AllocationState.RELEASED
            fields += ["released", "state"]
        allocation.save(update_fields=fields)
        _mark(act)
    return locked


def verified_shortfall(line: DeliveryLine) -> int:
    """Damaged and missing by verified reports, less what was decided: only those can be settled.

    A report that may still be sent back is no ground to send again or to release.
    """
    counted = line.reports.filter(handover__state="verified").aggregate(
        short=Sum(F("damaged") + F("missing"))
    )["short"]
    return (counted or 0) - line.settled


def suspension(executor: Organisation) -> str:
    """Why this organisation plans no new delivery now; empty if it may."""
    if executor.state == OrganisationState.ACTIVE:
        return ""
    return _(
        "%(name)s sedang dibekukan, jadi tidak dapat merencanakan pengiriman baru. Yang sudah direncanakan atau "
        "di jalan tetap diselesaikan; untuk sisanya asesor dapat menunjuk pelaksana lain."
    ) % {"name": executor}


def _check_line(allocation: Allocation, quantity: int, executor: Organisation) -> None:
    commitment = allocation.commitment
    if commitment.executor_id != executor.pk:
        raise Refused(
            _("%(number)s diserahkan pelaksana lain.") % {"number": commitment.number}, code="executor"
        )
    if allocation.state != AllocationState.RESERVED or commitment.state not in (
        CommitmentState.ACCEPTED,
        CommitmentState.FULFILLED,
    ):
        raise Refused(
            _("%(number)s belum diterima asesor.") % {"number": commitment.number}, code="not_accepted"
        )
    if not 0 < quantity <= allocation.free:
        raise Refused(
            _("%(number)s: tulis jumlah antara 1 dan %(most)s.")
            % {"number": commitment.number, "most": allocation.free},
            field=f"quantity_{allocation.pk}",
            code="quantity",
        )


def _lock_sources(delivery: Delivery) -> None:
    """Lock the needs and commitments of its lines, in that order."""
    lock_needs(delivery.lines.values_list("allocation__need_id", flat=True))
    lock_commitments(delivery.lines.values_list("allocation__commitment_id", flat=True))


def _locked_lines(delivery: Delivery) -> list[DeliveryLine]:
    return list(
        delivery.lines.select_for_update(of=("self", "allocation"))
        .select_related("allocation__commitment", "allocation__need")
        .order_by("pk")
    )


def _mark(act: Performance) -> None:
    mark_stale(act.subject.region.city_code)
