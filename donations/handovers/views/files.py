"""Photos as files. They lie in a storage that has no addresses; only views hand them out."""

from django.http import Http404, HttpResponse

from donations.handovers.models import HandoverPhoto


def photo_response(photo: HandoverPhoto, cache_control: str) -> HttpResponse:
    """The photo (a few hundred kB at most), not to be guessed at; 404 where its file is gone from the storage."""
    try:
        with photo.image.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="bast-{photo.pk}.jpg"'
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response
