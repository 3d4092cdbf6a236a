"""Gallery and stories, for everybody: goods, places, counts and organisations; no person."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import revalidated
from donations.handovers.copies import copy_key, small_copy
from donations.handovers.models import Handover, HandoverPhoto
from donations.previews import story_preview
from donations.stories import queries
from donations.stories.forms import ShownFilters
from donations.stories.models import Story
from regions.public_version import FORUM, known_parameters, public_page_besides

PAGE_SIZE = 24
STORIES_PAGE = 12


@login_not_required
@require_safe
@public_page_besides(FORUM)
@known_parameters(*ShownFilters.base_fields, "hal")
def gallery(request: HttpRequest) -> HttpResponse:
    """Verified handovers with the photos that an officer let through, the latest first."""
    filters = ShownFilters(request.GET)
    chosen = filters.chosen
    found = queries.shown(chosen["program"], chosen["kota"]).values_list("pk", flat=True)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal"))
    handovers = queries.in_order(queries.with_pictures(Handover.objects.filter(pk__in=list(page))))
    told = queries.stories_of(handovers)
    context = {
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": page,
        "items": [_item(handover, told.get(handover.pk)) for handover in handovers],
        "as_of": clock.now(),
    }
    return render(request, "stories/gallery.html", context)


@login_not_required
@require_safe
def gallery_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A small copy of a cleared photo. The database is asked each time: one taken out is gone at once."""
    photo = get_object_or_404(HandoverPhoto.objects.cleared(), pk=pk)
    try:
        content = small_copy(photo)
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    return revalidated(request, response, copy_key(photo))


@login_not_required
@require_safe
@public_page_besides(FORUM)
@known_parameters(*ShownFilters.base_fields, "hal")
def stories(request: HttpRequest) -> HttpResponse:
    """Published stories, the latest first."""
    filters = ShownFilters(request.GET)
    chosen = filters.chosen
    found = Story.objects.published().for_rows()
    if chosen["program"]:
        found = found.filter(handover__delivery__program=chosen["program"])
    if chosen["kota"]:
        found = found.filter(handover__delivery__region__code__startswith=f"{chosen['kota']}.")
    page = Paginator(found, STORIES_PAGE).get_page(request.GET.get("hal"))
    handovers = Handover.objects.filter(pk__in=[story.handover_id for story in page])
    told = {handover.pk: handover for handover in queries.with_pictures(handovers)}
    context = {
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": page,
        "items": [{"story": story, **_item(told[story.handover_id], story)} for story in page],
    }
    return render(request, "stories/stories.html", context)


@login_not_required
@require_safe
@public_page_besides(FORUM)
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story with the chain that it tells: need, gift, delivery, report, check."""
    found = get_object_or_404(Story.objects.published(), pk=pk)
    handover: Any = queries.with_pictures(Handover.objects.filter(pk=found.handover_id)).get()
    chain = queries.chain_of(handover)
    moves = [move for move in found.moves.select_related("region") if move.verb == "publish"]
    context = {
        "story": found,
        "chain": chain,
        "photos": [_picture(photo, number) for number, photo in enumerate(handover.pictures, start=1)],
        "handover": handover,
        "region": handover.delivery.region,
        "program": handover.delivery.program,
        "place": queries.place_of(handover),
        "office": moves[0].region if moves else None,
        "preview": story_preview(found, handover, chain.received),
        "url": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "stories/story.html", context)


def _item(handover: Any, told: Story | None) -> dict[str, Any]:
    photo = _picture(handover.pictures[0], 1) if handover.pictures else None
    return {
        "photo": photo,
        "more": len(handover.pictures) - 1,
        "recipient": handover.recipient_name,
        "place": queries.place_of(handover),
        "received": queries.received(handover),
        "program": handover.delivery.program,
        "arrived_at": handover.arrived_at,
        "href": handover.get_absolute_url(),
        "story": told,
    }


def _picture(photo: HandoverPhoto, number: int) -> dict[str, Any]:
    return {
        "url": reverse("gallery_photo", args=[photo.pk]),
        "alt": photo.caption or _("Foto barang %(n)s") % {"n": number},
        "caption": photo.caption,
        "width": photo.width,
        "height": photo.height,
    }
