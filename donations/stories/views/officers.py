"""Officers let photos into the gallery, and write, publish and withdraw stories."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.roles import Permission
from accounts.scope import Scope
from donations.deliveries.forms import ReasonForm
from donations.deliveries.wording import told
from donations.handovers import actions as handover_actions
from donations.handovers.models import Handover
from donations.handovers.queries import readable
from donations.handovers.states import HANDOVER
from donations.stories import actions
from donations.stories.forms import ClearForm, NewStoryForm, StoryForm
from donations.stories.models import Story
from donations.stories.states import STORY

PAGE = 25


@require_http_methods(["GET", "POST"])
def handover_clear(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose which photos of a verified report everybody may see in gallery and stories."""
    handover = _handover(request, pk)
    form = ClearForm(request.POST if request.method == "POST" else None, handover.photos.all())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                handover_actions.clear(handover=handover, by=request.user, photos=form.cleaned_data["photos"])
            if attempt.done:
                messages.success(request, _("Foto untuk galeri dipilih."))
                return redirect("handover", handover.pk)
            status = attempt.status
    context = {
        "handover": handover,
        "form": form,
        "photos": list(zip(form.kept, form["photos"], strict=True)),
    }
    return render(request, "stories/clear.html", context, status=status)


@require_http_methods(["GET", "POST"])
def story_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a story about a verified report."""
    handover = _handover(request, pk)
    form = NewStoryForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                story = actions.write(handover=handover, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, _("Kisah disimpan sebagai draf. Baca sekali lagi, lalu terbitkan."))
                return redirect("story_desk", story.pk)
            status = attempt.status
    return render(request, "stories/form.html", {"handover": handover, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def story_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a story's words."""
    story = _story(request, pk)
    before = {name: getattr(story, name) for name in actions.TEXTS}
    form = StoryForm(request.POST if request.method == "POST" else None, initial=before)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.edit(story=story, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, _("Kisah diubah."))
                return redirect("story_desk", story.pk)
            status = attempt.status
    context = {"handover": story.handover, "story": story, "form": form}
    return render(request, "stories/form.html", context, status=status)


@require_GET
def story_desk(request: MemberRequest, pk: int) -> HttpResponse:
    """A story as its writers see it, with what can be done and what was done."""
    story = _story(request, pk)
    verbs = {verb.name: verb for verb in STORY.possible(story.state) if may(request.user, verb, story)}
    moves = story.moves.select_related("organisation", "region", "site").order_by("-at", "-pk")
    return render(request, "stories/desk.html", {"story": story, "verbs": verbs, "moves": told(moves)})


@require_http_methods(["GET", "POST"])
def story_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Publish or withdraw: a page that asks, and the deed."""
    story = _story(request, pk)
    if verb not in ("publish", "withdraw"):
        raise Http404
    rule = STORY[verb]
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data) if rule.needs_reason else forms.Form(data)
    status = 200 if story.state in rule.sources else 409
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                getattr(actions, verb)(story=story, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, _("%(done)s: %(story)s") % {"done": rule.done, "story": story})
                return redirect("story_desk", story.pk)
            status = attempt.status
    return render(request, "stories/verb.html", {"story": story, "verb": rule, "form": form}, status=status)


@require_GET
def stories_desk(request: MemberRequest) -> HttpResponse:
    """Stories in reach, drafts included."""
    if not Scope.of(request.user).may(Permission.HANDOVER_VERIFY):
        raise PermissionDenied
    found = Story.objects.visible_to(request.user).for_rows().order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("hal"))
    return render(request, "stories/list.html", {"page": page})


def _handover(request: MemberRequest, pk: int) -> Handover:
    """A verified report of which this person may choose photos; in reach but without the role is 403."""
    reach = readable(request.user).select_related("delivery__region__parent", "delivery__site")
    handover = get_object_or_404(reach, pk=pk)
    if not may(request.user, HANDOVER["clear"], handover):
        raise PermissionDenied
    return handover


def _story(request: MemberRequest, pk: int) -> Story:
    return get_object_or_404(Story.objects.visible_to(request.user).for_rows(), pk=pk)
