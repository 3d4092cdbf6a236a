"""Handing over a sign-in code: shown once, to be read out, printed or sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts.actions.sign_in_codes import Issued, issue_code
from accounts.http import performing
from accounts.models import User
from accounts.notices.channels.whatsapp import chat_link
from accounts.queries import reach
from accounts.roles import Permission
from accounts.views.administration.frame import administering, frame, who
from accounts.views.administration.people import person_page
from regions.notation import when


@administering(Permission.CODE_ISSUE)
@require_POST
@sensitive_variables("issued", "context")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code and show it in the answer itself: nothing of it is kept, so there is no page to come back to."""
    subject = get_object_or_404(reach.people(who(request)), pk=pk)
    with performing(request) as attempt:
        issued = issue_code(user=subject, by=who(request))
    if not attempt.done:
        return person_page(request, subject, attempt.status)
    context = frame(request, "people", person=subject, **_slip(request, subject, issued))
    response = render(request, "administration/code.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _slip(request: HttpRequest, subject: User, issued: Issued) -> dict[str, object]:
    """What the slip says, in the language of the person it is for."""
    with translation.override(subject.language):
        link = request.build_absolute_uri(reverse("link_login", args=[issued.token]))
        words = _("KSBB: masuk dengan menekan tautan ini, sekali saja, sebelum %(until)s. %(link)s") % {
            "until": when(issued.record.expires_at, "moment"),
            "link": link,
        }
    assert subject.phone
    return {
        "code": f"{issued.code[:3]}\u00a0{issued.code[3:]}",
        "link": link,
        "phone": subject.phone_readable,
        "until": issued.record.expires_at,
        "whatsapp": chat_link(subject.phone, words),
        "phone_login": request.build_absolute_uri(reverse("phone_login")),
    }
