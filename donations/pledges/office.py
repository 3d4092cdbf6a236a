"""The office that answers for a commitment or a delivery: the lead agency's, as near to the place as one is kept."""

import re
from dataclasses import dataclass
from typing import Protocol

from accounts.models import Organisation
from accounts.models.organisations import OrganisationState
from programs.models import Program
from regions.codes import ancestors_of


@dataclass(frozen=True, slots=True)
class Office:
    """The program's lead agency in words, and the agency with its contact, where one is kept for the place."""

    lead: str
    agency: Organisation | None = None


class Placed(Protocol):
    """What belongs to a program and lies in a region: a commitment, a delivery."""

    @property
    def program(self) -> Program: ...

    @property
    def region_id(self) -> str: ...


def office_of(item: Placed) -> Office:
    """Among the agencies whose area holds its place: of the program's lead first, then the nearest.

    Agencies are organisations that administrators keep; one query.
    """
    program = item.program
    places = [*ancestors_of(item.region_id), item.region_id]
    agencies = Organisation.objects.filter(
        is_agency=True, is_confirmed=True, state=OrganisationState.ACTIVE, region__in=places
    )
    lead = lead_names(program.lead_agency)
    ranked = sorted(
        (one for one in agencies if one.phone or one.email),
        key=lambda one: (not _leads(one.name, lead), -len(one.region_id or ""), one.name),
    )
    return Office(program.text("lead_agency"), ranked[0] if ranked else None)


def lead_names(text: str) -> list[str]:
    """The agencies that a program's lead names: "Biro KSD dan Dinas Sosial" → both."""
    parts = re.split(r"\s+dan\s+(?=Dinas|Biro|Badan|Suku)|;", text)
    return [part.strip().casefold() for part in parts if part.strip()]


def _leads(name: str, lead: list[str]) -> bool:
    return any(part in name.casefold() for part in lead)
