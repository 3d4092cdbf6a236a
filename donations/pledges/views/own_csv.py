"""A collaborator's own commitments as a table for a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import User
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
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ikrar-{clock.today().isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


HEADS = (
    "komitmen", "ikrar", "kolaborator", "dikirim", "program", "bantuan", "satuan", "penerima", "kode_wilayah",
    "diikrarkan", "dialokasikan", "dalam_pengiriman", "diterima_baik", "terverifikasi", "nilai_rupiah", "keadaan",
    "langkah_berikutnya", "oleh", "sebelum",
)  # fmt: skip


class _Echo:
    def write(self, text: str) -> str:
        return text


def _lines(rows: Iterator[Commitment]) -> Iterator[str]:
    """A byte-order mark first, so that a spreadsheet reads it as UTF-8."""
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield "\ufeff" + writer.writerow(HEADS)
    for one in rows:
        yield writer.writerow([_cell(value) for value in _values(one)])


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


def _cell(value: Any) -> Any:
    """What a spreadsheet would run as a formula gets an apostrophe in front."""
    text = str(value)
    return (
        value
        if isinstance(value, int)
        else f"'{text}"
        if text[:1] in ("=", "+", "-", "@", "\t", "\r")
        else text
    )
