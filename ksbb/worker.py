"""`/sw.js`: the worker that answers officials' pages from the phone while there is no signal.

It has to lie at the root to answer pages of both languages, and its text has to change whenever one of its parts does, by
which browsers notice a new one; so it is handed out here, and not as a static file under a hashed name.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.http import revalidated

PARTS = "bundles/sw.js"


@gzip_page
@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script, to be asked for anew each time; it holds nothing of anybody."""
    text = script() if settings.DEBUG else _kept()
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    return revalidated(request, response, hashlib.blake2b(text.encode(), digest_size=12).hexdigest())


def script() -> str:
    """All its parts as one text. Raises FileNotFoundError where they are not there."""
    found = finders.find(PARTS)
    if not found:
        raise FileNotFoundError(PARTS)
    return Path(str(found)).read_text(encoding="utf-8")


_kept = lru_cache(maxsize=1)(script)
