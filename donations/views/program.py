"""The page of a program: the facts of its slide, from data, and its figures, from live counters and published rows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import clock
from donations.assets.models import Asset
from donations.statistics.definitions import PEOPLE_KIND
from donations.statistics.queries import Reading, reading_of
from donations.statistics.rows.question import Question
from donations.statistics.wording import linked
from programs.models import AidType, Need, PeopleKind, Program, ProgramMove
from programs.models.programs import ProgramState
from programs.preview.spec import leading, program_preview
from programs.queries import AidFigures, figures_by_aid_type, first_in_order
from programs.wording import aid_in_sentence, figure_of, need_row, partial_day, quantity_in_unit
from regions import notation
from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def program(request: HttpRequest, code: str) -> HttpResponse:
    """What a program gives, how far each form of aid is, where it is most urgent, what was published of it."""
    found = get_object_or_404(Program, code=code)
    needs = Need.objects.public().filter(program=found)
    told = figures_by_aid_type(needs)
    sums = {aid.pk: figures for aid, figures in told}
    forms = [_form(aid, sums.get(aid.pk)) for aid in found.aid_types.filter(is_active=True)]
    reading = reading_of(found.code)
    context = {
        "program": found,
        "summary": found.text("summary"),
        "facts": [*_facts(found), *_assets(found)],
        "forms": forms,
        "leading": _leading(forms),
        "open_needs": sum(figures.open_needs for figures in sums.values()),
        "urgent": [need_row(need) for need in first_in_order(Need.objects.open().filter(program=found), 5)],
        "figures": list(_figures(found, reading)),
        "figures_as_of": reading.as_of,
        "published": [_published(figure) for figure in found.published_figures.all()],
        "journey": list(_journey(found)),
        "preview": program_preview(found, *leading(told)),
        "as_of": clock.now(),
    }
    return render(request, "donations/program.html", context)


def _figures(found: Program, reading: Reading) -> Iterable[dict[str, str]]:
    """The slide's numbers as this platform counts them, each leading to its rows; nothing before the first count."""
    if reading.as_of is None:
        return
    places = {city for city, *_rest in reading.values}

    def figure(measure: str, label: str, write: Callable[[int], str] = notation.number) -> dict[str, str]:
        href = Question(measure, program=found.code).href
        # An amount in words may break its line on a phone.
        value = write(reading.total(places, measure)).replace(notation.NBSP, " ")
        return {"value": value, "label": label, "href": href}

    yield figure("collaborators_province", pgettext("count", "kolaborator"))
    yield figure("commitments", _("komitmen diterima asesor"))
    yield figure("committed_value", _("nilai komitmen"), notation.rupiah_short)
    yield figure("verified_value", _("sampai dan terverifikasi"), notation.rupiah_short)
    yield figure("rw_reached", _("RW terjangkau"))
    people = reading.split(places, "people_reached", PEOPLE_KIND)
    for kind, count in sorted(people.items(), key=lambda pair: -pair[1])[:3]:
        label = _("%(people)s terjangkau") % {"people": dict(PeopleKind.choices).get(kind, kind)}
        href = Question("people_reached", program=found.code, people=kind).href
        yield {"value": notation.number(count), "label": label, "href": href}


def _journey(found: Program) -> Iterable[dict[str, Any]]:
    """When it began, each pause and each new start on this platform, and what is planned next."""
    if found.launched:
        is_planned = found.state == ProgramState.PLANNED
        label = _("Rencana mulai: %(day)s") if is_planned else _("Mulai: %(day)s")
        yield {"label": label % {"day": partial_day(found.launched)}, "next": is_planned}
    turns = ProgramMove.objects.filter(subject=found, verb__in=("pause", "run", "end"))
    for move in turns.order_by("at", "pk"):
        yield {"label": Program.VERBS[move.verb].done, "moment": move.at}
    if plans := found.text("plans"):
        yield {"label": _("Berikutnya"), "detail": plans, "next": True}


def _form(aid: AidType, figures: AidFigures | None) -> dict[str, Any]:
    row: dict[str, Any] = {"aid": aid, "figures": figures}
    if figures:
        row["coverage"] = figures.coverage_in(aid.unit_name)
        for part, measure in (("target", "target"), ("reserved", "allocated"), ("received", "delivered")):
            row[part] = linked(
                figure_of(aid, getattr(figures, part)), Question(measure, aid.program_id, aid).href
            )
        row["missing"] = quantity_in_unit(aid, figures.missing)
        row["missing_rows"] = f"{reverse('needs')}?program={aid.program_id}&bantuan={aid.pk}"
        row["share_rows"] = Question("delivered", aid.program_id, aid, of="target").href
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


def _assets(found: Program) -> Iterable[dict[str, str]]:
    """How many lasting things of it are recorded, which leads to their counts by city; nothing where there are none."""
    if count := Asset.objects.listed().filter(program=found).aggregate(count=Sum("count"))["count"]:
        written = ngettext("%(n)s barang", "%(n)s barang", count) % {"n": notation.number(count)}
        yield {
            "label": _("Tercatat sebagai aset"),
            "value": written,
            "href": f"{reverse('open_data')}#assets",
        }


def _published(figure: Any) -> dict[str, str]:
    return {
        "value": figure.text("value"),
        "label": figure.text("label"),
        "note": figure.text("note"),
        "source": figure.source,
        "published": partial_day(figure.published),
    }
