"""People: the list, one person, appointing them, changing and ending what they hold."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import may
from accounts.actions.appointments import appoint, end, prolong
from accounts.actions.people import correct, deactivate, keeps, reactivate
from accounts.actions.sign_in_codes import may_issue
from accounts.forms.appointment import AppointmentForm, ReasonForm, TermForm
from accounts.forms.filters import PeopleFilters
from accounts.forms.people import PersonForm
from accounts.http import performing
from accounts.models import (
    Assignment,
    AssignmentMove,
    Invitation,
    InvitationMove,
    KeptPerson,
    Move,
    PersonMove,
    SignInCodeMove,
    User,
)
from accounts.queries import reach
from accounts.queries.people import listed, shown_assignments
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.views.administration.frame import JOURNAL, administering, frame, page_of, timeline, who

manages = administering(Permission.PEOPLE_MANAGE)
looks_after = administering(Permission.PEOPLE_MANAGE, Permission.CODE_ISSUE)


@looks_after
@require_safe
def administration(request: HttpRequest) -> HttpResponseRedirect:
    """Administration begins with people."""
    return redirect("people")


@looks_after
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    by = who(request)
    manager = Scope.of(by).may(Permission.PEOPLE_MANAGE)
    areas = reach.parts(by, Permission.PEOPLE_MANAGE if manager else Permission.CODE_ISSUE)
    filters = PeopleFilters(request.GET, areas)
    page = page_of(request, listed(by, filters.values))
    context = {
        "page": page,
        "filters": filters,
        "narrowed": any(filters.values.values()),
        "may_invite": manager,
    }
    return render(request, "administration/people.html", frame(request, "people", **context))


@looks_after
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return person_page(request, _person(request, pk))


@manages
@require_http_methods(["GET", "POST"])
def appoint_person(request: HttpRequest, pk: int) -> HttpResponse:
    by, subject = who(request), _person(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AppointmentForm(data, by=by)
    status = 200
    if form.is_bound and form.wants_places:
        form.search_only()
    elif form.is_bound:
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                appoint(user=subject, post=form.post(), by=by)
            if attempt.done:
                messages.success(request, _("%(name)s sudah ditugaskan.") % {"name": subject.name})
                return redirect("person", pk=subject.pk)
            status = attempt.status
    context = frame(request, "people", person=subject, form=form)
    return render(request, "administration/appoint.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def change_term(request: HttpRequest, pk: int) -> HttpResponse:
    by, assignment = who(request), _assignment(request, pk)
    form = TermForm(request.POST if request.method == "POST" else None, initial={"ends": assignment.ends})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            prolong(
                assignment=assignment,
                ends=form.cleaned_data["ends"],
                reason=form.cleaned_data["reason"],
                by=by,
            )
        if attempt.done:
            messages.success(request, _("Masa tugas sudah diubah."))
            return redirect("person", pk=assignment.user_id)
        status = attempt.status
    context = frame(request, "people", person=assignment.user, assignment=assignment, form=form)
    return render(request, "administration/term.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def end_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            end(assignment=assignment, reason=form.cleaned_data["reason"], by=who(request))
        if attempt.done:
            messages.success(request, _("Tugas sudah diakhiri."))
            return redirect("person", pk=assignment.user_id)
        status = attempt.status
    context = frame(request, "people", person=assignment.user, assignment=assignment, form=form)
    return render(request, "administration/end.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def correct_person(request: HttpRequest, pk: int) -> HttpResponse:
    by, subject = who(request), _person(request, pk)
    initial = {"name": subject.name, "phone": subject.phone_readable}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            correct(user=subject, by=by, **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("person", pk=subject.pk)
        status = attempt.status
    context = frame(request, "people", person=subject, form=form)
    return render(request, "administration/person_form.html", context, status=status)


def _verb(action: Callable[..., User], said: str | Promise) -> Callable[..., HttpResponse]:
    @manages
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        subject = _person(request, pk)
        with performing(request) as attempt:
            action(user=subject, by=who(request), reason=request.POST.get("reason", ""))
        if attempt.done:
            messages.success(request, str(said))
            return redirect("person", pk=subject.pk)
        return person_page(request, subject, attempt.status)

    return view


deactivate_person = _verb(
    deactivate, gettext_lazy("Akun dinonaktifkan. Orangnya sudah keluar dari semua perangkat.")
)
reactivate_person = _verb(reactivate, gettext_lazy("Akun aktif lagi."))


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(reach.people(who(request)), pk=pk)


def _assignment(request: HttpRequest, pk: int) -> Assignment:
    rows = reach.assignments(who(request)).select_related("user", "region", "site", "organisation", "area")
    return get_object_or_404(rows, pk=pk)


def person_page(request: HttpRequest, subject: User, status: int = 200) -> HttpResponse:
    by = who(request)
    rows = shown_assignments(by, subject)
    verbs = Assignment.VERBS
    asked = list(reach.invitations(by).filter(user=subject).select_related("region", "site", "organisation"))
    context: dict[str, Any] = {
        "person": subject,
        "phone": subject.phone_readable,
        "held": [
            {
                "row": row,
                "may_prolong": may(by, verbs["prolong"], row),
                "may_end": may(by, verbs["end"], row),
            }
            for row in rows
            if not row.is_over
        ],
        "past": [row for row in rows if row.is_over],
        "waiting": [row for row in asked if row.is_open and not row.email],
        "moves": timeline(_moves(by, rows, asked, subject), _told),
        "may_appoint": Scope.of(by).may(Permission.PEOPLE_MANAGE),
        "may_issue": may_issue(user=subject, by=by),
        "verbs": _verbs(by, subject),
    }
    return render(request, "administration/person.html", frame(request, "people", **context), status=status)


def _verbs(by: User, subject: User) -> set[str]:
    """What `by` may do with the account itself; nobody switches off their own."""
    if not Scope.of(by).may(Permission.PEOPLE_MANAGE) or not keeps(user=subject, by=by):
        return set()
    state = KeptPerson(is_active=subject.is_active).state
    own = {"deactivate"} if subject.pk == by.pk else set()
    return {verb.name for verb in KeptPerson.VERBS.possible(state)} - own


def _moves(by: User, rows: list[Assignment], asked: list[Invitation], subject: User) -> list[Move]:
    places = ("subject__region", "subject__site", "subject__organisation")
    invited = InvitationMove.objects.filter(subject__in=asked).select_related(*JOURNAL, "subject", *places)
    appointed = AssignmentMove.objects.filter(subject__in=rows).select_related(*JOURNAL, "subject", *places)
    codes = SignInCodeMove.objects.filter(
        subject__user=subject,
        subject__area__in={row.area_id for row in rows} | {row.area_id for row in asked},
    ).select_related(*JOURNAL)
    kept = PersonMove.objects.filter(subject=subject.pk).select_related(*JOURNAL)
    return [*invited, *appointed, *codes, *kept]


def _told(move: Move) -> str:
    if isinstance(move, AssignmentMove | InvitationMove):
        return f"{move.done}: {move.subject.get_role_display()} {move.subject.place}"
    return str(move.done)
