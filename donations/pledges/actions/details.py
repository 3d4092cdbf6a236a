"""What a collaborator changes about a commitment besides its quantity: when, how, whether by name, the note."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import Organisation, User
from donations.pledges.actions.submit import permit_for, permit_text
from donations.pledges.models import Commitment, Pledge, Route


def reschedule(*, commitment: Commitment, by: User | None, schedule: date | None) -> Commitment:
    """Another day for what is not planned yet; None: to be agreed with the assessor."""
    with perform(commitment, "reschedule", by=by) as act:
        subject = act.subject
        if schedule and schedule < clock.today():
            raise Refused(_("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."), field="schedule")
        act.data["schedule"] = [day.isoformat() if day else None for day in (subject.schedule, schedule)]
        subject.schedule = schedule
    return act.subject


@transaction.atomic
def reroute(
    *, commitment: Commitment, by: User | None, route: str, aggregator: Organisation | None = None
) -> Commitment:
    """Directly, or through another aggregator: before money has come in and before anything is planned."""
    with perform(commitment, "reroute", by=by, route=route) as act:
        subject = act.subject
        if subject.funded:
            raise Refused(_("Dananya sudah diterima agregator; cara penyalurannya tetap."), field="way")
        if subject.allocations.filter(planned__gt=0).exists() or subject.dispatched:
            raise Refused(_("Pengirimannya sudah direncanakan. Batalkan rencananya dulu."), field="way")
        through = route == Route.AGGREGATOR
        subject.permit = permit_for(subject.aid_type, route, aggregator)
        subject.permit_text = permit_text(subject.permit)
        subject.route = Route.AGGREGATOR if through else Route.DIRECT
        subject.aggregator = aggregator if through else None
        subject.executor = aggregator if through else subject.pledge.collaborator
        act.data["aggregator"] = aggregator.pk if through and aggregator else None
    return act.subject


@transaction.atomic
def name(*, commitment: Commitment, by: User | None, may_be_named: bool) -> Commitment:
    """Whether the public may read who gave: of the whole pledge, so it stands in the journal of each part."""
    for part in commitment.pledge.commitments.order_by("pk"):
        with perform(part, "name", by=by, named=may_be_named):
            pass
    Pledge.objects.filter(pk=commitment.pledge_id).update(may_be_named=may_be_named)
    commitment.refresh_from_db()
    return commitment


@transaction.atomic
def note(*, commitment: Commitment, by: User | None, text: str) -> Commitment:
    """Another word to the assessor; that of the whole pledge. The journal says that it changed, not what it was."""
    with perform(commitment, "note", by=by):
        Pledge.objects.filter(pk=commitment.pledge_id).update(note=text)
    commitment.refresh_from_db()
    return commitment
