"""A collaborator's public page, for those who wish one: who they are, what they gave and what of it was checked."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import Organisation, OrganisationState
from donations.proofs import papers
from donations.proofs.queries.lists import shared_by
from donations.queries.collaborator import by_aid_type, by_need, row_of
from regions.public_version import known_parameters, public_page

PAGE_SIZE = 25
DAY = 60 * 60 * 24


@login_not_required
@require_safe
@public_page
@known_parameters("hal")
def collaborator(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(_presented(), pk=pk)
    page = Paginator(by_need(organisation), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "organisation": organisation,
        "lines": by_aid_type(organisation),
        "page": page,
        "rows": [row_of(one) for one in page],
        "proofs": [(one, papers.title_of(one)) for one in shared_by(organisation)],
        "crumbs": _crumbs(organisation),
        "as_of": clock.now(),
    }
    return render(request, "donations/collaborator.html", context)


@login_not_required
@require_safe
def collaborator_logo(request: HttpRequest, pk: int) -> HttpResponse:
    """The logo of a public page. The database is asked each time: a page taken back takes it along."""
    organisation = get_object_or_404(_presented().exclude(logo=""), pk=pk)
    try:
        with organisation.logo.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "public, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _presented() -> Any:
    return Organisation.objects.filter(
        has_page=True, may_be_named=True, is_confirmed=True, state=OrganisationState.ACTIVE
    )


def _crumbs(organisation: Organisation) -> list[dict[str, str]]:
    kind = organisation.get_collaborator_kind_display()
    of_kind = f"{reverse('collaborators')}?jenis={organisation.collaborator_kind}"
    return [
        {"label": pgettext("nav", "Kolaborator"), "href": reverse("collaborators")},
        *([{"label": kind, "href": of_kind}] if kind else []),
        {"label": organisation.name, "href": ""},
    ]
