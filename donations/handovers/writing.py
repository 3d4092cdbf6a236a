"""Verbs on what else a report says while it is written: reasons, sessions, recipients, signatures, sheets, lists.

What a signature stands under may not change beneath it: `unsign` takes the drawn ones off.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from accounts.sheets import Page
from accounts.stored import delete_after_commit
from donations.handovers.models import (
    Handover,
    HandoverLine,
    HandoverRecipients,
    HandoverSession,
    HandoverSheet,
    HandoverSignature,
    RecipientList,
    RecipientListView,
    Signing,
)
from donations.handovers.strokes import Strokes
from regions.notation import number

MOST_SESSIONS, MOST_SHEETS, MOST_LISTS = 60, 12, 5
NOT_YET = gettext_lazy("Ada sesi yang tanggalnya belum sampai. Periksa tanggalnya.")
NO_SESSION = gettext_lazy("Tulis sesi-sesinya, dan berapa yang hadir.")
MORE_THAN_ATTENDED = gettext_lazy(
    "Terlaksana %(good)s, padahal yang hadir di semua sesi bersama-sama %(attended)s."
)


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a line fell short, and what came beyond it: `why` is one of `Shortfall`."""

    why: str = ""
    why_words: str = ""
    extra: int = 0
    extra_words: str = ""

    def onto(self, line: HandoverLine) -> list[str]:
        """Write it into the line; the names of the fields."""
        for name, value in asdict(self).items():
            setattr(line, name, value)
        return list(asdict(self))


@dataclass(frozen=True, slots=True)
class Session:
    """One session of the service of a line (the delivery line's primary key)."""

    line: int
    held_on: date
    begins: time
    ends: time
    attended: int
    women: int | None = None
    men: int | None = None
    place: str = ""
    trainer: str = ""


def set_sessions(*, handover: Handover, by: User | None, sessions: Sequence[Session]) -> None:
    """All sessions of the report, in the place of those that it had."""
    if len(sessions) > MOST_SESSIONS:
        raise Refused(_("Paling banyak %(most)s sesi dalam satu berita acara.") % {"most": MOST_SESSIONS},
                      field="sessions")  # fmt: skip
    today = clock.today()
    if any(session.held_on > today for session in sessions):
        raise Refused(str(NOT_YET), field="sessions")
    with perform(handover, "save", by=by) as act:
        lines = {line.delivery_line_id: line for line in act.subject.lines.select_for_update()}
        before = {_told(row) for line in lines.values() for row in line.sessions.all()}
        if before == set(sessions):
            return
        HandoverSession.objects.filter(line__in=lines.values()).delete()
        for session in sessions:
            if session.line in lines:
                fields = {name: value for name, value in asdict(session).items() if name != "line"}
                HandoverSession.objects.create(line=lines[session.line], **fields)
        unsign(act.subject)


def _told(row: HandoverSession) -> Session:
    return Session(
        row.line.delivery_line_id, row.held_on, row.begins, row.ends, row.attended, row.women, row.men, row.place,
        row.trainer,
    )  # fmt: skip


def set_recipients(*, handover: Handover, by: User | None, counts: Mapping[str, int | None]) -> None:
    """How many of each kind received it (`PeopleKind` → count); None where nobody counted them."""
    with perform(handover, "save", by=by) as act:
        known = dict(act.subject.recipients.values_list("kind", "count"))
        wanted = {kind: count for kind, count in counts.items() if count is not None}
        if known == wanted:
            return
        act.subject.recipients.exclude(kind__in=wanted).delete()
        for kind, count in wanted.items():
            HandoverRecipients.objects.update_or_create(
                handover=act.subject, kind=kind, defaults={"count": count}
            )
        unsign(act.subject)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One party's signature; `name` is of who signs for the deliverer."""

    strokes: Strokes
    name: str = ""


def sign(
    *, handover: Handover, by: User | None, how: str, drawn: Mapping[str, Drawn] | None = None
) -> Handover:
    """How it is signed (`Signing`), and what was drawn by whom (`HandoverSignature.Role`). What was drawn goes where it
    is signed otherwise."""
    with perform(handover, "save", by=by) as act:
        act.subject.signing = how
        kept = drawn if how == Signing.DRAWN and drawn else {}
        act.subject.signatures.exclude(role__in=[role for role, one in kept.items() if one.strokes]).delete()
        for role, one in kept.items():
            row = act.subject.signatures.filter(role=role).first()
            if one.strokes and (row is None or (row.strokes, row.name) != (one.strokes, one.name)):
                if row is not None:
                    row.delete()
                HandoverSignature.objects.create(
                    handover=act.subject, role=role, name=one.name, strokes=one.strokes, drawn_at=clock.now()
                )
    return act.subject


def unsign(handover: Handover) -> None:
    """What was drawn stood under something else: it goes, and has to be drawn again. Within a verb."""
    handover.signatures.all().delete()


