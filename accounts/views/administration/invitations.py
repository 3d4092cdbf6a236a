"""Inviting people, and the invitations that wait."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.actions import may
from accounts.actions.invitations import Sent, invite, resend, revoke
from accounts.forms.appointment import InvitationForm
from accounts.forms.filters import InvitationFilters
from accounts.http import performing
from accounts.mail import mail_link
from accounts.models import Invitation, InvitationState
from accounts.queries import reach
from accounts.roles import Permission
from accounts.views.administration.frame import administering, frame, page_of, who

manages = administering(Permission.PEOPLE_MANAGE)


@manages
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    return _list(request)


@manages
@require_http_methods(["GET", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    by = who(request)
    # Links of other pages ask for a role at a place that is known already.
    asked = {name: request.GET[name] for name in ("role", "place") if name in request.GET}
    form = InvitationForm(request.POST if request.method == "POST" else None, by=by, initial=asked)
    status = 200
    if form.is_bound and form.wants_places:
        form.search_only()
    elif form.is_bound:
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                sent = invite(
                    name=form.cleaned_data["name"],
                    post=form.post(),
                    by=by,
                    language=get_language() or "id",
                    **form.cleaned_data["contact"],
                )
            if attempt.done:
                return _after(request, sent)
            status = attempt.status
    return render(
        request, "administration/invite.html", frame(request, "invitations", form=form), status=status
    )


@manages
@require_POST
def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    with performing(request) as attempt:
        sent = resend(invitation=_invitation(request, pk), by=who(request))
    return _after(request, sent) if attempt.done else _list(request, attempt.status)


@manages
@require_POST
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    with performing(request) as attempt:
        revoke(invitation=_invitation(request, pk), by=who(request))
    if attempt.done:
        messages.success(request, _("Undangan sudah dicabut."))
        return redirect("invitations")
    return _list(request, attempt.status)


def _after(request: HttpRequest, sent: Sent) -> HttpResponse:
    invitation = sent.invitation
    if not invitation.email:
        messages.success(request, _("Sekarang buatkan kode masuknya; tugasnya mulai saat kode dipakai."))
        return redirect("person", pk=invitation.user_id)
    if mail_link(request, sent):
        messages.success(request, _("Undangan sudah dikirim ke %(email)s.") % {"email": invitation.email})
    return redirect("invitations")


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(reach.invitations(who(request)), pk=pk)


def _list(request: HttpRequest, status: int = 200) -> HttpResponse:
    by = who(request)
    filters = InvitationFilters(request.GET)
    values = filters.values
    rows = reach.invitations(by).select_related("region", "site", "organisation", "user", "invited_by")
    rows = rows.filter(_state(values["state"]))
    if text := values["q"].strip():
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    page = page_of(request, rows)
    verbs = Invitation.VERBS
    context = {
        "page": page,
        "lines": [
            {
                "row": row,
                "may_resend": row.state in verbs["resend"].sources and may(by, verbs["resend"], row),
                "may_revoke": row.state in verbs["revoke"].sources and may(by, verbs["revoke"], row),
            }
            for row in page
        ],
        "filters": filters,
        "narrowed": any(values.values()),
    }
    return render(
        request, "administration/invitations.html", frame(request, "invitations", **context), status=status
    )


def _state(asked: str) -> Q:
    now = clock.now()
    if asked == "lapsed":
        return Q(state=InvitationState.OPEN, expires_at__lte=now)
    if asked == InvitationState.OPEN:
        return Q(state=InvitationState.OPEN, expires_at__gt=now)
    return Q(state=asked) if asked else Q()
