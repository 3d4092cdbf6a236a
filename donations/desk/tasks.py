"""What waits for an assessor: kinds of tasks over several models, as one list in order of their deadlines."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts import clock
from accounts.roles import Permission
from accounts.scope import Paths, Scope
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.queries import warned_only
from donations.messages.models import Thread
from donations.pledges.models import Commitment, Redirect
from donations.pledges.standing import OFFICE_HOURS, contact_before_answer
from donations.pledges.states import RedirectState
from programs.models import Adjustment, Need
from programs.states import NeedState
from regions.models import Region

# Within how many hours a message is answered.
REPLY_HOURS = 48
COLUMNS = ("kind", "pk", "due", "worth")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the officer looks for: a text and a program, both may be empty; or only reports with warnings."""

    text: str = ""
    program: str = ""
    warned: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task: its tab, and the rows of one model that wait (`due`, `worth` in rupiah)."""

    name: str
    tab: str
    rows: Callable[[Scope], QuerySet[Any]]


@dataclass
class Counts:
    """How many tasks wait, by kind."""

    by_kind: dict[str, int] = field(default_factory=dict)

    def of_tab(self, tab: str) -> int:
        return sum(n for kind, n in self.by_kind.items() if not tab or KINDS[kind].tab == tab)


def after(moment: str, hours: int) -> ExpressionWrapper:
    return ExpressionWrapper(F(moment) + Value(timedelta(hours=hours)), output_field=DateTimeField(null=True))


def _worth(quantity: Any) -> Coalesce:
    return Coalesce(
        ExpressionWrapper(quantity * F("unit_value"), output_field=BigIntegerField()), Value(0),
        output_field=BigIntegerField(),
    )  # fmt: skip


def _answerable(scope: Scope) -> QuerySet[Commitment]:
    mine = scope.as_q(Permission.COMMITMENT_ANSWER, Commitment.SCOPE_PATHS)
    return Commitment.objects.waiting().filter(mine)


def _to_contact(scope: Scope) -> QuerySet[Commitment]:
    rows = _answerable(scope).filter(contacted_at=None)
    return rows.annotate(
        due=after("answer_by", settings.KSBB_CONTACT_HOURS - settings.KSBB_HOLD_HOURS),
        worth=_worth(F("quantity") - F("cancelled")),
    )


def _to_answer(scope: Scope) -> QuerySet[Commitment]:
    rows = _answerable(scope).exclude(contacted_at=None)
    return rows.annotate(due=F("answer_by"), worth=_worth(F("quantity") - F("cancelled")))


def _to_allocate(scope: Scope) -> QuerySet[Commitment]:
    mine = scope.as_q(Permission.COMMITMENT_ALLOCATE, Commitment.SCOPE_PATHS)
    rest = F("quantity") - F("cancelled") - F("held") - F("reserved")
    rows = Commitment.objects.filter(mine, state="accepted").annotate(rest=rest).filter(rest__gt=0)
    return rows.annotate(due=after("accepted_at", OFFICE_HOURS), worth=_worth(F("rest")))


def _no_value() -> Value:
    return Value(0, output_field=BigIntegerField())


def _to_check(scope: Scope) -> QuerySet[Handover]:
    mine = scope.as_q(Permission.HANDOVER_VERIFY, Handover.SCOPE_PATHS)
    rows = Handover.objects.filter(mine, state__in=("submitted", "disputed"))
    return rows.annotate(due=after("submitted_at", OFFICE_HOURS), worth=_worth_of_good())


def _worth_of_good() -> Coalesce:
    """What a report counted as good, at the value of its pledges."""
    value = F("good") * F("delivery_line__allocation__commitment__unit_value")
    lines = HandoverLine.objects.filter(handover=OuterRef("pk")).order_by().values("handover")
    summed = lines.annotate(value=Sum(value, output_field=BigIntegerField())).values("value")
    return Coalesce(Subquery(summed), Value(0), output_field=BigIntegerField())


def _deliveries(scope: Scope) -> QuerySet[Delivery]:
    mine = scope.as_q(Permission.SHORTFALL_SETTLE, Delivery.SCOPE_PATHS)
    day = Cast(F("planned_on"), DateTimeField())
    return Delivery.objects.filter(mine).annotate(due=day, worth=_no_value())


def _overdue(scope: Scope) -> QuerySet[Delivery]:
    """Not left on its day, or gone two days ago and nothing reported of some of it."""
    unsaid = DeliveryLine.objects.filter(
        delivery=OuterRef("pk"), quantity__gt=F("good") + F("damaged") + F("missing")
    )
    late = Q(state__in=("planned", "confirmed"), planned_on__lt=clock.today())
    lost = Q(Exists(unsaid), state="dispatched", dispatched_at__lt=clock.now() - timedelta(days=2))
    return _deliveries(scope).filter(late | lost)


def _short(scope: Scope) -> QuerySet[Delivery]:
    """Something damaged or missing by a verified report, and nobody decided yet what becomes of it."""
    open_lines = DeliveryLine.objects.filter(
        delivery=OuterRef("pk"), settled__lt=F("damaged") + F("missing"),
        reports__handover__state="verified",
    )  # fmt: skip
    return _deliveries(scope).filter(Exists(open_lines))


def _to_reply(scope: Scope) -> QuerySet[Thread]:
    """Conversations in which somebody waits for an answer."""
    mine = scope.as_q(Permission.THREAD_ANSWER, Thread.SCOPE_PATHS)
    rows = Thread.objects.waiting().filter(mine)
    return rows.annotate(due=after("waiting_since", REPLY_HOURS), worth=_no_value())


def _to_decide(scope: Scope) -> QuerySet[Redirect]:
    """Redirections that a giver asked for, where both places are this officer's."""
    mine = scope.as_q(Permission.COMMITMENT_ALLOCATE, Redirect.SCOPE_PATHS)
    mine &= scope.as_q(Permission.COMMITMENT_ALLOCATE, Paths(region="need__region", program="need__program"))
    rows = Redirect.objects.filter(mine, state=RedirectState.ASKED)
    return rows.annotate(due=after("made_at", OFFICE_HOURS), worth=_no_value())


