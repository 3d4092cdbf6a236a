"""One's own organisation: profile, members, invitations."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.actions import may, members
from accounts.forms.members import MemberForm, ProfileForm
from accounts.http import MemberRequest, performing
from accounts.mail import mail_link
from accounts.models import Assignment, Invitation, InvitationState, Organisation
from accounts.roles import ORGANISATION_ROLES, Permission, Standing
from accounts.scope import Scope


@never_cache
@require_safe
def own_organisations(request: MemberRequest) -> HttpResponse:
    """The organisations of which one is a member; with one only, that one."""
    found = list(_own(request))
    if len(found) == 1:
        return redirect("own_organisation", pk=found[0].pk)
    return render(request, "accounts/own_organisations.html", {"organisations": found})


@never_cache
@require_safe
def own_organisation(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(_own(request), pk=pk)
    held = organisation.assignments.in_force().select_related("user").order_by("starts", "pk")
    grant = Scope.of(request.user).grant_for(Permission.MEMBER_MANAGE, organisation)
    mine = Standing(grant.standing) if grant and grant.standing else None
    rows = [_member(request, one, mine) for one in held]
    context = {
        "organisation": organisation,
        "rows": rows,
        "own": next((row["row"] for row in rows if row["is_me"]), None),
        "heirs": [row["row"] for row in rows if not row["is_me"]] if mine is Standing.OWNER else [],
        "calls": _calls(organisation) if mine else [],
        "may_manage": mine is not None,
        "public_url": reverse("collaborator", args=[organisation.pk]) if organisation.is_presented else "",
    }
    return render(request, "accounts/own_organisation.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def profile(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(_own(request), pk=pk)
    if not may(request.user, Organisation.VERBS["present"], organisation):
        raise PermissionDenied
    posted = request.method == "POST"
    # A copy for the form, so that what was refused does not show in the heading.
    form = ProfileForm(
        request.POST if posted else None, request.FILES if posted else None,
        instance=Organisation.objects.get(pk=pk),
    )  # fmt: skip
    status = 422 if posted else 200
    if posted and form.is_valid():
        with performing(request, form) as attempt:
            members.present(organisation=organisation, by=request.user, **form.values())
        if attempt.done:
            messages.success(request, _("Profil sudah disimpan."))
            return redirect("own_organisation", pk=pk)
        status = attempt.status
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/organisation_profile.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(_own(request), pk=pk)
    grant = Scope.of(request.user).grant_for(Permission.MEMBER_MANAGE, organisation)
    if grant is None:
        raise PermissionDenied
    form = MemberForm(request.POST if request.method == "POST" else None, mine=Standing(grant.standing))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            sent = members.invite_member(
                organisation=organisation,
                by=request.user,
                language=get_language() or "id",
                **form.cleaned_data,
            )
        if attempt.done:
            return _mailed(request, sent, organisation.pk)
        status = attempt.status
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/invite_member.html", context, status=status)


@never_cache
@require_POST
def member_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """What is done to a member (rank, dismiss, hand_over) or by oneself (leave)."""
    found = get_object_or_404(Assignment.objects.in_force(), pk=pk, organisation__in=_own(request))
    acts: dict[str, Callable[[], Any]] = {
        "rank": lambda: members.rank(
            assignment=found, by=request.user, standing=_standing(request.POST.get("standing", ""))
        ),
        "dismiss": lambda: members.dismiss(
            assignment=found, by=request.user, reason=request.POST.get("reason", "")
        ),
        "leave": lambda: members.leave(assignment=found, by=request.user),
        "hand_over": lambda: members.hand_over(own=_mine(request, found), to=found, by=request.user),
    }
    if verb not in acts:
        raise Http404
    with performing(request) as attempt:
        acts[verb]()
    if attempt.done:
        messages.success(request, f"{Assignment.VERBS[verb].done}.")
    request.user.__dict__.pop("_scope", None)
    if verb == "leave" and attempt.done:
        return redirect("account")
    return redirect("own_organisation", pk=found.organisation_id)


@never_cache
@require_POST
def call_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Send an invitation again, or take it back."""
    found = get_object_or_404(Invitation, pk=pk, organisation__in=_own(request))
    assert found.organisation_id is not None  # it is of one of mine
    if verb == "renew":
        with performing(request) as attempt:
            sent = members.renew(invitation=found, by=request.user)
        if attempt.done:
            return _mailed(request, sent, found.organisation_id)
    elif verb == "withdraw":
        with performing(request) as attempt:
            members.withdraw(invitation=found, by=request.user)
        if attempt.done:
            messages.success(request, _("Undangan sudah dicabut."))
    else:
        raise Http404
    return redirect("own_organisation", pk=found.organisation_id)


def _own(request: MemberRequest) -> Any:
    keys = Scope.of(request.user).organisations(*ORGANISATION_ROLES)
    return Organisation.objects.filter(pk__in=keys).order_by("name", "pk")


def _mine(request: MemberRequest, other: Assignment) -> Assignment:
    return get_object_or_404(
        Assignment.objects.in_force(), user=request.user, organisation=other.organisation_id, role=other.role
    )


def _standing(text: str) -> str:
    if text not in [one.value for one in Standing]:
        raise Http404
    return text


def _member(request: MemberRequest, row: Assignment, mine: Standing | None) -> dict[str, Any]:
    """A line of the list, with what this person may do about it."""
    standing = Standing(row.standing or Standing.MEMBER)
    is_me = row.user_id == request.user.pk
    under = mine is not None and not is_me and standing in members.UNDER.get(mine, ())
    others = {Standing.MEMBER: Standing.ADMIN, Standing.ADMIN: Standing.MEMBER}
    to = others.get(standing) if mine is Standing.OWNER and not is_me else None
    return {
        "row": row,
        "is_me": is_me,
        "standing": standing.label,
        "may_dismiss": under,
        "rank_to": to,
        "rank_label": _("Jadikan %(standing)s") % {"standing": to.label} if to else "",
        "may_inherit": mine is Standing.OWNER and not is_me and standing is not Standing.OWNER,
    }


def _calls(organisation: Organisation) -> list[Invitation]:
    waiting = organisation.invitations.filter(state=InvitationState.OPEN, created_at__lte=clock.now())
    return list(waiting.select_related("invited_by"))


def _mailed(request: MemberRequest, sent: Any, pk: int) -> HttpResponse:
    if mail_link(request, sent):
        messages.success(
            request, _("Undangan sudah dikirim ke %(email)s.") % {"email": sent.invitation.email}
        )
    return redirect("own_organisation", pk=pk)
