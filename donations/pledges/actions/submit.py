import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import Organisation, Permit, User
from accounts.models.organisations import OrganisationState
from donations.pledges.actions.holding import NeedFull, check_open, check_room, hold, refusal_of
from donations.pledges.models import Commitment, FundSource, Pledge, Repeat, RepeatWish, Route
from programs.models import AidType, Need
from programs.models.programs import AidKind
from regions.amounts import MOST
from regions.composed import insert
from regions.models import Region, Site
from regions.notation import number, when

__all__ = ["NeedFull", "Promise", "submit"]

# What `check_room` reads of a need: pledges come in by the hundred, and a need has many columns.
ROOM_FIELDS = ("state", "deadline", "target", "held", "reserved")


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of a pledge: a quantity for a need, or of an aid type for a region (a wish) or for one place that has
    no need (an offer). `repeat`: it comes again every month.
    """

    quantity: int
    need: Need | None = None
    aid_type: AidType | None = None
    region: Region | None = None
    route: str = Route.DIRECT
    aggregator: Organisation | None = None
    source: str = FundSource.OWN
    schedule: date | None = None
    site: Site | None = None
    is_offer: bool = False
    repeat: RepeatWish | None = None

    @property
    def of(self) -> AidType | None:
        """What it is a quantity of: the need says it, and is asked only where that was not read with the promise."""
        if self.need is None or (self.aid_type and self.aid_type.pk == self.need.aid_type_id):
            return self.aid_type
        return self.need.aid_type


def submit(
    *,
    collaborator: Organisation,
    by: User | None,
    promises: Sequence[Promise],
    key: uuid.UUID | None = None,
    may_be_named: bool | None = None,
    statement: str = "",
    statement_version: str = "",
    note: str = "",
) -> Pledge:
    """Send a pledge: each promise becomes a commitment, and one to a need holds its quantity.

    The same `key` (of one form) always gives the same one pledge, however often it is sent.
    Raises `NeedFull`, `Refused` (closed need, quantity out of range, money without an aggregator, permit not valid) and
    what `perform` raises; nothing is kept then.
    """
    key = key or uuid.uuid4()
    try:
        with refusing(promises):
            return enter(
                collaborator=collaborator,
                by=by,
                promises=promises,
                key=key,
                may_be_named=may_be_named,
                statement=statement,
                statement_version=statement_version,
                note=note,
            )
    except IntegrityError:
        sent = Pledge.objects.filter(submission_key=key, collaborator=collaborator).first()
        if sent is None:
            raise
        return sent


@contextmanager
def refusing(promises: Sequence[Promise]) -> Iterator[None]:
    """One transaction; where a need refuses one of these promises in it, `NeedFull` or `Refused` says why."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusal_of(error, [(p.need.pk, p.quantity) for p in promises if p.need])
        if refusal is None:
            raise
        raise refusal from error


def enter(
    *,
    collaborator: Organisation,
    by: User | None,
    promises: Sequence[Promise],
    key: uuid.UUID,
    may_be_named: bool | None,
    statement: str,
    statement_version: str,
    note: str,
) -> Pledge:
    """What `submit` does, inside a transaction that its caller gives up as a whole (`refusing`)."""
    if not promises:
        raise Refused(_("Ikrar belum berisi apa pun."), code="empty")
    check_active(collaborator)
    for promise in promises:
        _check(promise)
    pledge = Pledge(
        collaborator=collaborator,
        submitted_by=by,
        submitted_at=clock.now(),
        submission_key=key,
        may_be_named=collaborator.may_be_named if may_be_named is None else may_be_named,
        statement=statement,
        statement_version=statement_version,
        statement_language=(get_language() or "") if statement else "",
        agreed_at=clock.now() if statement else None,
        note=note,
    )
    insert(pledge)
    # Needs are locked as late as they can be (by the insert of the allocation), and in one order.
    for promise in sorted(promises, key=lambda p: p.need.pk if p.need else 0):
        commitment = commit(pledge, promise, by)
        if promise.repeat:
            start_repeat(commitment, promise.repeat, by)
    return pledge


def check_active(collaborator: Organisation) -> None:
    """Raises `Refused` if the organisation is suspended."""
    if collaborator.state != OrganisationState.ACTIVE:
        raise Refused(
            _("Organisasi ini sedang dibekukan dan tidak dapat mengirim ikrar. Hubungi asesor."),
            code="suspended",
        )


