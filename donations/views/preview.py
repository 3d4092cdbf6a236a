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


@login_not_required
@require_safe
def preview_picture(
    request: HttpRequest, language: str, kind: str, key: str, fingerprint: str
) -> HttpResponse:
    """The picture as it is now; one of older figures leads to the address of the newer."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    content = cache.get(f"preview-{fingerprint}-{kind}-{language}-{key}"[:200])
    if content is None:
        with translation.override(language):
            found = preview_of(kind, key)
        if found is None:
            raise Http404
        if found.fingerprint != fingerprint:
            response: HttpResponse = redirect(found.href)
            response["Cache-Control"] = "no-cache"
            return response
        content = draw(found)
        cache.set(f"preview-{fingerprint}-{kind}-{language}-{key}"[:200], content, WEEK)
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
