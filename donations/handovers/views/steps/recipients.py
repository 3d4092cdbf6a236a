"""For how many it was, and the list of them where the form of aid asks for one."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.errors import Refused
from accounts.http import MemberRequest
from accounts.in_memory import too_much
from donations.handovers import lists, writing
from donations.handovers.models import Handover
from donations.handovers.queries import lines_of
from donations.handovers.recipient_forms import NO_LIST, RecipientsForm
from donations.handovers.views.phones import only_file
from donations.handovers.views.steps.frame import lead_on, page


def recipients_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    lines = lines_of(handover)
    needs_list = any(line.delivery_line.allocation.commitment.aid_type.needs_recipient_list for line in lines)
    form = RecipientsForm(request.POST or None, handover=handover, lines=lines, needs_list=needs_list)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        errors = _keep_lists(request, handover) if needs_list else []
        if only_file(request) and not errors:
            return redirect("report_step", handover.pk, "keluarga")
        if form.is_valid():
            writing.set_recipients(handover=handover, by=request.user, counts=form.counts)
            if needs_list and not errors and not handover.recipient_lists.exists():
                errors.append({"name": "", "text": str(NO_LIST)})
            if not errors:
                return lead_on(handover, "keluarga")
    kept = list(handover.recipient_lists.all()) if needs_list else []
    if needs_list and not kept:
        form.fields[
            "lists"
        ].required = True  # for whoever reads; what is missing is told after the counts are kept
    return page(
        request, handover, "keluarga", 422 if errors or form.errors else 200, form=form, errors=errors,
        kept=kept,
    )  # fmt: skip


def _keep_lists(request: MemberRequest, handover: Handover) -> list[dict[str, str]]:
    """Keep what was sent, each by itself; what is wrong with the others."""
    if too_much(request):
        return [{"name": "", "text": _("Berkas-berkas ini terlalu besar bersama-sama. Kirim satu per satu.")}]
    errors = []
    for upload in request.FILES.getlist("lists"):
        try:
            assert upload.file is not None
            listed = lists.clean(upload.file, upload.size)
            writing.add_list(
                handover=handover, by=request.user, content=listed.content, kind=listed.kind,
                sha256=listed.sha256, rows=listed.rows,
            )  # fmt: skip
        except Refused as error:
            errors.append({"name": str(upload.name), "text": " ".join(error.messages)})
    return errors
