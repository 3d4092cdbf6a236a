"""Reports from phones without signal: the same pages and posts, answered so that a script can keep and replay them.

A phone keeps the pages of a report (`report_kit`), writes in them while there is no signal, and sends what was written to
the same addresses later. A report that is not begun yet is addressed by its delivery (`report_blank`).
"""

import re
import uuid
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import NotNow, OutOfReach, Refused
from accounts.http import MemberRequest
from donations.deliveries.models import Delivery
from donations.handovers import actions
from donations.handovers.models import Handover
from donations.handovers.sending import begin, clock_off, clock_warning

Rest = ParamSpec("Rest")
# What a script sends beside the fields of a step.
KEY, SEEN, ANYWAY, CLOCK, ONE_FILE = "_kunci", "_dilihat", "_tetap", "_jam", "_satu"


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def only_file(request: HttpRequest) -> bool:
    """Whether the post brings one file and nothing of what else the step asks."""
    return ONE_FILE in request.POST


def is_blank(request: HttpRequest) -> bool:
    """Whether a page is drawn for a report that is not begun."""
    return getattr(request, "blank_report", False)


def told_to_phones(
    view: Callable[Concatenate[MemberRequest, Rest], HttpResponseBase],
) -> Callable[Concatenate[MemberRequest, Rest], HttpResponseBase]:
    """Answer a script in JSON: {"next": address} where a page would lead on, else what is wrong and why.

    `code` says what kind of trouble it is: "fields" (mend them), "official" (whoever sends it does not report here, or
    not any more), those of `Refused` and `Overtaken`.
    """

    @wraps(view)
    def answer(request: MemberRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.method != "POST" or not wants_json(request):
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
        except (NotNow, Refused) as error:
            return refusal(error, error.status)
        except (Http404, OutOfReach):
            return _no_official(404)
        except PermissionDenied:
            return _no_official(403)
        if 300 <= response.status_code < 400:
            there = response["Location"]
            told = {
                "next": there,
                "done": resolve(there).url_name == "report_receipt",
                "now": clock.now().isoformat(),
                "warning": clock_warning(clock_off(request.POST.get(CLOCK))),
            }
            return JsonResponse(told)
        return response

    return answer


def refusal(error: ValidationError, status: int) -> JsonResponse:
    text = " ".join(error.messages)
    return JsonResponse(
        {"code": getattr(error, "code", None) or "refused", "text": text, "errors": []}, status=status
    )


def _no_official(status: int) -> JsonResponse:
    text = _(
        "Akun ini tidak, atau tidak lagi, bertugas di penerima kiriman ini. Laporannya tetap tersimpan di telepon ini."
    )
    return JsonResponse({"code": "official", "text": text, "errors": []}, status=status)


def wrong(context: dict[str, Any], status: int) -> JsonResponse:
    """What is wrong with a step, field by field, whatever forms its page is made of."""
    errors = [error for part in context.values() for error in _errors_of(part)]
    errors += [
        {"field": "", "text": ": ".join(filter(None, (error["name"], error["text"])))}
        for error in context.get("errors", ())
    ]
    return JsonResponse(
        {"code": "fields", "text": "", "errors": errors, "mend": context.get("mend", "")}, status=status
    )


def _errors_of(part: object) -> list[dict[str, str]]:
    if isinstance(part, BaseFormSet):
        whole = [{"field": "", "text": str(text)} for text in part.non_form_errors()]
        return whole + [error for form in part.forms for error in _errors_of(form)]
    if not isinstance(part, BaseForm) or not part.is_bound:
        return []
    return [
        {"field": "" if name == "__all__" else part.add_prefix(name), "text": str(text)}
        for name, texts in part.errors.items()
        for text in texts
    ]


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """What the phone calls the report that it sends, if it does."""
    try:
        return uuid.UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def report_of(request: MemberRequest, delivery: Delivery) -> Handover:
    """The report that a post to a delivery's address belongs to; the first post begins it."""
    seen = request.POST.get(SEEN, "")
    return begin(
        delivery=delivery,
        by=request.user,
        key=key_of(request),
        seen=int(seen) if seen.isdecimal() and len(seen) < 19 else 0,
        anyway=ANYWAY in request.POST,
    )


def note_phone(request: MemberRequest, handover: Handover) -> None:
    """Keep what the phone calls the report, and how wrong its clock is, if it said so."""
    if request.method != "POST":
        return
    key, seconds = key_of(request), clock_off(request.POST.get(CLOCK))
    news: dict[str, Any] = {}
    if key is not None and key != handover.key:
        news["key"] = key
    # No two questions take equally long: what differs by less than a minute is the same clock.
    if seconds is not None and abs(seconds - (handover.phone_clock_off or 0)) > 60:  # noqa: PLR2004
        news["phone_clock_off"] = seconds
    if news:
        kept = actions.save(handover=handover, by=request.user, **news)
        handover.key, handover.phone_clock_off = kept.key, kept.phone_clock_off


def as_blank(
    request: MemberRequest,
    delivery: Delivery,
    steps: Callable[[Handover], Sequence[str]],
    draw: Callable[[Handover, str], HttpResponseBase],
) -> dict[str, HttpResponseBase]:
    """Pages of a report that is not begun: those of a draft that is taken back as soon as they are drawn.

    So there is one set of forms. Its addresses are the delivery's, since the draft's own never were.
    """
    drawn: dict[str, HttpResponse] = {}
    with transaction.atomic():
        draft = actions.start(delivery=delivery, by=request.user)
        request.blank_report = True  # type: ignore[attr-defined]
        for step in steps(draft):
            response = draw(draft, step)
            assert isinstance(response, HttpResponse)  # a step's page is drawn whole
            drawn[step] = response
        transaction.set_rollback(True)
    own = re.escape(reverse("handover", args=[draft.pk]).encode())
    instead = reverse("report_start", args=[delivery.pk]).encode()
    for response in drawn.values():
        response.content = re.sub(own, instead, response.content)
    return dict(drawn)


def drawn_at(
    request: MemberRequest,
    address: str,
    step: Callable[[MemberRequest, Handover], HttpResponseBase],
    handover: Handover,
) -> HttpResponseBase:
    """The page of a step as it comes from its own address, which its links name."""
    asked, request.path = request.path, address
    try:
        return step(request, handover)
    finally:
        request.path = asked


def text_of(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)  # a step's page is drawn whole
    return response.content.decode()
