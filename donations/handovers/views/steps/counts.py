"""What was counted of each line."""

from django.http import HttpResponse

from accounts.http import MemberRequest, performing
from donations.handovers import actions
from donations.handovers.count_forms import CountsForm
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of
from donations.handovers.views.steps.frame import lead_on, page


def counts_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    lines = lines_of(handover)
    form = CountsForm(request.POST or None, lines=lines)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.save(handover=handover, by=request.user, counts=form.counts, explained=form.explained)
            # Kept, whatever is still open: nothing that was typed gets lost.
            if attempt.done:
                form.ask_for_the_rest()
                if form.is_valid():
                    return lead_on(handover, "jumlah")
    return page(request, handover, "jumlah", status, form=form)
