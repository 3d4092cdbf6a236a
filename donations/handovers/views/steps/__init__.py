"""The steps of a report, one question a page. Every step keeps what it holds before it leads on.

A step is a function of request and report in `PAGES`, its name in `naming.py`, and its template `step_<name>.html`; how
it travels from a phone without signal is not its business (`views/phones.py`).
"""

from collections.abc import Callable

from django.http.response import HttpResponseBase

from accounts.http import MemberRequest
from donations.handovers.models import Handover
from donations.handovers.views.steps.counts import counts_step
from donations.handovers.views.steps.evidence import photos_step
from donations.handovers.views.steps.frame import SLUGS, in_words, naming, steps_of
from donations.handovers.views.steps.parties import parties_step, place_step
from donations.handovers.views.steps.recipients import recipients_step
from donations.handovers.views.steps.review import review_step
from donations.handovers.views.steps.sessions import sessions_step
from donations.handovers.views.steps.signing import signing_step

__all__ = ["PAGES", "SLUGS", "in_words", "naming", "steps_of"]

PAGES: dict[str, Callable[[MemberRequest, Handover], HttpResponseBase]] = {
    "foto": photos_step,
    "sesi": sessions_step,
    "jumlah": counts_step,
    "keluarga": recipients_step,
    "saksi": parties_step,
    "tempat": place_step,
    "tanda-tangan": signing_step,
    "periksa": review_step,
}
