"""The pictures of link previews."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from donations.previews import preview_of
from programs.preview.drawing import draw

WEEK = 60 * 60 * 24 * 7
YEAR = 60 * 60 * 24 * 365
FIVE_MINUTES = 60 * 5
# What may be taken back, words and all: asked of the database each time, and not kept for good by others.
WITHDRAWN = {"kisah"}


@login_not_required
@require_safe
def preview_picture(
    request: HttpRequest, language: str, kind: str, key: str, fingerprint: str
) -> HttpResponse:
    """The picture as it is now; one of older figures leads to the address of the newer."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    name = f"preview-{fingerprint}-{kind}-{language}-{key}"[:200]
    content = cache.get(name)
    if content is None or kind in WITHDRAWN:
        with translation.override(language):
            found = preview_of(kind, key)
        if found is None:
            raise Http404
        if found.fingerprint != fingerprint:
            response: HttpResponse = redirect(found.href)
            response["Cache-Control"] = "no-cache"
            return response
        if content is None:
            content = draw(found)
            cache.set(name, content, WEEK)
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = (
        f"public, max-age={FIVE_MINUTES}" if kind in WITHDRAWN else f"public, max-age={YEAR}, immutable"
    )
    return response
