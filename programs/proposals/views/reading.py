"""The public list, the rules, similar ones while one writes, and pictures."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import revalidated
from accounts.models import User
from programs.proposals.forms.lists import ProposalFilters
from programs.proposals.models import EDIT_MINUTES, Proposal, ProposalDraft
from programs.proposals.queries import ANSWER_WORDS, counts_by_answer, similar
from programs.proposals.rules import RULE_TEXTS, Rule
from programs.proposals.wording import answer_label, proposal_row
from regions.public_version import known_parameters, public_page

PAGE_SIZE = 20


def reader(request: HttpRequest) -> User | None:
    """Who is signed in; asked only where there is a session, so that a visitor's page may be kept."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return request.user


@login_not_required
@public_page
@known_parameters(*ProposalFilters.base_fields, "hal")
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Public proposals by text, place, program and the state of the answer."""
    form = ProposalFilters(request.GET)
    narrowed = form.public()
    counts = counts_by_answer(narrowed)
    pages = Paginator(form.in_order(narrowed).for_rows(), PAGE_SIZE)
    chosen = form.cleaned_data.get("keadaan") if form.state is not None else ""
    pages.count = counts[chosen or ""]  # known already: one query less
    page = pages.get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "tabs": [_tab(request, word, count, word == chosen) for word, count in counts.items()],
        "page": page,
        "rows": [proposal_row(proposal) for proposal in page],
        "place": form.place,
        "as_of": clock.now(),
    }
    return render(request, "proposals/list.html", context)


def _tab(request: HttpRequest, word: str, count: int, current: bool) -> dict[str, Any]:
    query = request.GET.copy()
    for name in ("keadaan", "hal"):
        query.pop(name, None)
    if word:
        query["keadaan"] = word
    label = str(answer_label(word)) if word in ANSWER_WORDS else _("semua")
    return {"label": f"{label[:1].upper()}{label[1:]}", "count": count, "current": current,
            "href": f"?{query.urlencode()}" if query else request.path}  # fmt: skip


@login_not_required
@public_page
@require_safe
def proposal_rules(request: HttpRequest) -> HttpResponse:
    """What may be written, who moderates, and what one can do against it."""
    rules = [{"code": rule.value, "title": rule.label, "text": RULE_TEXTS[rule]} for rule in Rule]
    return render(request, "proposals/rules.html", {"rules": rules, "edit_minutes": EDIT_MINUTES})


@login_not_required
@never_cache
@require_safe
def proposal_similar(request: HttpRequest) -> HttpResponse:
    """Similar proposals while a title is typed, as a piece of the page."""
    rows = [proposal_row(one) for one in similar(request.GET.get("title", "")[:200], number=3)]
    return render(request, "proposals/similar.html", {"rows": rows, "level": 2})


@login_not_required
@require_safe
def proposal_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a public proposal; of others for its author and officers in reach."""
    found = get_object_or_404(Proposal.objects.exclude(picture=""), pk=pk)
    if not found.is_public and not may_read_hidden(request, found):
        raise Http404
    picture = _picture(found)
    # A moderator may hide it at any time; its file's name is its own for ever.
    return revalidated(request, picture, Path(str(found.picture.name)).stem) if found.is_public else picture


@login_not_required
@never_cache
@require_safe
def proposal_draft_picture(request: HttpRequest, key: UUID) -> HttpResponse:
    """The picture of a draft, for whose draft it is."""
    draft = get_object_or_404(ProposalDraft.objects.exclude(picture=""), key=key)
    person = reader(request)
    if person is None or draft.user_id != person.pk:
        raise Http404
    return _picture(draft)


def may_read_hidden(request: HttpRequest, proposal: Proposal) -> bool:
    """Whether this reader wrote it or works with it."""
    person = reader(request)
    if person is None:
        return False
    return (
        proposal.user_id == person.pk or Proposal.objects.visible_to(person).filter(pk=proposal.pk).exists()
    )


def _picture(row: Proposal | ProposalDraft) -> HttpResponse:
    try:
        with row.picture.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="usulan-{row.pk}.jpg"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def picture_of(proposal: Proposal) -> dict[str, Any] | None:
    """The arguments of components/photos.html for its picture, if it has one."""
    if not proposal.picture:
        return None
    return {"url": reverse("proposal_picture", args=[proposal.pk]), "alt": proposal.picture_text,
            "caption": proposal.picture_text, "width": proposal.picture_width or 800,
            "height": proposal.picture_height or 600}  # fmt: skip
