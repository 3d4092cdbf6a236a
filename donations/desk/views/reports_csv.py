"""Reports that wait to be verified, as a table for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import MemberRequest
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.tables import csv_lines
from donations.desk.tasks import KINDS, narrowed
from donations.desk.views.desk import chosen_by
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.queries import with_warned

HEADS = (
    "bast", "keadaan", "diajukan", "batas", "menunggu_jam", "penerima", "kode_wilayah", "pelaksana", "program", "bantuan",
    "satuan", "dikirim", "baik", "rusak", "tidak_ada", "peringatan", "halaman",
)  # fmt: skip


@require_safe
def desk_reports_csv(request: MemberRequest) -> StreamingHttpResponse:
    """One row for each line of each report that waits, the longest first, with the filters of the desk."""
    scope = Scope.of(request.user)
    if not scope.may(Permission.HANDOVER_VERIFY):
        raise PermissionDenied
    _form, chosen = chosen_by(request)
    lines = HandoverLine.objects.select_related("delivery_line__allocation__commitment__aid_type")
    waiting: Any = narrowed(KINDS["check"].rows(scope), chosen)
    rows = waiting.for_rows().prefetch_related(Prefetch("lines", lines))
    found = with_warned(rows).order_by("submitted_at", "pk").iterator(chunk_size=500)
    response = StreamingHttpResponse(
        csv_lines(HEADS, _values(request, found)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="bast-{clock.today().isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _values(request: HttpRequest, found: Iterator[Handover]) -> Iterator[list[Any]]:
    for one in found:
        item: Any = one
        waited = int((clock.now() - item.submitted_at).total_seconds() // 3600)
        page = request.build_absolute_uri(f"../laporan/{item.pk}/")
        for line in item.lines.all():
            aid = line.delivery_line.allocation.commitment.aid_type
            yield [
                item.number, item.state_label, _moment(item.submitted_at), _moment(item.due), waited,
                item.recipient_name, item.delivery.region_id, item.delivery.executor.name, item.delivery.program.title,
                aid.title, aid.unit_name, line.delivery_line.quantity, line.good, line.damaged, line.missing,
                item.warned, page,
            ]  # fmt: skip


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")
