"""Photos as files. They lie in a storage that has no addresses; only views hand them out."""

from typing import Any

from django.http import Http404, HttpResponse


def photo_response(photo: Any, cache_control: str, of: str = "bast") -> HttpResponse:
    """The photo (a few hundred kB at most), not to be guessed at; 404 where its file is gone from the storage.

    `photo`: a row with an `image`; `of`: what its file is called after.
    """
    try:
        with photo.image.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="{of}-{photo.pk}.jpg"'
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response
