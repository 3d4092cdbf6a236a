"""What the reporter does, who is known by a code alone: the platform performs it for them."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.once import hold
from donations.misconduct.actions.clockwork import refresh
from donations.misconduct.actions.handling import keep_evidence, must_be_kept, words
from donations.misconduct.actions.rounds import begin_round, set_due
from donations.misconduct.models import Case, CaseEntry
from donations.misconduct.states import CONTEST_DAYS, DECIDED, CaseState


@transaction.atomic
def write(*, case: Case, text: str) -> CaseEntry:
    """Write to the inspectors. The same words sent twice, with nothing said between, are one message."""
    hold(case)
    last = case.entries.order_by("-at", "-pk").first()
    if last is not None and last.kind == CaseEntry.Kind.REPORTER and last.body == words(text):
        return last
    # Whoever is named now is not told of it, and their office looks no more.
    refresh(case, text)
    with perform(case, "write", by=None, reporter=True) as act:
        must_be_kept(act.subject)
        return _say(act.subject, words(text))


def attach(*, case: Case, files: list[tuple[str, bytes]]) -> None:
    """Add cleaned evidence: pairs of kind and content."""
    with perform(case, "attach", by=None, reporter=True, number=len(files)) as act:
        must_be_kept(act.subject)
        keep_evidence(act.subject, files, added_by=None)


def may_contest(case: Case) -> bool:
    """Whether the reporter can still ask that it is looked at again."""
    if case.state not in DECIDED or case.decided_at is None:
        return False
    return clock.now() < case.decided_at + timedelta(days=CONTEST_DAYS)


def contest(*, case: Case, text: str) -> Case:
    """Ask that it is looked at again: by the province, where the city decided."""
    refresh(case, text)
    with perform(case, "contest", by=None, reason=text, reporter=True) as act:
        subject: Case = act.subject
        if not may_contest(subject):
            raise Refused(_("Batas waktu untuk meminta pemeriksaan ulang sudah lewat. Kirim pesan saja."))
        _say(subject, act.reason)
        act.reason = ""
        subject.office_id = subject.office_id.partition(".")[0]
        begin_round(subject, decide=True)
        set_due(subject, CaseState.RECEIVED)
    return subject


def _say(case: Case, text: str) -> CaseEntry:
    return CaseEntry.objects.create(case=case, kind=CaseEntry.Kind.REPORTER, body=text)
