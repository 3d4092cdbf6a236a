"""Everything once more, and handing it in."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.errors import NotNow
from accounts.http import MemberRequest, performing
from donations.deliveries.wording import amounts
from donations.handovers import actions
from donations.handovers.forms import StatementForm
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of
from donations.handovers.tasks import notice, set_document
from donations.handovers.views.steps.frame import STEP_OF, in_words, page
from regions.jobs import publish


def review_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    form = StatementForm(request.POST or None)
    status, mend = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                handover = actions.submit(handover=handover, by=request.user)
            if attempt.done:
                record = handover.records.get(version=handover.version)
                publish(set_document, record.pk, request.build_absolute_uri("/").rstrip("/"))
                publish(notice, handover.pk)
            if attempt.done or isinstance(attempt.error, NotNow):
                # A second press: the first one handed it in.
                return redirect("report_receipt", handover.pk)
            field = getattr(attempt.error, "field", None) or ""
            mend = "jumlah" if field.startswith("line_") else STEP_OF.get(field, "")
    lines = lines_of(handover)
    return page(
        request,
        handover,
        "periksa",
        status,
        form=form,
        mend=mend,
        lines=lines,
        good=in_words(lines, "good"),
        photos=list(handover.photos.all()),
        recipients=list(handover.recipients.all()),
        signatures=list(handover.signatures.all()),
        sheets=list(handover.sheets.all()),
        left=amounts(
            (
                line.delivery_line.allocation.commitment.aid_type,
                max(line.delivery_line.uncounted - line.counted, 0),
            )
            for line in lines
        ),
    )
