"""Beginning, writing and handing in the report of an arrival. Its steps are in `views/steps/`."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import clock
from accounts.actions import may
from accounts.devices import kept_on_phones, reporter
from accounts.errors import NotNow
from accounts.http import MemberRequest, performing
from accounts.typed import mark_of
from donations.deliveries.models import Delivery
from donations.deliveries.queries import lines_of as delivery_lines
from donations.deliveries.states import DELIVERY, DeliveryState
from donations.deliveries.wording import amounts, why_no_report
from donations.handovers import actions
from donations.handovers.models import Handover
from donations.handovers.naming import naming_of
from donations.handovers.queries import lines_of, readable, with_place
from donations.handovers.sending import Overtaken, check_is_the_same, take
from donations.handovers.states import HANDOVER
from donations.handovers.views.phones import (
    ANYWAY,
    as_blank,
    drawn_at,
    key_of,
    note_phone,
    only_file,
    report_of,
    text_of,
    told_to_phones,
    wants_json,
)
from donations.handovers.views.steps import PAGES, SLUGS, in_words, naming, steps_of


@gzip_page
@require_http_methods(["GET", "POST"])
@kept_on_phones
def report_start(request: MemberRequest, pk: int) -> HttpResponse:
    """What to have at hand; beginning, or going on with, the report of a delivery."""
    delivery = _reportable(request, pk)
    begun = _begun(delivery)
    if begun is not None:
        return redirect("report_step", begun.pk, SLUGS[0])
    status = 200
    if request.method == "POST":
        with performing(request) as attempt:
            handover = actions.start(delivery=delivery, by=request.user)
        if attempt.done:
            return redirect("report_step", handover.pk, SLUGS[0])
        status = attempt.status
    return _start_page(request, delivery, status)


@gzip_page
@require_http_methods(["GET", "POST"])
@kept_on_phones
@told_to_phones
def report_blank(request: MemberRequest, pk: int, step: str) -> HttpResponseBase:
    """A step of a delivery's report that is not begun: the first post begins it."""
    if step not in SLUGS:
        raise Http404
    delivery = _reportable(request, pk)
    if request.method == "POST":
        return _step(request, of_mine(request, report_of(request, delivery).pk), step)
    begun = _begun(delivery)
    if begun is not None:
        return redirect("report_step", begun.pk, step)
    page = _blanks(request, delivery, step).get(step) if _is_ready(delivery) else None
    return page or redirect("report_start", pk)


@gzip_page
@require_http_methods(["GET", "POST"])
@kept_on_phones
@told_to_phones
def report_step(request: MemberRequest, pk: int, step: str) -> HttpResponseBase:
    if step not in SLUGS:
        raise Http404
    return _step(request, of_mine(request, pk), step)


@gzip_page
@never_cache
@require_GET
@kept_on_phones
def report_kit(request: MemberRequest, pk: int) -> HttpResponse:
    """All that a phone needs to write a delivery's report without signal: its pages by their addresses."""
    delivery = _reportable(request, pk)
    begun = _begun(delivery)
    pages: dict[str, HttpResponseBase] = {}
    if begun is not None:
        handover = of_mine(request, begun.pk)
        for step in steps_of(handover):
            address = reverse("report_step", args=[begun.pk, step])
            pages[address] = drawn_at(request, address, PAGES[step], handover)
    elif _is_ready(delivery):
        blanks = _blanks(request, delivery)
        pages = {reverse("report_blank", args=[pk, step]): page for step, page in blanks.items()}
    return JsonResponse({"pages": {address: text_of(page) for address, page in pages.items()}})


@never_cache
@require_GET
@kept_on_phones
def report_gate(request: MemberRequest) -> HttpResponse:
    """What a script asks before it sends: who is signed in here, a fresh token for forms, and the time."""
    return JsonResponse(
        {"person": mark_of(request.user.pk), "token": get_token(request), "now": clock.now().isoformat()}
    )


@gzip_page
@require_GET
@kept_on_phones
def report_queue(request: MemberRequest) -> HttpResponse:
    """Reports that wait on this phone. The server knows nothing of them: a script lists what is kept."""
    if not reporter(request):
        raise PermissionDenied
    return render(request, "handovers/queue.html")


