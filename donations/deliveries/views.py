"""Pages of deliveries: the list, one delivery, planning one, its verbs, what becomes of a shortfall."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.devices import kept_on_phones
from accounts.errors import NotNow
from accounts.http import Attempt, MemberRequest, performing
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.verbs import Verb
from donations.deliveries import actions, queries
from donations.deliveries.forms import FilterForm, MoveForm, PlanForm, ReasonForm, SettleForm
from donations.deliveries.instruction import instruction_of
from donations.deliveries.models import Delivery, DeliveryLine
from donations.deliveries.states import DELIVERY, DeliveryState
from donations.deliveries.wording import amounts, told, why_no_report
from donations.pledges.models import Commitment
from programs.adjustments.wording import asking
from programs.models import AidKind, Need

PAGE_SIZE = 25
# The verbs with a page of their own; the others are a report's, a plan's or a line's.
VERBS = ("confirm", "dispatch", "move", "cancel", "fail")
ORDERS = {
    "tanggal": ("planned_on", "pk"),
    "-tanggal": ("-planned_on", "-pk"),
    "-nomor": ("-pk",),
}


@require_GET
@kept_on_phones
def delivery_list(request: MemberRequest) -> HttpResponse:
    """Those in reach, by what is to come, on the road, done."""
    form = FilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    rows = queries.search(Delivery.objects.visible_to(request.user), wanted.get("q", ""))
    if wanted.get("program"):
        rows = rows.filter(program=wanted["program"])
    counts = queries.count_by_view(rows)
    view = wanted.get("lihat", "")
    if view in queries.VIEWS:
        rows = rows.filter(state__in=queries.VIEWS[view])
    order = ORDERS.get(wanted.get("urut") or ("-tanggal" if view in ("selesai", "batal") else "tanggal"))
    page = Paginator(rows.for_rows().order_by(*(order or ORDERS["tanggal"])), PAGE_SIZE).get_page(
        request.GET.get("hal")
    )
    return render(
        request,
        "deliveries/list.html",
        {
            "form": form,
            "page": page,
            "rows": [_row(delivery) for delivery in page],
            "tabs": _tabs(request, counts, view),
            "may_plan": Scope.of(request.user).may(Permission.DELIVERY_PLAN),
        },
    )


@require_GET
@kept_on_phones
def delivery_detail(request: MemberRequest, pk: int) -> HttpResponse:
    delivery = _visible(request, pk)
    return render(request, "deliveries/detail.html", _detail(request, delivery))


@require_GET
def delivery_note(request: MemberRequest, pk: int) -> HttpResponse:
    """The printable note that travels with the goods."""
    delivery = _visible(request, pk)
    report = delivery.handovers.exclude(submitted_at=None).order_by("submitted_at").first()
    return render(
        request,
        "deliveries/note.html",
        {
            "delivery": delivery,
            "lines": queries.lines_of(delivery),
            "report": report,
            "report_url": request.build_absolute_uri(report.get_absolute_url()) if report else "",
        },
    )


@require_http_methods(["GET", "POST"])
def delivery_plan(request: MemberRequest) -> HttpResponse:
    """Choose what goes together, then how much of it and when."""
    if not Scope.of(request.user).may(Permission.DELIVERY_PLAN):
        raise PermissionDenied
    allocations = queries.plannable(request.user)
    commitment = None
    if wanted := request.GET.get("komitmen", ""):
        if not wanted.isdecimal():
            raise Http404
        commitment = get_object_or_404(Commitment.objects.visible_to(request.user), pk=int(wanted[:18]))
    journeys = queries.journeys(allocations)
    if commitment is not None:
        journeys = [j for j in journeys if any(a.commitment_id == commitment.pk for a in j.allocations)]
    key = request.GET.get("perjalanan", "")
    chosen = [j for j in journeys if j.key == key] if key else journeys if commitment is not None else []
    if request.method == "POST" and key and not chosen:
        return _planned_already(request)
    if len(chosen) != 1:
        return render(
            request, "deliveries/plan_choose.html", {"journeys": journeys, "commitment": commitment}
        )
    return _plan(request, chosen[0])


@require_http_methods(["GET", "POST"])
def delivery_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """One verb: a page that asks what it needs to know, and the deed."""
    delivery = _visible(request, pk)
    rule = _allowed(request, delivery, verb)
    form = _form_of(rule, delivery, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        else:
            with performing(request, form) as attempt:
                _act(delivery, rule, request.user, form.cleaned_data)
            if attempt.done or _done_already(attempt, delivery, rule, request.user):
                messages.success(
                    request, _("%(number)s: %(done)s.") % {"number": delivery, "done": rule.done}
                )
                return redirect(delivery)
            status = attempt.status
    elif delivery.state not in rule.sources:
        status = 409
    context = {"delivery": delivery, "lines": queries.lines_of(delivery), "verb": rule, "form": form}
    context["begun"] = rule.name == "fail" and queries.has_open_report(delivery)
    return render(request, "deliveries/verb.html", {**context, "not_now": status == 409}, status=status)


@require_http_methods(["GET", "POST"])
def shortfall(request: MemberRequest, pk: int, line: int, verb: str) -> HttpResponse:
    """Send again, or release, what a verified report says was damaged or missing."""
    delivery = _visible(request, pk)
    rule = _allowed(request, delivery, verb, ("resend", "release"))
    row = next((row for row in queries.lines_of(delivery) if row.pk == line), None)
    if row is None:
        raise Http404
    status = 200
    if request.method == "POST":
        form = SettleForm(request.POST, required=rule.needs_reason)
        if form.is_valid():
            with performing(request, form) as attempt:
                _settle(row, rule.name, request.user, form.cleaned_data)
            if attempt.done:
                messages.success(
                    request, _("%(number)s: %(done)s.") % {"number": delivery, "done": rule.done}
                )
                return redirect(delivery)
            status = attempt.status
        else:
            status = 422
    else:
        form = SettleForm(
            initial={"quantity": row.open_shortfall, "seen": row.settled}, required=rule.needs_reason
        )
    context = {"delivery": delivery, "line": row, "verb": rule, "form": form}
    return render(request, "deliveries/shortfall.html", context, status=status)


def _visible(request: MemberRequest, pk: int) -> Delivery:
    rows = Delivery.objects.visible_to(request.user).select_related(
        "executor", "program", "region__parent__parent__parent", "site"
    )
    return get_object_or_404(rows, pk=pk)


def _allowed(request: MemberRequest, delivery: Delivery, verb: str, verbs: tuple[str, ...] = VERBS) -> Verb:
    """The verb, if this person may do it here: unknown is 404, not theirs 403."""
    if verb not in verbs:
        raise Http404
    if not may(request.user, DELIVERY[verb], delivery):
        raise PermissionDenied
    return DELIVERY[verb]


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery,
        "cargo": amounts(
            (line.allocation.commitment.aid_type, line.quantity) for line in delivery.lines.all()
        ),
        "mark": queries.MARKS[DeliveryState(delivery.state)],
        "late": queries.is_late(delivery),
    }


def _tabs(request: MemberRequest, counts: dict[str, int], view: str) -> list[dict[str, Any]]:
    labels = {
        "": _("Semua"),
        "akan": _("Akan dikirim"),
        "jalan": _("Di jalan"),
        "selesai": _("Selesai"),
        "batal": _("Gagal atau batal"),
    }
    query = request.GET.copy()
    query.pop("hal", None)
    tabs = []
    for name, label in labels.items():
        query["lihat"] = name
        tabs.append(
            {"label": label, "href": f"?{query.urlencode()}", "count": counts[name], "current": name == view}
        )
    return tabs


def _detail(request: MemberRequest, delivery: Delivery) -> dict[str, Any]:
    lines = queries.lines_of(delivery)
    reports = list(
        delivery.handovers.visible_to(request.user)
        .exclude(state="discarded", submitted_at=None)
        .order_by("pk")
    )
    begun = next((report for report in reports if report.state in ("draft", "returned")), None)
    may_report = may(request.user, DELIVERY["arrive"], delivery)
    seen = [report for report in reports if report.submitted_at or may_report]
    moves = list(delivery.moves.select_related("organisation", "region", "site").order_by("-at", "-pk"))
    queries.say_settled(lines, moves)
    uncounted = any(line.uncounted for line in lines)
    possible = {
        verb.name: verb
        for verb in DELIVERY.possible(delivery.state)
        if verb.name in VERBS and may(request.user, verb, delivery)
    }
    receives = may_report and delivery.state in queries.TO_COME
    stopped = may_report and delivery.state in (DeliveryState.FAILED, DeliveryState.CANCELLED)
    return {
        "delivery": delivery,
        "lead": instruction_of(delivery, lines) if receives or stopped else None,
        "stopped": why_no_report(delivery) if stopped else "",
        "ask": _asking(lines[0].allocation.need) if receives and lines else {},
        "lines": lines,
        "is_service": all(line.allocation.commitment.aid_type.kind == AidKind.SERVICE for line in lines),
        "cargo": amounts((line.allocation.commitment.aid_type, line.quantity) for line in lines),
        "mark": queries.MARKS[DeliveryState(delivery.state)],
        "late": queries.is_late(delivery),
        "verbs": possible,
        "reports": seen,
        "begun": begun if may_report else None,
        "may_report": may_report and delivery.state == DeliveryState.DISPATCHED and (uncounted or begun),
        "may_settle": delivery.state in DELIVERY["release"].sources
        and may(request.user, DELIVERY["release"], delivery),
        "moves": told(
            moves,
            {line.pk: line.allocation.commitment.aid_type for line in lines},
            {
                one.pk: (f"BAST {one.number}", reverse("handover", args=[one.pk]))
                for one in seen
                if one.number
            },
        ),
    }


def _asking(need: Need) -> dict[str, str]:
    found = asking(need)
    return found | {"href": reverse("adjustment_new", args=[need.pk])} if found else {}


def _plan(request: MemberRequest, journey: queries.Journey) -> HttpResponse:
    form = PlanForm(request.POST or None, journey=journey)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            wanted = form.cleaned_data
            with performing(request, form) as attempt:
                delivery = actions.plan(
                    executor=journey.executor,
                    quantities=form.quantities,
                    planned_on=wanted["planned_on"],
                    window=wanted["window"],
                    note=wanted["note"],
                    by=request.user,
                    key=str(wanted["key"] or ""),
                )
            if attempt.done:
                messages.success(request, _("Pengiriman %(number)s direncanakan.") % {"number": delivery})
                return redirect(delivery)
            status = attempt.status
    context = {
        "journey": journey,
        "form": form,
        "plan_url": f"{reverse('delivery_plan')}?{urlencode({'perjalanan': journey.key})}",
        "suspended": actions.suspension(journey.executor),
    }
    return render(request, "deliveries/plan.html", context, status=status)


def _planned_already(request: MemberRequest) -> HttpResponse:
    """The same form a second time, when everything of the journey is planned: the delivery that it made."""
    made = (
        Delivery.objects.visible_to(request.user)
        .filter(moves__verb="plan", moves__actor=request.user, moves__data__key=request.POST.get("key", "-"))
        .first()
    )
    if made is None:
        raise Http404
    return redirect(made)


def _form_of(rule: Verb, delivery: Delivery, data: Any) -> forms.Form:
    if rule.name == "move":
        return MoveForm(data, initial={"planned_on": delivery.planned_on, "window": delivery.window})
    return ReasonForm(data, required=True) if rule.needs_reason else forms.Form(data)


def _act(delivery: Delivery, rule: Verb, by: User, wanted: dict[str, Any]) -> None:
    """The action of the verb's name, with what its form holds."""
    getattr(actions, rule.name)(delivery=delivery, by=by, **wanted)


def _settle(line: DeliveryLine, verb: str, by: User, wanted: dict[str, Any]) -> None:
    action = actions.resend if verb == "resend" else actions.release
    action(line=line, by=by, **wanted)


def _done_already(attempt: Attempt, delivery: Delivery, rule: Verb, by: User) -> bool:
    """Whether this person has just done this very thing: a form sent twice is no error."""
    last = delivery.moves.order_by("-pk").first()
    return (
        isinstance(attempt.error, NotNow)
        and last is not None
        and (last.verb, last.actor_id) == (rule.name, by.pk)
    )