def _to_publish(scope: Scope) -> QuerySet[Need]:
    mine = scope.as_q(Permission.NEED_PUBLISH, Need.SCOPE_PATHS)
    rows = Need.objects.filter(mine, state=NeedState.DRAFT)
    return rows.annotate(due=after("created_at", OFFICE_HOURS), worth=_worth(F("target")))


def _to_adjust(scope: Scope) -> QuerySet[Adjustment]:
    """What recipients ask to have changed about their needs."""
    mine = scope.as_q(Permission.NEED_PUBLISH, Adjustment.SCOPE_PATHS)
    rows = Adjustment.objects.answerable().filter(mine)
    return rows.annotate(due=after("made_at", OFFICE_HOURS), worth=_no_value())


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("contact", "hubungi", _to_contact),
        Kind("answer", "ikrar", _to_answer),
        Kind("allocate", "alokasi", _to_allocate),
        Kind("redirect", "alokasi", _to_decide),
        Kind("reply", "pesan", _to_reply),
        Kind("check", "bast", _to_check),
        Kind("overdue", "pengiriman", _overdue),
        Kind("short", "pengiriman", _short),
        Kind("publish", "draf", _to_publish),
        Kind("adjust", "permintaan", _to_adjust),
    )
}
# How a kind's model leads to the recipient, the program, and whoever gives or delivers.
_PARTY = {
    Commitment: ("pledge__collaborator__name", ""),
    Handover: ("delivery__executor__name", "delivery__"),
    Delivery: ("executor__name", ""),
    Need: ("aid_type__name", ""),
    Redirect: ("allocation__commitment__pledge__collaborator__name", "allocation__commitment__"),
    Thread: ("commitment__pledge__collaborator__name", "commitment__"),
    Adjustment: ("need__aid_type__name", "need__"),
}
_NUMBERED = {Redirect: "allocation__commitment", Thread: "commitment", Adjustment: "need"}
ORDERS = {
    "batas": ("due", "kind", "pk"),
    "-batas": ("-due", "kind", "pk"),
    "-nilai": ("-worth", "kind", "pk"),
    "nilai": ("worth", "kind", "pk"),
}


