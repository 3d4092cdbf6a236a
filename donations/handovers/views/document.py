"""The report as a document with the names of people: for those in reach of the report only."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import MemberRequest
from accounts.typesetting import NotSet
from donations.handovers.filing import Damaged, document_of
from donations.handovers.queries import readable


@never_cache
@require_safe
def handover_document(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF of the last version that was handed in, or of the one asked for (`?versi=1`)."""
    handover = get_object_or_404(readable(request.user), pk=pk)
    wanted = request.GET.get("versi", "")
    record = get_object_or_404(handover.records, version=int(wanted)) if _is_version(wanted) else None
    record = record or handover.records.order_by("-version").first()
    if record is None:
        raise Http404
    try:
        content = document_of(record, base_url=request.build_absolute_uri("/").rstrip("/"))
    except (NotSet, Damaged):
        return _unavailable(request)
    response = HttpResponse(content, content_type="application/pdf")
    name = str(handover.number).replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="bast-{name}-v{record.version}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def _unavailable(request: MemberRequest) -> HttpResponse:
    context = {
        "status": 503,
        "heading": _("Dokumennya tidak dapat ditunjukkan"),
        "text": _("Berkasnya belum dapat dibuat, atau tidak lagi sama dengan yang disimpan. Kejadian ini tercatat; isi "
                  "laporannya ada di halaman berita acara."),
    }  # fmt: skip
    return render(request, "error.html", context, status=503)