def _check(promise: Promise) -> None:
    aid_type = promise.of
    most = aid_type.most if aid_type else MOST
    if not 0 < promise.quantity <= most:
        raise Refused(
            _("Tulis jumlah antara 1 dan %(most)s.") % {"most": number(most)},
            field="quantity",
            code="quantity",
        )
    if promise.schedule and promise.schedule < clock.today():
        raise Refused(_("Tanggal kirim sudah lewat. Pilih hari ini atau sesudahnya."), field="schedule")
    if promise.need is not None:
        check_open(promise.need)
    elif promise.aid_type is None or promise.region is None:
        raise TypeError("a promise without a need wants aid_type and region")


def start_repeat(commitment: Commitment, wish: RepeatWish, by: User | None) -> Repeat:
    """Let the commitment come again every month, counted from today."""
    repeat = Repeat(first=commitment, started_on=clock.today(), left=wish.times)
    repeat.next_on = repeat.day_of(1)
    with perform(repeat, "start", by=by):
        pass
    return repeat


def commit(
    pledge: Pledge,
    promise: Promise,
    by: User | None,
    *,
    repeat: Repeat | None = None,
    repeat_on: date | None = None,
) -> Commitment:
    """One commitment of a pledge; what it holds of a need is held last of all."""
    need, aid_type = promise.need, promise.of
    assert aid_type is not None
    permit = permit_for(aid_type, promise.route, promise.aggregator)
    commitment = Commitment(
        pledge=pledge,
        program_id=aid_type.program_id,
        aid_type=aid_type,
        quantity=promise.quantity,
        unit_value=need.unit_value if need else aid_type.guide_value,
        source=promise.source,
        route=promise.route,
        aggregator=promise.aggregator,
        permit=permit,
        permit_text=permit_text(permit),
        executor=promise.aggregator if promise.route == Route.AGGREGATOR else pledge.collaborator,
        region=need.region if need else promise.region,
        site=need.site if need else promise.site,
        is_offer=promise.is_offer,
        schedule=promise.schedule,
        repeat=repeat,
        repeat_on=repeat_on,
        answer_by=clock.now() + timedelta(hours=settings.KSBB_HOLD_HOURS),
    )
    if need is not None and (not need.is_open or need.missing < promise.quantity):
        # As it was read, it does not take this; perhaps it does by now. Where it seems to, its own checks decide.
        check_room(Need.objects.only(*ROOM_FIELDS).get(pk=need.pk), promise.quantity)
    with perform(commitment, "submit", by=by, savepoint=False, quantity=promise.quantity):
        pass
    # Last of all: from here to the end of the transaction everybody else waits for this need.
    if need is not None:
        with pghistory.context(verb="submit", user=by.pk if by else None):
            hold(commitment, need, promise.quantity)
    return commitment


def permit_for(aid_type: AidType, route: str, aggregator: Organisation | None) -> Permit | None:
    """The permit under which it goes that way, None where it needs none; raises `Refused` where it may not go so.

    Money goes through an aggregator only, whoever sends it and however it comes here.
    """
    if route != Route.DIRECT:
        return permit_of(aggregator)
    if aid_type.kind == AidKind.MONEY:
        raise Refused(
            _("Uang disalurkan melalui agregator berizin. Pilih salah satunya; isian lain tetap tersimpan."),
            field="aggregator",
            code="money",
        )
    return None


def permit_of(aggregator: Organisation | None) -> Permit:
    """The permit under which the aggregator may take the money now; raises `Refused` if there is none."""
    if aggregator is None:
        raise Refused(_("Pilih agregator yang menerima uangnya."), field="aggregator")
    permit = aggregator.valid_permit()
    if permit is None:
        raise Refused(
            _("Izin PUB %(name)s sedang tidak berlaku. Pilih agregator lain.") % {"name": aggregator.name},
            field="aggregator",
            code="permit",
        )
    return permit


def permit_text(permit: Permit | None) -> str:
    """The permit as it was, in the language of the letter that rests on it, whoever reads it later."""
    if permit is None:
        return ""
    with override("id"):
        until = when(permit.valid_until, "day")
    return f"{permit.number}, {permit.issuer}, berlaku sampai {until}"
