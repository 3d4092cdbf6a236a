"""The table of programs, as home and the list of programs show it."""

from typing import Any

from programs.models import AidType, Need, Program
from programs.models.needs import NeedQuerySet
from programs.models.programs import ProgramState
from programs.queries import figures_by_program
from programs.queries.figures import RegionFigures
from programs.wording import aid_in_sentence


def program_rows(needs: NeedQuerySet | None = None) -> list[dict[str, Any]]:
    """Each program with the forms of its aid, open needs and coverage in per cent. Three queries.

    `needs`: those that are counted, of all that were ever published.
    """
    figures = figures_by_program(Need.objects.public() if needs is None else needs)
    forms: dict[str, list[str]] = {}
    for aid in AidType.objects.filter(is_active=True).order_by("position", "pk"):
        forms.setdefault(aid.program_id, []).append(aid_in_sentence(aid))
    return [
        {
            "program": program,
            "forms": ", ".join(forms.get(program.code, [])),
            "figures": figures.get(program.code, RegionFigures()),
            "summary": program.text("summary"),
            "lead_agency": program.text("lead_agency"),
            "beneficiaries": program.text("beneficiaries"),
            "is_running": program.state == ProgramState.RUNNING,
        }
        for program in Program.objects.all()
    ]
