"""Programs and their aid types, as administrators keep them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from programs.models import AidType, Program
from programs.models.programs import ProgramState
from regions.actions import mark_stale
from regions.codes import Level
from regions.models import Region

# What counts of an aid type in figures that are there already: fixed once something uses it.
FIXED_ONCE_USED = ("unit", "kind")


def found(*, by: User | None, **values: Any) -> Program:
    """A new program, planned until somebody runs it; `values` are fields of `Program`."""
    program = Program(state=ProgramState.PLANNED, **values)
    with perform(program, "found", by=by):
        pass
    return program


def edit_program(*, program: Program, by: User | None, **values: Any) -> Program:
    """Change a program's texts; its code and region stay."""
    with perform(program, "edit", by=by) as act:
        act.data["fields"] = _write(act.subject, values)
    return act.subject  # type: ignore[no-any-return]


def run(*, program: Program, by: User | None, reason: str = "") -> Program:
    with perform(program, "run", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def pause_program(*, program: Program, by: User | None, reason: str) -> Program:
    with perform(program, "pause", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def end_program(*, program: Program, by: User | None, reason: str) -> Program:
    with perform(program, "end", by=by, reason=reason) as act:
        pass
    return act.subject  # type: ignore[no-any-return]


def is_used(aid_type: AidType) -> bool:
    """Whether anything counts in this aid type."""
    relations = AidType._meta.related_objects
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: aid_type}).exists()  # type: ignore[union-attr]
        for relation in relations
    )


@transaction.atomic
def add_aid_type(*, program: Program, by: User | None, **values: Any) -> AidType:
    """A new aid type; its code is new within the program."""
    with perform(program, "edit", by=by, aid_type=values["code"]):
        try:
            with transaction.atomic():
                return AidType.objects.create(program=program, **values)
        except IntegrityError as error:
            raise _refusal(error) from error


@transaction.atomic
def edit_aid_type(*, aid_type: AidType, by: User | None, **values: Any) -> AidType:
    """Change an aid type. Its unit and kind stay once something counts in them."""
    with perform(aid_type.program, "edit", by=by, aid_type=aid_type.code) as act:
        subject = AidType.objects.select_for_update().get(pk=aid_type.pk)
        changed = _write(subject, values)
        act.data["fields"] = changed
        fixed = next((name for name in FIXED_ONCE_USED if name in changed), None)
        if fixed and is_used(subject):
            raise Refused(
                _("Sudah ada kebutuhan atau komitmen yang dihitung begini. Buat bentuk bantuan baru."),
                field=fixed,
            )
        try:
            with transaction.atomic():
                subject.save()
        except IntegrityError as error:
            raise _refusal(error) from error
        if "guide_value" in changed:
            cities = Region.objects.within(act.subject.region_id).filter(
                level__in=(Level.PROVINCE, Level.CITY)
            )
            mark_stale("", *cities.values_list("code", flat=True))
    return subject


def _refusal(error: IntegrityError) -> Refused:
    if "aid_type_code_once" in str(error):
        return Refused(_("Kode ini sudah dipakai di program ini."), field="code")
    if "aid_type_of_money" in str(error):
        return Refused(_("Uang dihitung dalam rupiah: nilai acuannya 1."), field="guide_value")
    raise error


def _write(subject: Any, values: dict[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, values[name])
    return changed