def add_sheet(*, handover: Handover, by: User | None, page: Page) -> HandoverSheet:
    """Keep a page of the signed sheet behind those that are there; the same page twice is one."""
    with perform(handover, "save", by=by) as act:
        sheets = list(act.subject.sheets.all())
        for sheet in sheets:
            if (sheet.sha256, sheet.page) == (page.sha256, page.number):
                return sheet
        if len(sheets) >= MOST_SHEETS:
            raise Refused(
                _("Paling banyak %(most)s lembar. Hapus satu dulu.") % {"most": MOST_SHEETS}, field="sheets"
            )
        last = max((sheet.position for sheet in sheets), default=0) + 1
        pages = HandoverSheet.ever.filter(handover=act.subject, sha256=page.sha256, page=page.number)
        if (kept := pages.first()) is not None:  # taken off while correcting, and put back
            kept.removed_at, kept.position = None, last
            kept.save(update_fields=["removed_at", "position"])
            return kept
        return HandoverSheet.objects.create(
            handover=act.subject, image=ContentFile(page.content, name="sheet.jpg"), sha256=page.sha256,
            page=page.number, position=last, added_at=clock.now(),
        )  # fmt: skip


def remove_sheet(*, sheet: HandoverSheet, by: User | None) -> None:
    """Take a page off; its file goes once the change is kept. One that a version was handed in with stays with that."""
    with perform(sheet.handover, "save", by=by) as act:
        if any(sheet.pk == pk for record in act.subject.records.all()
               for _position, pk, *_rest in record.content["facts"].get("sheets", ())):  # fmt: skip
            sheet.removed_at = clock.now()
            sheet.save(update_fields=["removed_at"])
            return
        delete_after_commit(sheet.image)
        sheet.delete()


def add_list(*, handover: Handover, by: User | None, content: bytes, **fields: Any) -> RecipientList:
    """Keep a list of recipients, encrypted; the same file twice is one. `fields`: kind, sha256, rows."""
    with perform(handover, "save", by=by) as act:
        kept = act.subject.recipient_lists.filter(sha256=fields["sha256"]).first()
        if kept is not None:
            return kept
        if act.subject.recipient_lists.count() >= MOST_LISTS:
            raise Refused(
                _("Paling banyak %(most)s berkas daftar. Hapus satu dulu.") % {"most": MOST_LISTS},
                field="lists",
            )
        return RecipientList.keep(content, handover=act.subject, added_by=by, added_at=clock.now(), **fields)


def remove_list(*, row: RecipientList, by: User | None) -> None:
    with perform(row.handover, "save", by=by):
        delete_after_commit(row.file)
        row.delete()


def opened_list(*, row: RecipientList, by: User) -> None:
    """Write down who opened a list, before it is shown."""
    RecipientListView.objects.create(list=row, handover=row.handover, user=by, at=clock.now())


def empty_lists(limit: int = 500) -> int:
    """Remove lists whose report was verified so many months ago that their time is over; how many. Safe to run twice."""
    since = clock.now() - timedelta(days=30 * settings.KSBB_LIST_MONTHS)
    due = RecipientList.objects.filter(handover__verified_at__lt=since, emptied_at=None).order_by("pk")
    return sum(_empty(row.pk) for row in due[:limit])


@transaction.atomic
def _empty(pk: int) -> bool:
    """That there was one, its fingerprint and who opened it stay."""
    row = RecipientList.objects.select_for_update().filter(pk=pk, emptied_at=None).first()
    if row is None:
        return False
    delete_after_commit(row.file)
    row.file, row.size, row.emptied_at = "", 0, clock.now()  # type: ignore[assignment]
    with pghistory.context(verb="empty_list"):
        row.save(update_fields=["file", "size", "emptied_at"])
    return True


def check_said(handover: Handover, lines: Iterable[HandoverLine]) -> None:
    """Whether a report says all that it has to besides its counts; raises `Refused`. For `submit`."""
    for line in lines:
        _check_explained(line)
        _check_sessions(line)
    if handover.signing == Signing.DRAWN and not handover.signatures.filter(role="receiver").exists():
        raise Refused(
            _(
                "Tanda tangan yang menerima belum ada, atau isinya berubah setelah ditandatangani. Tandatangani lagi."
            ),
            field="signatures",
        )
    if handover.signing == Signing.SHEET and not handover.sheets.exists():
        raise Refused(_("Foto lembar yang ditandatangani belum ada."), field="signatures")
    wanted = any(line.delivery_line.allocation.commitment.aid_type.needs_recipient_list for line in lines)
    if wanted and not handover.recipient_lists.exists():
        raise Refused(
            _("Bentuk bantuan ini meminta daftar penerima. Lampirkan daftarnya."), field="recipients"
        )


def _check_explained(line: HandoverLine) -> None:
    if line.short and not line.why:
        raise Refused(
            _("Tulis sebabnya ada yang rusak atau tidak ada."), field=f"line_{line.delivery_line_id}_why",
            code="unexplained",
        )  # fmt: skip
    if line.extra and not line.extra_words:
        raise Refused(
            _("Tulis keterangan tentang yang lebih dari kiriman."),
            field=f"line_{line.delivery_line_id}_extra_words",
        )


def _check_sessions(line: HandoverLine) -> None:
    if line.delivery_line.allocation.commitment.aid_type.kind != "service" or not line.good:
        return
    attended = line.attended
    if not attended:
        raise Refused(str(NO_SESSION), field="sessions", code="no_session")
    if line.good > attended:
        raise Refused(
            MORE_THAN_ATTENDED % {"good": number(line.good), "attended": number(attended)},
            field="sessions",
            code="more_than_attended",
        )
