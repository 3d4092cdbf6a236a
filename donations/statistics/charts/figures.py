"""The leading figure, the five figures, and who was reached."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.definitions import (
    MEASURES,
    PEOPLE_KIND,
)
from donations.statistics.wording import (
    points,
)
from programs.models import PeopleKind
from programs.models.programs import AidKind
from regions import notation

SWATCHES = ("target", "c", "al", "d", "v")


def lead(sheet: Sheet) -> dict[str, Any]:
    """The leading figure: what is verified, and its share of the target."""
    target, verified = sheet.of("target", sheet.shown), sheet.of("verified", sheet.shown)
    return {
        "value": sheet.write(verified),
        "target": sheet.write(target),
        "share": notation.percent(verified, target) or "",
        "coverage": points(sheet.coverage(sheet.shown)),
        "bar": sheet.bar(sheet.shown),
        "measure": sheet.measure("verified"),
        "is_money": sheet.aid is None or sheet.aid.kind == AidKind.MONEY,
    }


def figures(sheet: Sheet) -> list[dict[str, Any]]:
    """The five figures, each with its definition's anchor and a second line; arguments of figs.html."""
    values = [sheet.of(step, sheet.shown) for step in STEPS]
    target, committed, allocated, delivered, verified = values
    if not sheet.city:
        committed += sheet.of("committed", sheet.reading.unplaced)
    needs = sheet.count("needs", sheet.shown)
    collaborators = (
        sheet.count("collaborators", [sheet.city])
        if sheet.city
        else sheet.count("collaborators_province", sheet.reading.unplaced)
    )
    words = {
        "collaborators": notation.number(collaborators),
        "rest": sheet.write(max(committed - allocated, 0)),
    }
    notes = (
        ngettext("dalam %(count)s kebutuhan", "dalam %(count)s kebutuhan", needs)
        % {"count": notation.number(needs)},
        ngettext(
            "dari %(collaborators)s kolaborator, %(rest)s belum dialokasikan",
            "dari %(collaborators)s kolaborator, %(rest)s belum dialokasikan",
            collaborators,
        )
        % words,
        _of_target(allocated, target),
        _of_target(delivered, target),
        _("%(waiting)s menunggu diperiksa") % {"waiting": sheet.write(max(delivered - verified, 0))},
    )
    values = [target, committed, allocated, delivered, verified]
    return [
        {
            "value": sheet.write(value),
            "label": _first_small(str(MEASURES[step].label)),
            "term": sheet.measure(step).anchor,
            "note": note,
            "swatch": swatch,
        }
        for step, swatch, value, note in zip(STEPS, SWATCHES, values, notes, strict=True)
    ]


def _of_target(value: int, target: int) -> str:
    share = notation.percent(value, target)
    if share is None:
        return _("belum ada target")
    return _("%(share)s dari target") % {"share": share}


def _first_small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def reach(sheet: Sheet) -> list[dict[str, Any]]:
    """Who was reached, over the whole program; arguments of figs.html."""
    total = sheet.reading.total
    targeted, waiting = (
        notation.number(total(sheet.shown, measure)) for measure in ("rw_targeted", "handovers_waiting")
    )
    kinds = dict(PeopleKind.choices)
    people = sheet.reading.split(sheet.shown, "people_reached", PEOPLE_KIND)
    found = [
        _figure(
            "rw_reached",
            total(sheet.shown, "rw_reached"),
            _("RW terjangkau"),
            _("dari %(count)s RW yang punya target") % {"count": targeted},
        ),
        _figure(
            "handovers_verified",
            total(sheet.shown, "handovers_verified"),
            _("BAST terverifikasi"),
            _("%(count)s menunggu diperiksa") % {"count": waiting},
        ),
    ]
    for kind, value in sorted(people.items(), key=lambda pair: (-pair[1], pair[0])):
        label = _("%(people)s terjangkau") % {"people": kinds.get(kind, kind)}
        found.append(_figure("people_reached", value, label, _("bisa terhitung lebih dari satu kali")))
    return found


def _figure(measure: str, value: int, label: str, note: str) -> dict[str, Any]:
    return {
        "value": notation.number(value),
        "label": label,
        "note": note,
        "term": MEASURES[measure].anchor,
    }
