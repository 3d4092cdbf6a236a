"""Signed sheets and lists of recipients: taking them off a draft, and who may look at them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.http import MemberRequest, performing
from accounts.sealing import Unreadable
from donations.handovers import queries, writing
from donations.handovers.models import HandoverSheet, RecipientList
from donations.handovers.views.files import photo_response
from donations.handovers.views.report import of_mine

MEDIA_TYPES = {
    RecipientList.Kind.TABLE: "text/csv; charset=utf-8",
    RecipientList.Kind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    RecipientList.Kind.PHOTO: "image/jpeg",
    RecipientList.Kind.PDF: "application/pdf",
}
SUFFIXES = {RecipientList.Kind.PHOTO: "jpg"}


@require_POST
def report_sheet_remove(request: MemberRequest, pk: int, sheet: int) -> HttpResponse:
    """Take a page of the signed sheet off; gone already is gone."""
    handover = of_mine(request, pk)
    row = handover.sheets.filter(pk=sheet).first()
    if row is not None:
        with performing(request):
            writing.remove_sheet(sheet=row, by=request.user)
    return redirect("report_step", handover.pk, "tanda-tangan")


@require_POST
def report_list_remove(request: MemberRequest, pk: int, listed: int) -> HttpResponse:
    """Take a list off; gone already is gone."""
    handover = of_mine(request, pk)
    row = handover.recipient_lists.filter(pk=listed).first()
    if row is not None:
        with performing(request):
            writing.remove_list(row=row, by=request.user)
    return redirect("report_step", handover.pk, "keluarga")


@require_GET
def handover_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """A page of the signed sheet, of any version, for those in reach of its report."""
    sheet = get_object_or_404(
        HandoverSheet.ever, pk=pk, handover__in=queries.readable(request.user).order_by()
    )
    return photo_response(sheet, "private, max-age=3600", of="lembar")


@require_GET
def handover_list(request: MemberRequest, pk: int) -> HttpResponse:
    """A list of recipients, decrypted for this answer alone: for assessors who verify the report. It is written down."""
    rows = RecipientList.objects.select_related("handover__delivery")
    row = get_object_or_404(rows, pk=pk, handover__in=queries.readable(request.user).order_by())
    if not queries.may_open_lists(request.user, row.handover):
        raise PermissionDenied
    writing.opened_list(row=row, by=request.user)
    try:
        content = row.content()
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    except Unreadable as error:
        context = {"status": 503, "heading": str(error), "text": _("Beri tahu pengelola server.")}
        return render(request, "error.html", context, status=503)
    kind = RecipientList.Kind(row.kind)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="daftar-{row.pk}.{SUFFIXES.get(kind, kind)}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
