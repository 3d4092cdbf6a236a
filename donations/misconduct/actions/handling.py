"""What inspectors do. Each of these is out of reach (404) for whomever the case concerns."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions import perform
from accounts.actions.perform import Performance
from accounts.errors import OutOfReach, Refused
from accounts.models import User
from donations.misconduct.actions.rounds import begin_round, set_due
from donations.misconduct.models import Case, CaseEntry, CaseView, Evidence
from donations.misconduct.queries.concerned import able
from donations.misconduct.states import CaseState
from regions.codes import city_of
from regions.models import Region

# Verbs whose reason the reporter reads; those of the others are for the inspectors alone.
FOR_REPORTER = frozenset({"resolve", "reject", "reopen"})
MOST_EVIDENCE = 40


@contextmanager
def handling(case: Case, verb: str, by: User | None, reason: str = "", **data: Any) -> Iterator[Performance]:
    """Perform an inspector's verb; its reason is kept encrypted as an entry, not in the journal."""
    if by is not None and not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise OutOfReach
    with perform(case, verb, by=by, reason=reason, **data) as act:
        must_be_kept(act.subject)
        yield act
        if act.reason:
            kind = CaseEntry.Kind.OFFICE if verb in FOR_REPORTER else CaseEntry.Kind.NOTE
            _say(act.subject, kind, act.reason, by)
            act.reason = ""


def _say(case: Case, kind: str, text: str, by: User | None) -> CaseEntry:
    return CaseEntry.objects.create(case=case, kind=kind, body=text, author=by)


def acknowledge(*, case: Case, by: User | None) -> Case:
    """Take it up: the reporter sees that somebody reads."""
    return _step(case, "acknowledge", by, CaseState.ACKNOWLEDGED)


def coordinate(*, case: Case, by: User | None, reason: str) -> Case:
    """With whom, and about what: for the inspectors alone."""
    return _step(case, "coordinate", by, CaseState.COORDINATED, reason)


def resolve(*, case: Case, by: User | None, reason: str) -> Case:
    return _step(case, "resolve", by, CaseState.RESOLVED, reason)


def reject(*, case: Case, by: User | None, reason: str) -> Case:
    return _step(case, "reject", by, CaseState.REJECTED, reason)


def _step(case: Case, verb: str, by: User | None, state: CaseState, reason: str = "") -> Case:
    with handling(case, verb, by, reason) as act:
        set_due(act.subject, state)
    return act.subject  # type: ignore[no-any-return]


def reopen(*, case: Case, by: User | None, reason: str) -> Case:
    """Look at a decided case once more; all deadlines begin again."""
    with handling(case, "reopen", by, reason) as act:
        begin_round(act.subject, decide=True)
        set_due(act.subject, CaseState.ACKNOWLEDGED)
    return act.subject  # type: ignore[no-any-return]


def offices_for(case: Case) -> list[Region]:
    """Where it may be forwarded: its city and the province, as far as somebody there can look at it."""
    codes = {city_of(case.region_id), case.region_id.partition(".")[0]} - {case.office_id}
    if case.beyond_city:
        codes = {code for code in codes if "." not in code}
    offices = Region.objects.filter(code__in=codes).order_by("code")
    return [office for office in offices if able(case, office.code)]


def forward(*, case: Case, by: User | None, reason: str, office: Region) -> Case:
    """Hand it to another office; by when a decision is due stays as it was."""
    with handling(case, "forward", by, reason, office=office.code) as act:
        if office.code not in {one.code for one in offices_for(act.subject)}:
            raise Refused(_("Laporan ini tidak dapat diteruskan ke kantor itu."), field="office")
        act.subject.office = office
        begin_round(act.subject, decide=False)
        set_due(act.subject, CaseState.RECEIVED)
    return act.subject  # type: ignore[no-any-return]


def reply(*, case: Case, by: User | None, text: str) -> CaseEntry:
    """Write to the reporter."""
    with handling(case, "reply", by) as act:
        return _say(act.subject, CaseEntry.Kind.OFFICE, words(text), by)


def note(*, case: Case, by: User | None, text: str) -> CaseEntry:
    """Write down something that only inspectors read."""
    with handling(case, "note", by) as act:
        return _say(act.subject, CaseEntry.Kind.NOTE, words(text), by)


def enclose(*, case: Case, by: User | None, files: list[tuple[str, bytes]]) -> Case:
    """Add what the inspection found: pairs of kind and content, cleaned. The reporter does not see it."""
    with handling(case, "enclose", by, number=len(files)) as act:
        keep_evidence(act.subject, files, added_by=by)
    return act.subject  # type: ignore[no-any-return]


def keep_evidence(case: Case, files: list[tuple[str, bytes]], *, added_by: User | None) -> None:
    if case.evidence.count() + len(files) > MOST_EVIDENCE:
        raise Refused(
            _("Paling banyak %(most)s bukti untuk satu laporan.") % {"most": MOST_EVIDENCE}, field="bukti"
        )
    for kind, content in files:
        Evidence.keep(content, case=case, kind=kind, added_by=added_by)


def must_be_kept(case: Case) -> None:
    """Nothing goes on where what it was about is not there any more."""
    if case.emptied_at is not None:
        raise Refused(
            _("Isi laporan ini sudah dihapus sesudah masa simpannya. Kirim laporan baru kalau perlu."),
            code="emptied",
        )  # fmt: skip


def words(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused(_("Tuliskan pesannya."), field="text", code="empty")
    return text


def opened(*, case: Case, by: User, evidence: Evidence | None = None) -> CaseView:
    """Write down that somebody looks, before they are shown anything."""
    return CaseView.objects.create(case=case, user=by, evidence=evidence)
