"""The programs, and each one's page. Figures are the needs' live counters."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts import clock
from programs.models import AidType, Need, Program
from programs.program_rows import program_rows
from programs.queries import AidFigures, figures_by_aid_type, in_order
from programs.wording import aid_in_sentence, figure_of, need_row, partial_day, quantity_in_unit
from regions.public_version import public_page


@login_not_required
@public_page
def programs(request: HttpRequest) -> HttpResponse:
    """All programs with their open needs and coverage."""
    return render(request, "programs/programs.html", {"rows": program_rows(), "as_of": clock.now()})


@login_not_required
@public_page
def program(request: HttpRequest, code: str) -> HttpResponse:
    """What a program gives, how far each form of aid is, where it is most urgent, what was published of it."""
    found = get_object_or_404(Program, code=code)
    needs = Need.objects.public().filter(program=found)
    sums = {aid.pk: figures for aid, figures in figures_by_aid_type(needs)}
    types = list(found.aid_types.filter(is_active=True))
    forms = [_form(aid, sums.get(aid.pk)) for aid in types]
    leading = _leading(forms)
    context = {
        "program": found,
        "summary": found.text("summary"),
        "facts": list(_facts(found)),
        "forms": forms,
        "leading": leading,
        "open_needs": sum(figures.open_needs for figures in sums.values()),
        "urgent": [
            need_row(need) for need in in_order(Need.objects.open().filter(program=found), "").for_rows()[:5]
        ],
        "published": [_published(figure) for figure in found.published_figures.all()],
        "as_of": clock.now(),
    }
    return render(request, "programs/program.html", context)


def _form(aid: AidType, figures: AidFigures | None) -> dict[str, Any]:
    row: dict[str, Any] = {"aid": aid, "figures": figures}
    if figures:
        row["coverage"] = figures.coverage_in(aid.unit_name)
        for part in ("target", "reserved", "received"):
            row[part] = figure_of(aid, getattr(figures, part))
        row["missing"] = quantity_in_unit(aid, figures.missing)
        row["sentence"] = aid_in_sentence(aid)
    return row


def _leading(forms: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The form of aid that leads the page: the one with the most needs. Quantities of forms never add up."""
    asked: list[tuple[AidFigures, dict[str, Any]]] = [
        (form["figures"], form) for form in forms if form["figures"]
    ]
    return max(asked, key=lambda pair: pair[0].needs)[1] if asked else None


def _facts(found: Program) -> Iterable[dict[str, str]]:
    rows = (
        (_("Penanggung jawab"), found.text("lead_agency")),
        (_("Mulai"), partial_day(found.launched)),
        (_("Fasilitator"), found.text("facilitators")),
        (_("Penerima"), found.text("beneficiaries")),
        (_("Pencatatan aset"), found.text("asset_note")),
        (_("Rencana"), found.text("plans")),
    )
    return ({"label": label, "value": value} for label, value in rows if value)


def _published(figure: Any) -> dict[str, str]:
    return {
        "value": figure.text("value"),
        "label": figure.text("label"),
        "note": figure.text("note"),
        "source": figure.source,
        "published": partial_day(figure.published),
    }
