"""Administration of programs and aid types."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import may
from accounts.http import performing
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.views.administration.frame import JOURNAL, administering, frame, timeline, who
from programs.actions.programs import (
    add_aid_type,
    edit_aid_type,
    edit_program,
    end_program,
    found,
    pause_program,
    run,
)
from programs.administration_forms import AidTypeForm, NewAidTypeForm, NewProgramForm, ProgramForm
from programs.models import Program
from programs.queries.kept import kept

manages = administering(Permission.PROGRAM_MANAGE)


@manages
@require_safe
def kept_programs(request: HttpRequest) -> HttpResponse:
    grants = Scope.of(request.user).with_permission(Permission.PROGRAM_MANAGE)
    context = {"programs": list(kept(who(request))), "may_found": any(not grant.program for grant in grants)}
    return render(request, "administration/programs.html", frame(request, "program_admin", **context))


@manages
@require_safe
def kept_program(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _program(request, code))


@manages
@require_http_methods(["GET", "POST"])
def found_program(request: HttpRequest) -> HttpResponse:
    form = NewProgramForm(request.POST if request.method == "POST" else None, by=who(request))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            program = found(by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(
                request, _("Program sudah ditambahkan. Tambahkan bentuk bantuannya, lalu jalankan.")
            )
            return redirect("kept_program", code=program.code)
        status = attempt.status
    context = frame(request, "program_admin", form=form)
    return render(request, "administration/program_form.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def edit_kept_program(request: HttpRequest, code: str) -> HttpResponse:
    program = _program(request, code)
    # The form writes into a copy: the action compares with, and writes, the locked row.
    form = ProgramForm(request.POST if request.method == "POST" else None, instance=_program(request, code))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            edit_program(program=program, by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("kept_program", code=code)
        status = attempt.status
    context = frame(request, "program_admin", form=form, program=program)
    return render(request, "administration/program_form.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def new_aid_type(request: HttpRequest, code: str) -> HttpResponse:
    program = _program(request, code)
    form = NewAidTypeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            add_aid_type(program=program, by=who(request), **form.facts())
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("kept_program", code=code)
        status = attempt.status
    context = frame(request, "program_admin", form=form, program=program)
    return render(request, "administration/aid_type_form.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def change_aid_type(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    program = _program(request, code)
    aid_type = get_object_or_404(program.aid_types.select_related("program"), pk=pk)
    form = AidTypeForm(
        request.POST if request.method == "POST" else None, instance=program.aid_types.get(pk=aid_type.pk)
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            edit_aid_type(aid_type=aid_type, by=who(request), **form.facts())
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("kept_program", code=code)
        status = attempt.status
    context = frame(request, "program_admin", form=form, program=program, aid_type=aid_type)
    return render(request, "administration/aid_type_form.html", context, status=status)


def _verb(action: Callable[..., Program]) -> Callable[..., HttpResponse]:
    @manages
    @require_POST
    def view(request: HttpRequest, code: str) -> HttpResponse:
        program = _program(request, code)
        with performing(request) as attempt:
            action(program=program, by=who(request), reason=request.POST.get("reason", ""))
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("kept_program", code=code)
        return _page(request, program, attempt.status)

    return view


run_program = _verb(run)
pause_kept_program = _verb(pause_program)
end_kept_program = _verb(end_program)


def _program(request: HttpRequest, code: str) -> Program:
    return get_object_or_404(kept(who(request)), pk=code)


def _page(request: HttpRequest, program: Program, status: int = 200) -> HttpResponse:
    by = who(request)
    context = {
        "program": program,
        "aid_types": list(program.aid_types.all()),
        "moves": timeline(program.moves.select_related(*JOURNAL)),
        "verbs": {verb.name for verb in Program.VERBS.possible(program.state) if may(by, verb, program)},
    }
    return render(
        request, "administration/program.html", frame(request, "program_admin", **context), status=status
    )
