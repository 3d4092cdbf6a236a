"""Loading programs from data."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import perform
from accounts.models import User
from programs.catalogue import Entry
from programs.models import AidType, Program, PublishedFigure
from regions.models import Region


@dataclass
class Loaded:
    """Codes of the programs that were founded, changed, or found as they should be."""

    founded: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def load_programs(entries: list[Entry], *, by: User | None = None) -> Loaded:
    """Found or change programs so that they are as the entries say; all or none.

    States are left alone, and so are programs and aid types that the entries do not name: those were
    founded in the administration pages. Figures that others published are replaced as a whole.
    Raises ValueError with one line a region that is not in the tree.
    """
    wanted = {entry.values["region"] for entry in entries}
    known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    if wanted - known:
        lines = [_("Wilayah %(code)s tidak ada.") % {"code": code} for code in sorted(wanted - known)]
        raise ValueError("\n".join(lines))
    loaded = Loaded()
    for entry in entries:
        _load(entry, by, loaded)
    return loaded


def _load(entry: Entry, by: User | None, loaded: Loaded) -> None:
    values = {("region_id" if name == "region" else name): value for name, value in entry.values.items()}
    program = Program.objects.filter(pk=values["code"]).first()
    if program is None:
        program = Program(**values)
        with perform(program, "found", by=by):
            _write_parts(program, entry)
        loaded.founded.append(program.code)
    elif _differs(program, values) or _parts_differ(program, entry):
        with perform(program, "edit", by=by, fields=_differs(program, values)) as act:
            for name, value in values.items():
                setattr(act.subject, name, value)
            _write_parts(act.subject, entry)
        loaded.changed.append(program.code)
    else:
        loaded.unchanged.append(program.code)


def _differs(row: Any, values: dict[str, Any]) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def _parts_differ(program: Program, entry: Entry) -> bool:
    aid_types = {aid_type.code: aid_type for aid_type in program.aid_types.all()}
    for values in entry.aid_types:
        aid_type = aid_types.get(values["code"])
        if aid_type is None or _differs(aid_type, values):
            return True
    figures = list(program.published_figures.all())
    return len(figures) != len(entry.figures) or any(
        _differs(figure, values) for figure, values in zip(figures, entry.figures, strict=True)
    )


def _write_parts(program: Program, entry: Entry) -> None:
    for values in entry.aid_types:
        AidType.objects.update_or_create(program=program, code=values["code"], defaults=values)
    program.published_figures.all().delete()
    PublishedFigure.objects.bulk_create(
        PublishedFigure(program=program, **values) for values in entry.figures
    )
