"""How a verb that was not performed reads on a page: 404, 403, 409 or 422."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from accounts.errors import NotNow, OutOfReach, Refused
from accounts.models import User


def revalidated(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """A public answer that anybody may keep and has to ask about each time: 304 where theirs has this tag."""
    response["ETag"] = f'W/"{tag}"'
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


class MemberRequest(HttpRequest):
    """A request to a page that asks for sign-in: there is a person."""

    user: User  # type: ignore[assignment]


@dataclass
class Attempt:
    """What came of a verb: `status` 200 when it was performed, else the status to show the page with."""

    status: int = 200
    error: ValidationError | None = None

    @property
    def done(self) -> bool:
        return self.error is None


@contextmanager
def performing(request: HttpRequest, form: BaseForm | None = None) -> Iterator[Attempt]:
    """Run a verb's action and keep why it was not performed, instead of raising it:

        with performing(request, form) as attempt:
            accept(commitment=commitment, by=request.user)
        if attempt.done:
            return redirect(commitment)
        return render(request, "…", {"form": form}, status=attempt.status)

    `Refused` (422) stands beside its field, or above the form; `NotNow` (409) above it; without a form both
    become a message. Out of reach is 404; not allowed stays `PermissionDenied`, which Django answers with 403.
    """
    attempt = Attempt()
    try:
        yield attempt
    except OutOfReach as error:
        raise Http404 from error
    except (NotNow, Refused) as error:
        attempt.status, attempt.error = error.status, error
        field = getattr(error, "field", None)
        if form is None:
            messages.error(request, " ".join(error.messages))
        else:
            form.add_error(field if field in form.fields else None, error)
