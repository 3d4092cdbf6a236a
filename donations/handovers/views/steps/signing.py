"""Signing: with fingers, on a sheet that is photographed, or later on the printed document."""

from django.http import HttpResponse
from django.shortcuts import redirect

from accounts import sheets
from accounts.errors import Refused
from accounts.http import MemberRequest
from donations.handovers import writing
from donations.handovers.models import Handover, HandoverSignature, Signing
from donations.handovers.queries import lines_of
from donations.handovers.signing_forms import SigningForm
from donations.handovers.strokes import HIGH, WIDE
from donations.handovers.views.phones import only_file
from donations.handovers.views.steps.frame import lead_on, naming, page


def signing_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    # A file that comes by itself asks nothing of the form.
    say = naming(lines_of(handover))
    form = SigningForm((not only_file(request) and request.POST) or None, handover=handover, say=say)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        errors = _keep_sheets(request, handover)
        if only_file(request) and not errors:
            return redirect("report_step", handover.pk, "tanda-tangan")
        if form.is_valid():
            how = form.cleaned_data["how"]
            writing.sign(handover=handover, by=request.user, how=how, drawn=form.drawn)
            if how == Signing.SHEET and not errors and not handover.sheets.exists():
                form.add_error("sheets", form.fields["sheets"].error_messages["required"])
            if not errors and not form.errors:
                return lead_on(handover, "tanda-tangan")
    return page(
        request, handover, "tanda-tangan", 422 if errors or form.errors else 200, form=form, errors=errors,
        sheets=list(handover.sheets.all()), most=writing.MOST_SHEETS, pads=_pads(form, handover), wide=WIDE, high=HIGH,
    )  # fmt: skip


def _pads(form: SigningForm, handover: Handover) -> list[dict[str, object]]:
    """Who draws, in the order of the document: the hidden field of each, and whose it is."""
    names = {
        "receiver": ", ".join(filter(None, [handover.receiver_name, handover.receiver_position])),
        "deliverer": str(handover.delivery.executor),
        "witness": handover.witness_name,
    }
    return [
        {"field": form[role.value], "label": role.label, "name": names[role.value], "role": role.value}
        for role in HandoverSignature.Role
        if role.value in form.fields
    ]


def _keep_sheets(request: MemberRequest, handover: Handover) -> list[dict[str, str]]:
    """Keep the pages of what was sent, in the order given; what is wrong with the others."""
    errors = []
    for upload in request.FILES.getlist("sheets"):
        try:
            assert upload.file is not None
            for one in sheets.pages(upload.file, upload.size, most=writing.MOST_SHEETS, field="sheets"):
                writing.add_sheet(handover=handover, by=request.user, page=one)
        except Refused as error:
            errors.append({"name": str(upload.name), "text": " ".join(error.messages)})
    return errors
