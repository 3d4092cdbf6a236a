"""The leading figure, the five figures, and who was reached."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.definitions import DISTRICT, MEASURES, PEOPLE_KIND, TOTAL
from donations.statistics.rows import Question
from donations.statistics.wording import linked, points
from programs.models import PeopleKind
from programs.models.programs import AidKind
from programs.wording import in_sentence
from regions import notation

SWATCHES = ("target", "c", "al", "d", "v")


def lead(sheet: Sheet) -> dict[str, Any]:
    """The leading figure: what is verified, and (over all time) its share of the target."""
    target, verified = sheet.here("target"), sheet.here("verified")
    share = "" if sheet.since else notation.percent(verified, target) or ""
    coverage = points(sheet.coverage(sheet.shown, sheet.district))
    return {
        "value": sheet.write(verified),
        "href": sheet.rows("verified"),
        "target": sheet.write(target),
        "share": share,
        # The same within a sentence of a page that leads to the rows.
        "linked": {
            "target": linked(sheet.write(target), sheet.rows("target")),
            "share": linked(share, _share_of_target(sheet, "verified")),
            "coverage": linked(coverage, sheet.question("coverage")),
        },
        "bar": sheet.bar(sheet.shown, sheet.district),
        "measure": sheet.measure("verified"),
        "is_money": sheet.aid is None or sheet.aid.kind == AidKind.MONEY,
    }


def figures(sheet: Sheet) -> list[dict[str, Any]]:
    """The five figures, each with its definition's anchor, its rows and a second line; arguments of figs.html."""
    target, committed, allocated, delivered, verified = (sheet.here(step) for step in STEPS)
    needs = sheet.count("needs", sheet.shown, sheet.district)
    in_needs = ngettext("dalam %(count)s kebutuhan", "dalam %(count)s kebutuhan", needs)
    notes = (
        {"note": in_needs % {"count": notation.number(needs)}, "note_href": sheet.question("needs")},
        _of_commitments(sheet, committed, allocated),
        _of_target(sheet, "allocated", allocated, target),
        _of_target(sheet, "delivered", delivered, target),
        {
            "note": _("%(waiting)s menunggu diperiksa")
            % {"waiting": sheet.write(max(delivered - verified, 0))},
            "note_href": sheet.rows("unverified"),
        },
    )
    values = [target, committed, allocated, delivered, verified]
    return [
        {
            "value": sheet.write(value),
            "href": sheet.rows(step),
            "label": in_sentence(str(MEASURES[step].label)),
            "term": sheet.measure(step).anchor,
            "swatch": swatch,
            **note,
        }
        for step, swatch, value, note in zip(STEPS, SWATCHES, values, notes, strict=True)
    ]


def _of_commitments(sheet: Sheet, committed: int, allocated: int) -> dict[str, str]:
    """Of how many collaborators (told of cities and of the province), and what no need has; over all time."""
    if sheet.since:
        return {"note": _("diterima dalam masa ini")}
    rest = _("%(rest)s belum dialokasikan") % {"rest": sheet.write(max(committed - allocated, 0))}
    if sheet.district:
        return {"note": rest, "note_href": sheet.rows("unallocated")}
    collaborators = (
        sheet.count("collaborators", [sheet.city])
        if sheet.city
        else sheet.count("collaborators_province", sheet.reading.unplaced)
    )
    words = ngettext(
        "dari %(collaborators)s kolaborator", "dari %(collaborators)s kolaborator", collaborators
    )
    return {
        "note": words % {"collaborators": notation.number(collaborators)},
        "note_href": sheet.question("collaborators" if sheet.city else "collaborators_province"),
        "more": rest,
        "more_href": sheet.rows("unallocated"),
    }


def _of_target(sheet: Sheet, step: str, value: int, target: int) -> dict[str, str]:
    if sheet.since:
        return {"note": _("dalam masa ini")}
    share = notation.percent(value, target)
    if share is None:
        return {"note": _("belum ada target")}
    return {"note": _("%(share)s dari target") % {"share": share}, "note_href": _share_of_target(sheet, step)}


def _share_of_target(sheet: Sheet, step: str) -> str:
    """The rows of a step, opened as a share of the target."""
    return sheet.rows(step, of=sheet.measure("target").name)


def reach(sheet: Sheet) -> list[dict[str, Any]]:
    """Who was reached, over the whole program and all time; arguments of figs.html."""
    along, key = (DISTRICT, sheet.district) if sheet.district else (TOTAL, "")

    def total(measure: str) -> int:
        return sheet.reading.total(sheet.shown, measure, along, key)

    found = [
        _figure(sheet, "rw_reached", total("rw_reached"), _("RW terjangkau"),
                _("dari %(count)s RW yang punya target") % {"count": notation.number(total("rw_targeted"))},
                note_of="rw_targeted"),
        _figure(sheet, "handovers_verified", total("handovers_verified"), _("BAST terverifikasi"),
                _("%(count)s menunggu diperiksa") % {"count": notation.number(total("handovers_waiting"))},
                note_of="handovers_waiting"),
    ]  # fmt: skip
    kinds, people = dict(PeopleKind.choices), _people(sheet)
    for kind, value in sorted(people.items(), key=lambda pair: (-pair[1], pair[0])):
        label = _("%(people)s terjangkau") % {"people": kinds.get(kind, kind)}
        note = _("bisa terhitung lebih dari satu kali")
        found.append(_figure(sheet, "people_reached", value, label, note, people=kind))
    return found


def _people(sheet: Sheet) -> dict[str, int]:
    if not sheet.district:
        return sheet.reading.split(sheet.shown, "people_reached", PEOPLE_KIND)
    found = sheet.reading.split(sheet.shown, "people_reached", f"{DISTRICT}:{PEOPLE_KIND}")
    return {
        key.rpartition(":")[2]: value for key, value in found.items() if key.startswith(f"{sheet.district}:")
    }


def _figure(
    sheet: Sheet, measure: str, value: int, label: str, note: str, people: str = "", note_of: str = ""
) -> dict[str, Any]:
    """`note_of`: the measure whose number the note says."""
    asked = Question(measure, sheet.program, place=sheet.district or sheet.city, people=people)
    return {
        "value": notation.number(value),
        "href": asked.href,
        "label": label,
        "note": note,
        "note_href": asked.but(measure=note_of).href if note_of else "",
        "term": MEASURES[measure].anchor,
    }
