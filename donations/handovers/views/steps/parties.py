"""Who received and who saw it; where and when."""

from django.http import HttpResponse

from accounts.errors import Refused
from accounts.http import MemberRequest
from donations.handovers import actions
from donations.handovers.forms import PartiesForm, PlaceForm
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of
from donations.handovers.views.steps.frame import lead_on, naming, page


def parties_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    kept = {name: getattr(handover, name) for name in PartiesForm.Meta.fields}
    initial = {} if handover.receiver_name else {"receiver_name": request.user.name}
    say = naming(lines_of(handover))
    form = PartiesForm(request.POST or None, instance=handover, initial=initial, say=say)
    if request.method == "POST" and form.is_valid():
        for name, value in kept.items():
            setattr(handover, name, value)  # the verb writes, not the form
        actions.save(handover=handover, by=request.user, **form.details)
        return lead_on(handover, "saksi")
    return page(request, handover, "saksi", 422 if form.errors else 200, form=form)


def place_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    lines = lines_of(handover)
    place = lines[0].delivery_line.allocation.need.handover_place
    form = PlaceForm(request.POST or None, handover=handover, say=naming(lines), place=place)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save(handover=handover, by=request.user, **form.details)
                return lead_on(handover, "tempat")
            except Refused as error:
                form.add_error("day" if error.field == "arrived_at" else None, error)
    return page(request, handover, "tempat", status, form=form)
