"""The list of people, narrowed as asked."""

import re
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Assignment, User
from accounts.queries import reach
from regions.queries import within


def listed(by: User, values: dict[str, str]) -> QuerySet[User]:
    """People within reach of `by`: by name, e-mail or phone; by role, area and state of what they hold."""
    held = reach.assignments(by)
    asked = reach.invitations(by).filter(email="")
    for name, path in (("role", "role"), ("area", "area")):
        if value := values.get(name):
            q = within("area", value) if name == "area" else Q(**{path: value})
            held, asked = held.filter(q), asked.filter(q)
    mine = {"user": OuterRef("pk")}
    state = values.get("state", "")
    in_force = Exists(held.not_over().filter(**mine))
    waiting = Exists(asked.filter(state="open", **mine))
    anything = Exists(held.filter(**mine)) | Exists(asked.filter(**mine))
    condition: Any = {
        "held": in_force,
        "waiting": waiting,
        "ended": Exists(held.filter(**mine)) & ~in_force,
        "inactive": Q(is_active=False) & anything,
    }.get(state, anything)
    rows = User.objects.filter(condition, _named(values.get("q", "")))
    shown = reach.assignments(by).not_over().select_related("region", "site", "organisation")
    return rows.prefetch_related(Prefetch("assignments", shown, to_attr="shown")).order_by("name", "pk")


def _named(text: str) -> Q:
    text = text.strip()
    if not text:
        return Q()
    q = Q(name__icontains=text) | Q(email__icontains=text)
    digits = re.sub(r"\D", "", text).removeprefix("62").removeprefix("0")
    return q | Q(phone__contains=digits) if len(digits) >= 4 else q


def shown_assignments(by: User, person: User) -> list[Assignment]:
    """What the person holds or held within reach of `by`, newest first."""
    rows = reach.assignments(by).filter(user=person).select_related("region", "site", "organisation", "area")
    return list(rows.order_by("-starts", "-pk"))
