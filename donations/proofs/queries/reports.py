"""Whether a handover report still says what it said when it was handed in, and whose a file is."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from donations.handovers.contents import differences
from donations.handovers.models import Handover, HandoverRecord
from donations.handovers.queries import code_of, lines_of, with_place
from donations.handovers.states import IN_FORCE, HandoverState
from donations.proofs.models import Proof


@dataclass(frozen=True, slots=True)
class Count:
    """One figure as it was handed in and as the rows say now (None: it does not count now)."""

    then: int
    now: int | None

    @property
    def differs(self) -> bool:
        return self.now is not None and self.now != self.then


@dataclass(frozen=True)
class CheckedReport:
    handover: Handover
    records: list[HandoverRecord]
    rows: list[tuple[str, list[Count]]]
    changed: list[str]

    @property
    def record(self) -> HandoverRecord | None:
        return self.records[-1] if self.records else None

    @property
    def standing(self) -> tuple[str, str, str]:
        """The mark of components/alert.html, its title and its text."""
        state = HandoverState(self.handover.state)
        if self.changed:
            return (
                "error",
                _("Catatan berita acara ini tidak lagi sama dengan yang diajukan."),
                _("Ada yang mengubahnya tanpa melalui laporan. Jangan pakai jumlahnya sebelum diperiksa."),
            )
        if state is HandoverState.RETURNED:
            return (
                "warn",
                _("Laporan ini sedang diperbaiki."),
                _("Di bawah ini isi yang terakhir diajukan; sekarang tidak dihitung."),
            )
        if state is HandoverState.DISCARDED:
            return "warn", _("Laporan ini ditarik pelapornya."), _("Isinya tidak dihitung.")
        return (
            "good",
            _("Isi catatannya masih sama dengan ketika diajukan."),
            _("Bandingkan dengan yang tertulis di kertas atau berkas Anda."),
        )


def report_with(code: str) -> Handover | None:
    """The public report with that code."""
    return with_place(Handover.objects.public()).filter(code=code_of(code)).first()


def checked_report(handover: Handover) -> CheckedReport:
    """A fixed number of queries."""
    lines, photos = lines_of(handover), list(handover.photos.all())
    records = list(handover.records.order_by("version"))
    moves = list(handover.moves.filter(verb="submit").order_by("pk"))
    changed = differences(handover, lines, photos, records, moves)
    counts = handover.state in IN_FORCE
    now: dict[int, list[Any]] = {
        line.delivery_line_id: [line.delivery_line.quantity, line.good, line.damaged, line.missing]
        for line in lines
    }
    aids = {line.delivery_line_id: line.delivery_line.allocation.commitment.aid_type.title for line in lines}
    rows = [
        (
            aids.get(pk, "–"),
            [Count(one, other if counts else None) for one, other in zip(then, now.get(pk, [0] * 4), strict=True)],
        )
        for pk, *then in (records[-1].content["facts"]["lines"] if records else [])
    ]  # fmt: skip
    return CheckedReport(handover, records, rows, changed)


def code_of_file(sha256: str) -> str | None:
    """The code of the document that a file is, by its fingerprint."""
    record = HandoverRecord.objects.filter(sha256=sha256).select_related("handover").first()
    if record is not None:
        return record.handover.code
    return Proof.objects.filter(sha256=sha256).values_list("code", flat=True).first()
