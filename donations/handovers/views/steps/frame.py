"""What the pages of a report that is being written have in common: which there are, where one is, and the way on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from accounts.http import MemberRequest
from donations.deliveries.queries import lines_of as delivery_lines
from donations.deliveries.wording import amounts, why_no_report
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.naming import Goods, naming_of
from donations.handovers.sending import newest_submit, written_by_another
from donations.handovers.views.phones import is_blank, wants_json, wrong
from programs.models import AidKind

SLUGS = tuple(Goods.steps)
# Where a field that the verb refuses is mended.
STEP_OF = {
    "photos": "foto",
    "sessions": "sesi",
    "counts": "jumlah",
    "recipients": "keluarga",
    "arrived_at": "tempat",
    "place": "tempat",
    "parties": "saksi",
    "signatures": "tanda-tangan",
}


def steps_of(handover: Handover) -> list[str]:
    """The steps that this report has: sessions only where a service is handed over. One query."""
    services = handover.lines.filter(delivery_line__allocation__commitment__aid_type__kind=AidKind.SERVICE)
    return list(SLUGS) if services.exists() else [step for step in SLUGS if step != "sesi"]


def page(
    request: MemberRequest, handover: Handover, step: str, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of a step: its template with what all of them show; for a script only what is wrong with the step."""
    if request.method == "POST" and wants_json(request):
        return wrong(context, status)
    delivery = handover.delivery
    steps = steps_of(handover)
    place = steps.index(step)
    following = steps[place + 1 : place + 2]
    moves = handover.moves.filter(verb="send_back") if handover.state == "returned" else None
    sent = delivery_lines(delivery)
    say = naming_of(line.allocation.commitment.aid_type.kind for line in sent)
    context |= {
        "handover": handover,
        "delivery": delivery,
        "step": step,
        "steps": " ".join(steps),
        "say": say,
        "parts": [(slug, say.steps[slug]) for slug in steps],
        "number": place + 1,
        "total": len(steps),
        "label": say.steps[step],
        "previous": steps[place - 1] if place else "",
        "next_label": say.steps[following[0]] if following else "",
        "stopped": why_no_report(delivery),
        "beside": written_by_another(handover, request.user),
        "returned": moves.order_by("-pk").first() if moves is not None else None,
        "blank": is_blank(request),
        "seen": newest_submit(delivery),
        "now": clock.now(),
        "cargo": amounts((line.allocation.commitment.aid_type, line.uncounted) for line in sent),
    }
    return render(request, f"handovers/step_{step.replace('-', '_')}.html", context, status=status)


def lead_on(handover: Handover, step: str) -> HttpResponse:
    """To the step after this one."""
    steps = steps_of(handover)
    behind = [one for one in SLUGS[SLUGS.index(step) + 1 :] if one in steps]
    return redirect("report_step", handover.pk, behind[0])


def naming(lines: list[HandoverLine]) -> Goods:
    """How the report of these lines speaks."""
    return naming_of(line.delivery_line.allocation.commitment.aid_type.kind for line in lines)


def in_words(lines: list[Any], kind: str) -> str:
    return amounts((line.delivery_line.allocation.commitment.aid_type, getattr(line, kind)) for line in lines)
