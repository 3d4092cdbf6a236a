"""The feeds: /id/umpan/kebutuhan.atom and /id/umpan/serah-terima.atom."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.opendata.answers import answer, open_to_all
from donations.opendata.asked import Wrong, root_of
from donations.opendata.choosing import read_choice
from donations.opendata.feeds import Choice, Entry, atom, newest_handovers, newest_needs
from donations.opendata.views.downloads import refusal

TYPE = "application/atom+xml; charset=utf-8"


@open_to_all
def needs_feed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, _("Kebutuhan baru"), newest_needs, "needs")


@open_to_all
def handovers_feed(request: HttpRequest) -> HttpResponseBase:
    return _feed(request, _("Serah terima"), newest_handovers, "statistics")


def _feed(
    request: HttpRequest, title: str, newest: Callable[[Choice], list[Entry]], page: str
) -> HttpResponseBase:
    try:
        choice = read_choice(request.GET)
    except Wrong as wrong:
        return refusal(wrong)

    def make() -> HttpResponse:
        body = atom(
            title=title, choice=choice, entries=newest(choice), root=root_of(request), page=reverse(page),
            address=request.get_full_path(),
        )  # fmt: skip
        return HttpResponse(body, TYPE)

    return answer(request, make)
