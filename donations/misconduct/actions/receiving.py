"""A report becomes a case: written down encrypted, and led past everybody whom it concerns."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts import clock
from accounts.actions import perform
from accounts.models import Organisation, User
from donations.deliveries.models import Delivery
from donations.handovers.models import Handover
from donations.misconduct.actions.rounds import begin_round, set_due
from donations.misconduct.codes import digest, new_number
from donations.misconduct.models import Case, CaseEntry, CaseParty
from donations.misconduct.queries.concerned import concerned, office_for
from donations.misconduct.states import CaseState
from programs.models import Need
from regions.models import Region


@dataclass(frozen=True)
class Report:
    """What somebody reports. `posts`: of `kinds.Post`; `thing`: what it is about, where that is on the platform."""

    kind: str
    text: str
    region: Region
    posts: Sequence[str] = ()
    place: str = ""
    who: str = ""
    happened_on: date | None = None
    organisation: Organisation | None = None
    # As it was typed; not every organisation that is reported is known here.
    organisation_name: str = ""
    thing: Need | Delivery | Handover | None = None

    def told(self) -> dict[str, Any]:
        """The part that is kept encrypted."""
        organisation = self.organisation_name or (self.organisation.name if self.organisation else "")
        return {
            "text": self.text, "place": self.place, "who": self.who, "posts": list(self.posts),
            "organisation": organisation,
        }  # fmt: skip

    def things(self) -> dict[str, Any]:
        kinds = {"need": Need, "delivery": Delivery, "handover": Handover}
        return {name: self.thing if isinstance(self.thing, kind) else None for name, kind in kinds.items()}


@transaction.atomic
def receive(
    *, report: Report, code: str, reporter: User | None = None, from_confirmations: bool = False
) -> Case:
    """Make the case. `reporter` None for who wishes not to be known: then nothing leads to them but their code.

    `from_confirmations`: the platform opens it, of answers that contradict a report; nobody holds its code.
    """
    case = Case(
        number=_free_number(), kind=report.kind, region=report.region, office=_province(report.region),
        happened_on=report.happened_on, received_at=clock.now(), code_digest=digest(code), reporter=reporter,
        **report.things(),
    )  # fmt: skip
    begin_round(case, decide=True)
    set_due(case, CaseState.RECEIVED)
    with perform(case, "receive", by=None, reporter=not from_confirmations):
        told = {**report.told(), **({"by_platform": True} if from_confirmations else {})}
        CaseEntry.objects.create(case=case, kind=CaseEntry.Kind.REPORT, body=json.dumps(told))
        write_parties(case, report.organisation)
        case.office_id = office_for(case)
        case.save(update_fields=["office", "beyond_city"])
    return case


def write_parties(case: Case, organisation: Organisation | None = None, more: str = "") -> None:
    """Write down whom it concerns by all that its reporter told so far, and `more`; who is written down stays."""
    entries = list(case.entries.filter(kind__in=(CaseEntry.Kind.REPORT, CaseEntry.Kind.REPORTER)))
    told = next(one.told for one in entries if one.kind == CaseEntry.Kind.REPORT)
    written = [str(one.body) for one in entries if one.kind == CaseEntry.Kind.REPORTER]
    words = "\n".join([told["text"], told["organisation"], *written, more])
    found = concerned(case, told["posts"], organisation, words, told["who"])
    whys = (
        (CaseParty.Why.NAMED, found.named, found.named_organisations),
        (
            CaseParty.Why.ACTED,
            found.acted - found.named,
            found.acted_organisations - found.named_organisations,
        ),
    )
    rows = [CaseParty(case=case, user_id=one, why=why) for why, people, _o in whys for one in sorted(people)]
    rows += [
        CaseParty(case=case, organisation_id=one, why=why)
        for why, _p, bodies in whys
        for one in sorted(bodies)
    ]
    CaseParty.objects.bulk_create(rows, ignore_conflicts=True)
    case.beyond_city = case.beyond_city or found.beyond_city


def _province(region: Region) -> Region:
    return Region.objects.get(code=region.code.partition(".")[0])


def _free_number() -> str:
    while Case.objects.filter(number=(number := new_number())).exists():
        pass
    return number
