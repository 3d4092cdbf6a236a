"""The officers' lists, and answering several commitments at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import OutOfReach
from accounts.http import MemberRequest
from accounts.roles import Permission
from accounts.scope import Scope
from donations.desk import lists, mine
from donations.pledges import actions
from donations.pledges.models import Commitment
from donations.pledges.views.officers import back_of

PAGE = 25


@require_POST
def desk_accept(request: MemberRequest) -> HttpResponse:
    """Accept all of several commitments; says of each what came of it."""
    if not Scope.of(request.user).may(Permission.COMMITMENT_ANSWER):
        raise PermissionDenied
    keys = {int(key) for key in request.POST.getlist("ikrar")[:PAGE] if key.isdecimal() and len(key) < 16}
    back = back_of(request, reverse("desk"))
    if not keys:
        messages.warning(request, _("Pilih dulu ikrar yang akan diterima."))
        return redirect(back)
    done = []
    for item in Commitment.objects.visible_to(request.user).filter(pk__in=keys).order_by("pk"):
        try:
            actions.accept(commitment=item, by=request.user)
            done.append(item.number)
        except OutOfReach as error:
            raise Http404 from error
        except (PermissionDenied, ValidationError) as error:
            why = " ".join(getattr(error, "messages", [])) or _("Peran Anda tidak dapat menerima ikrar ini.")
            messages.error(request, f"{item.number}: {why}")
    if done:
        told = ngettext("%(n)s ikrar diterima: %(list)s.", "%(n)s ikrar diterima: %(list)s.", len(done))
        messages.success(request, told % {"n": len(done), "list": ", ".join(done)})
    return redirect(back)


@require_GET
def desk_needs(request: MemberRequest) -> HttpResponse:
    """Needs in reach, drafts included."""
    _officer(request, Permission.NEED_SEE)
    filters = lists.NeedFilters(request.GET)
    page = Paginator(lists.needs(request.user, filters), PAGE).get_page(request.GET.get("hal"))
    may_draft = Scope.of(request.user).may(Permission.NEED_DRAFT)
    return render(request, "desk/needs.html", {"filters": filters, "page": page, "may_draft": may_draft})


@require_GET
def desk_commitments(request: MemberRequest) -> HttpResponse:
    """Commitments in reach."""
    scope = _officer(request, Permission.COMMITMENT_SEE)
    filters = lists.CommitmentFilters(request.GET)
    found = lists.commitments(Commitment.objects.visible_to(request.user), filters)
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    shown = [(item, mine.next_step(item, scope)) for item in page]
    return render(request, "desk/commitments.html", {"filters": filters, "page": page, "rows": shown})


def _officer(request: MemberRequest, permission: Permission) -> Scope:
    scope = Scope.of(request.user)
    if not scope.may(permission):
        raise PermissionDenied
    return scope
