"""A collaborator's own commitments as a table for a spreadsheet."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import User
from accounts.tables import csv_lines
from donations.pledges.models import Commitment
from donations.pledges.views.own import asked
from donations.pledges.way import with_way
from donations.pledges.wording import next_step


@require_safe
def pledges_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same commitments as a table for a spreadsheet."""
    assert isinstance(request.user, User)
    _form, found = asked(request, request.user)
    rows = with_way(found.for_rows()).iterator(chunk_size=500)
    response = StreamingHttpResponse(
        csv_lines(HEADS, map(_values, rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="ikrar-{clock.today().isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


HEADS = (
    "komitmen", "ikrar", "kolaborator", "dikirim", "program", "bantuan", "satuan", "penerima", "kode_wilayah",
    "diikrarkan", "dialokasikan", "dalam_pengiriman", "diterima_baik", "terverifikasi", "nilai_rupiah", "keadaan",
    "langkah_berikutnya", "oleh", "sebelum",
)  # fmt: skip


def _values(one: Commitment) -> list[Any]:
    owed = next_step(one)
    return [
        one.number, one.pledge.number, one.pledge.collaborator.name, _moment(one.pledge.submitted_at),
        one.program.title, one.aid_type.title, one.aid_type.unit_name, one.recipient_name, one.region_id, one.live,
        one.reserved, one.dispatched, one.received, one.verified, "" if one.value is None else one.value,
        one.state_label, owed.what if owed else "", owed.who if owed else "", _moment(owed.due) if owed else "",
    ]  # fmt: skip


def _moment(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""
