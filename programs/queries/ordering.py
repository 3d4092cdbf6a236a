"""In which order needs stand in a list."""

from collections.abc import Iterable

from django.db.models import Case, F, FloatField, IntegerField, Value, When
from django.db.models.expressions import Combinable, Func
from django.db.models.functions import Cast, Greatest

from accounts import clock
from programs.models.needs import Need, NeedQuerySet
from programs.states import NeedState

# Days that are added to those left, so that a deadline tomorrow counts double one in two weeks, not fourteenfold.
GRACE_DAYS = 14

ORDERS = ("mendesak", "kurang", "batas", "baru")
"""Most urgent, most missing, nearest deadline, newest."""


def in_order(needs: NeedQuerySet, order: str) -> NeedQuerySet:
    """Needs in one of `ORDERS`; what one can pledge to comes first. Unknown words mean the first.

    Urgency is the share of the target that is missing, times the priority (1–3), divided by the days left
    plus a fortnight: a bare RW with a near deadline stands above a half-served one with time.
    """
    keys: dict[str, tuple[Combinable | str, ...]] = {
        "kurang": ("-missing_quantity", "deadline"),
        "batas": ("deadline", F("urgency").desc()),
        "baru": (F("published_at").desc(nulls_last=True),),
    }
    chosen = keys.get(order, (F("urgency").desc(), "deadline"))
    return (
        needs.with_missing()
        .annotate(closed_to_pledges=_closed_to_pledges(), urgency=urgency())
        .order_by("closed_to_pledges", *chosen, "pk")
    )


def first_in_order(needs: NeedQuerySet, number: int, order: str = "") -> list[Need]:
    """The first `number` of these needs, with all that their rows show.

    Two queries: the needs are chosen by their own columns alone, and only those few joined to regions and programs.
    """
    return with_rows(in_order(needs, order).values_list("pk", flat=True)[:number])


def with_rows(keys: Iterable[int]) -> list[Need]:
    """The needs of these keys, in their order, with all that their rows show."""
    wanted = list(keys)
    found = Need.objects.for_rows().in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def _closed_to_pledges() -> Combinable:
    """0 where one can pledge, else 1: the opposite of `NeedQuerySet.open`."""
    return Case(
        When(
            state=NeedState.PUBLISHED,
            deadline__gte=clock.today(),
            target__gt=F("held") + F("reserved"),
            then=Value(0),
        ),
        default=Value(1),
    )


def urgency() -> Combinable:
    """How urgent a need is; see `in_order`."""
    days_left = Func(
        F("deadline"), Value(clock.today()), template="(%(expressions)s)", arg_joiner=" - ",
        output_field=IntegerField(),
    )  # fmt: skip
    share = Cast(F("target") - F("held") - F("reserved"), FloatField()) / Cast(F("target"), FloatField())
    return share * F("priority") / (Greatest(days_left, Value(0)) + GRACE_DAYS)