@require_GET
@kept_on_phones
def report_receipt(request: MemberRequest, pk: int) -> HttpResponse:
    """It is handed in: its number, its code, and what comes next."""
    handover = of_mine(request, pk)
    if handover.submitted_at is None:
        raise Http404
    lines = lines_of(handover)
    context = {
        "handover": handover,
        "say": naming(lines),
        "good": in_words(lines, "good"),
        "url": request.build_absolute_uri(handover.get_absolute_url()),
        "rest": any(line.delivery_line.uncounted for line in lines)
        and handover.delivery.state == DeliveryState.DISPATCHED,
    }
    return render(request, "handovers/receipt.html", context)


@require_POST
def report_photo_remove(request: MemberRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo off; gone already is gone."""
    handover = of_mine(request, pk)
    row = handover.photos.filter(pk=photo).first()
    if row is not None:
        with performing(request):
            actions.remove_photo(photo=row, by=request.user)
    return redirect("report_step", handover.pk, "foto")


def _reportable(request: MemberRequest, pk: int) -> Delivery:
    """A delivery that this person reports: out of reach is 404, only readable 403."""
    rows = Delivery.objects.visible_to(request.user).select_related(
        "executor", "program", "region__parent__parent__parent__parent", "site"
    )
    delivery = get_object_or_404(rows, pk=pk)
    if not may(request.user, DELIVERY["arrive"], delivery):
        raise PermissionDenied
    return delivery


def of_mine(request: MemberRequest, pk: int) -> Handover:
    """A report that this person may write: out of reach is 404, only readable 403."""
    handover = get_object_or_404(with_place(readable(request.user)), pk=pk)
    if not may(request.user, HANDOVER["save"], handover):
        raise PermissionDenied
    return handover


def _begun(delivery: Delivery) -> Handover | None:
    return delivery.handovers.filter(state__in=HANDOVER["save"].sources).first()


def _is_ready(delivery: Delivery) -> bool:
    lines = delivery_lines(delivery)
    return delivery.state == DeliveryState.DISPATCHED and any(line.uncounted for line in lines)


def _blanks(request: MemberRequest, delivery: Delivery, only: str = "") -> dict[str, HttpResponseBase]:
    """The pages of a report that is not begun, by step; only one where that is asked for."""

    def wanted(draft: Handover) -> list[str]:
        return [step for step in steps_of(draft) if only in ("", step)]

    def draw(draft: Handover, step: str) -> HttpResponseBase:
        return drawn_at(request, reverse("report_blank", args=[delivery.pk, step]), PAGES[step], draft)

    return as_blank(request, delivery, wanted, draw)


def _start_page(request: MemberRequest, delivery: Delivery, status: int) -> HttpResponse:
    lines = delivery_lines(delivery)
    context = {
        "delivery": delivery,
        "say": naming_of(line.allocation.commitment.aid_type.kind for line in lines),
        "cargo": amounts((line.allocation.commitment.aid_type, line.uncounted) for line in lines),
        "ready": _is_ready(delivery),
        "why_not": why_no_report(delivery) or _("Semua yang dikirim sudah dilaporkan."),
        "first": SLUGS[0],
    }
    return render(request, "handovers/start.html", context, status=status)


def _step(request: MemberRequest, handover: Handover, step: str) -> HttpResponseBase:
    if handover.state not in HANDOVER["save"].sources:
        # Handed in meanwhile, by a second press or on another phone: nothing is to be written any more.
        if request.method == "POST" and wants_json(request):
            check_is_the_same(handover, by=request.user, key=key_of(request), final=step == SLUGS[-1])
        return (
            redirect("report_receipt", handover.pk) if handover.submitted_at else redirect(handover.delivery)
        )
    try:
        # What only adds a photo takes nothing from anybody.
        if request.method == "POST" and step != "foto" and not only_file(request):
            take(handover=handover, by=request.user, anyway=ANYWAY in request.POST)
        note_phone(request, handover)
        return PAGES[step](request, handover)
    except Overtaken as error:
        if wants_json(request):
            raise
        return _overtaken(request, handover, step, error)
    except NotNow:
        return redirect("report_step", handover.pk, step)


def _overtaken(request: MemberRequest, handover: Handover, step: str, error: Overtaken) -> HttpResponse:
    """Somebody else writes in it: whoever sent this decides whether what they typed is to replace it."""
    # What was stated was stated of other contents.
    left_out = {"csrfmiddlewaretoken", "agreed", ANYWAY}
    typed = [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]
    context = {
        "handover": handover, "step": step, "is_last": step == SLUGS[-1], "text": " ".join(error.messages),
        "typed": typed, "anyway": ANYWAY, "has_files": bool(request.FILES),
    }  # fmt: skip
    return render(request, "handovers/overtaken.html", context, status=error.status)
