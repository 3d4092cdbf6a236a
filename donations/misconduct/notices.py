"""Who is told that there is something new on a case: never what, and never anybody whom it concerns."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.notices.actions import tell
from accounts.notices.actions.telling import path_to
from accounts.notices.audiences import person
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from donations.misconduct.models import Case
from donations.misconduct.queries.concerned import able

FOR_OFFICE = Kind(
    "case.office", Group.MISCONDUCT,
    title=_("Ada yang baru pada satu laporan"), text=_("Isinya hanya dapat dibaca di platform."),
    button=pgettext_lazy("notice", "Buka laporan"),
)  # fmt: skip
FOR_REPORTER = Kind(
    "case.reporter", Group.MISCONDUCT,
    title=_("Ada kabar tentang laporan Anda"), text=_("Isinya hanya dapat dibaca di platform."),
    button=pgettext_lazy("notice", "Buka laporan"),
)  # fmt: skip
DUE = Kind(
    "case.due", Group.MISCONDUCT,
    title=_("Satu laporan mendekati atau melewati batas waktunya"), text=_("Isinya hanya dapat dibaca di platform."),
    button=pgettext_lazy("notice", "Buka laporan"),
)  # fmt: skip
LABEL = "–"


def _to_office(kind: Kind, case: Case) -> News:
    people = person(*(user.pk for user in able(case, case.office_id)))
    return News(kind, people, case, label=LABEL, path=path_to("misconduct_case", case.number))


@tells(Case, "receive", "forward", "escalate", "contest", "write", "attach")
def office(act: Any) -> Iterator[News]:
    yield _to_office(FOR_OFFICE, act.subject)


@tells(Case, "acknowledge", "coordinate", "resolve", "reject", "reopen", "reply")
def reporter(act: Any) -> Iterator[News]:
    """Only one who wished to be known; who holds a code alone looks for themselves."""
    case: Case = act.subject
    if case.reporter_id is not None:
        path = path_to("misconduct_own", case.number)
        yield News(FOR_REPORTER, person(case.reporter_id), case, label=LABEL, path=path)


def remind(case: Case) -> None:
    """Once a day for each case that is due. Inside a transaction."""
    tell(_to_office(DUE, case), key=f"case-due:{case.pk}:{clock.today().isoformat()}")
