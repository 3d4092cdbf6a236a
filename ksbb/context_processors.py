"""What every page knows. Without a cookie nothing here opens a session, so pages stay cacheable."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from regions.queries import has_sample_data


def page(request: HttpRequest) -> dict[str, Any]:
    """`account`: the user who is signed in, or None. `notices`: what the last action says.

    `own_places`: where they live and work, read when it is shown.
    `sample_data`: whether the figures are invented, and the page must say so.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    account = request.user if has_session and request.user.is_authenticated else None
    # Messages of a visitor without a session travel in a cookie of their own.
    has_notices = has_session or "messages" in request.COOKIES
    notices = SimpleLazyObject(lambda: get_messages(request)) if has_notices else ()
    sample_data = SimpleLazyObject(has_sample_data)
    places = SimpleLazyObject(lambda: list(account.own_places.select_related("region"))) if account else ()
    return {"account": account, "notices": notices, "sample_data": sample_data, "own_places": places}