def narrowed(rows: QuerySet[Any], filters: Filters) -> QuerySet[Any]:
    """The rows of one model that fit the filters."""
    party, at = _PARTY[rows.model]
    if filters.warned:
        rows = warned_only(rows) if rows.model is Handover else rows.filter(pk__in=())
    if filters.program:
        rows = rows.filter(**{f"{at}program": filters.program})
    text = filters.text.strip()
    if not text:
        return rows
    number = text.upper().replace(" ", "").rpartition("-")[2]
    fits = Q(**{f"{party}__icontains": text}) | Q(**{f"{at}site__name__icontains": text})
    fits |= Q(**{f"{at}region__in": Region.objects.search(text).order_by().values("pk")})
    if number.isdecimal() and len(number) < 12:
        # A conversation and a redirection go by the number of their commitment, a request by its need's.
        fits |= Q(**{_NUMBERED.get(rows.model, "pk"): int(number)})
    return rows.filter(fits)


def tasks(scope: Scope, tab: str, order: str, filters: Filters) -> QuerySet[Any]:
    """Rows (kind, pk, due, worth) of everything under a tab ("": all), in order. To be sliced by a paginator."""
    parts = [
        narrowed(kind.rows(scope), filters)
        .order_by()
        .annotate(kind=Value(kind.name, output_field=CharField()))
        .values_list(*COLUMNS)
        for kind in KINDS.values()
        if not tab or kind.tab == tab
    ]
    first, *others = parts
    return first.union(*others, all=True).order_by(*ORDERS.get(order, ORDERS["batas"]))


def counts(scope: Scope, filters: Filters) -> Counts:
    """How many wait, by kind. One query."""
    parts = [
        narrowed(kind.rows(scope), filters)
        .order_by()
        .annotate(kind=Value(name, output_field=CharField()))
        .values("kind")
        .annotate(n=Count("pk"))
        .values_list("kind", "n")
        for name, kind in KINDS.items()
    ]
    first, *others = parts
    found = dict(first.union(*others, all=True))
    return Counts({name: found.get(name, 0) for name in KINDS})


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures over the desk; rupiah for what is held, since units of several kinds do not add up."""

    late_contacts: int
    unanswered: int
    held_value: int
    unchecked: int
    unchecked_since: datetime | None
    open_needs: int
    missing_value: int


def figures(scope: Scope) -> Figures:
    """Three queries."""
    waiting = _answerable(scope).aggregate(
        n=Count("pk"),
        late=Count("pk", filter=Q(
            contacted_at=None,
            answer_by__lt=clock.now() - contact_before_answer(),
        )),
        held=Sum(_worth(F("held"))),
    )  # fmt: skip
    checks = _to_check(scope).aggregate(n=Count("pk"), since=Min("submitted_at"))
    needs = (
        Need.objects.open()
        .filter(scope.as_q(Permission.NEED_PUBLISH, Need.SCOPE_PATHS))
        .aggregate(n=Count("pk"), value=Sum(_worth(F("target") - F("held") - F("reserved"))))
    )
    return Figures(
        late_contacts=waiting["late"],
        unanswered=waiting["n"],
        held_value=waiting["held"] or 0,
        unchecked=checks["n"],
        unchecked_since=checks["since"],
        open_needs=needs["n"],
        missing_value=needs["value"] or 0,
    )
