"""The page of one commitment, for everybody whom it concerns: composed of what all rooms know."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import may
from accounts.models import User
from accounts.once import last_move
from accounts.roles import Permission, Role
from accounts.scope import Scope
from donations.deliveries.models import Delivery
from donations.deliveries.queries import plannable
from donations.desk.history import history
from donations.desk.places import picture
from donations.desk.words import commitment_facts, commitment_key, contact_facts
from donations.handovers.models import Handover
from donations.messages.queries import talkable, unread
from donations.pledges.changes import CHANGES, changes
from donations.pledges.models import Commitment, Pledge, Redirect, Route
from donations.pledges.offers import address_of, offers
from donations.pledges.office import office_of
from donations.pledges.standing import next_step, standing
from donations.pledges.states import COMMITMENT, REDIRECT
from donations.pledges.way import facts_of
from donations.pledges.wording import decided_by, names_of
from programs.models import Need
from programs.wording import in_sentence, quantity_in_unit

# The mark of an allocation's progress: kinds of the tag "status".
PROGRESS_MARKS = {
    "held": "held", "allocated": "allocated", "on_the_way": "allocated", "partly": "delivered", "delivered": "delivered",
    "verified": "verified", "released": "closed",
}  # fmt: skip
# What only a giver changes stands in a list of its own, with reasons; beside it no second button.
GIVERS_OWN = ("reschedule", "reroute", "name", "note")


def page_of(commitment: Commitment, user: User) -> dict[str, Any]:
    """The context of the page; `commitment` was read with `with_way`."""
    facts, names = facts_of(commitment), names_of(commitment)
    owed = next_step(facts, names)
    allocations = list(commitment.allocations.all())
    pledge = Pledge.objects.visible_to(user).filter(pk=commitment.pledge_id).first()
    gave = pledge is not None
    listed = CHANGES if gave else GIVERS_OWN
    offered = [
        offer for offer in offers(commitment, user) if offer.verb not in listed or offer.kind == "primary"
    ]
    may_plan = plannable(user).filter(commitment=commitment).exists()
    return {
        "commitment": commitment,
        "standing": standing(facts, names),
        "owed": owed,
        "owed_by_reader": owed is not None and owes(commitment, owed.owner, Scope.of(user)),
        "offers": offered,
        "plan_href": f"{reverse('delivery_plan')}?komitmen={commitment.pk}" if may_plan else "",
        "plan_first": not any(offer.kind == "primary" for offer in offered),
        "accept": {"quantity": commitment.live, "seen": last_move(commitment)},
        "facts": [*contact_facts(commitment, user), *commitment_facts(commitment)],
        "key_rows": commitment_key(commitment),
        "figures": _figures(commitment, facts),
        "allocations": _allocations(commitment, user, allocations),
        "picture": picture(commitment, allocations),
        "office": office_of(commitment),
        "redirects": _redirects(commitment, user, first=not any(offer.kind == "primary" for offer in offered)),
        "changes": _changes(commitment, user, facts, names) if gave else [],
        "trips": _trips(user, allocations, commitment),
        "has_money": commitment.route == Route.AGGREGATOR,
        "receipts": list(commitment.receipts.all()),
        "conversions": list(commitment.conversions.all()),
        "moves": history(commitment, owed),
        "talk": _talk(commitment, user),
        "pledge": pledge,
    }  # fmt: skip


def owes(commitment: Commitment, owner: str, scope: Scope) -> bool:
    """Whether a step that `owner` owes is up to this person."""
    if owner == "assessor":
        return scope.covers(Permission.COMMITMENT_ANSWER, commitment)
    if owner == "giver":
        return commitment.pledge.collaborator_id in scope.organisations(Role.COLLABORATOR)
    if owner == "aggregator":
        return commitment.aggregator_id in scope.organisations(Role.AGGREGATOR)
    if owner == "executor":
        roles = (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR)
        return commitment.executor_id in scope.organisations(*roles)
    return False


def _figures(commitment: Commitment, facts: Any) -> list[tuple[str, int]]:
    """Quantities per stage, in the order in which aid passes through them."""
    return [
        (_("diikrarkan"), commitment.live), (_("dialokasikan"), commitment.reserved),
        (_("direncanakan"), facts.planned), (_("dikirim"), commitment.dispatched),
        (_("diterima baik"), commitment.received), (_("terverifikasi"), commitment.verified),
    ]  # fmt: skip


def _allocations(commitment: Commitment, user: User, allocations: list[Any]) -> list[Any]:
    seen = set(
        Need.objects.visible_to(user).filter(allocations__commitment=commitment).values_list("pk", flat=True)
    )
    return [
        (one, PROGRESS_MARKS[one.progress], reverse("desk_need" if one.need_id in seen else "need", args=[one.need_id]))
        for one in allocations
    ]  # fmt: skip


def _redirects(commitment: Commitment, user: User, *, first: bool) -> list[dict[str, Any]]:
    """Those that wait for an answer, with what this person may do about them; `first`: it is what the page is for."""
    found = Redirect.objects.open().filter(allocation__commitment=commitment).for_rows()  # type: ignore[attr-defined]

    def can(verb: Any, one: Redirect) -> bool:
        """Whoever agrees is answerable for both places."""
        return may(user, verb, one) and (verb.name != "agree" or may(user, COMMITMENT["allocate"], one.need))

    return [
        {
            "redirect": one,
            "amount": quantity_in_unit(commitment.aid_type, one.quantity),
            "why": next((move.reason for move in one.moves.all()), ""),
            "verbs": [
                {"label": verb.label, "href": reverse("redirect_verb", args=[one.pk, verb.name]),
                 "kind": "primary" if first and verb.name in ("agree", "accept") else ""}
                for verb in REDIRECT.possible(one.state) if can(verb, one)
            ],
            "decided_by": decided_by(one),
        }
        for one in found.prefetch_related("moves")
    ]  # fmt: skip


def _changes(commitment: Commitment, user: User, facts: Any, names: Any) -> list[dict[str, Any]]:
    """Each that is possible with its page; those that are not, together where one reason stands in the way."""
    rows: dict[str, dict[str, Any]] = {}
    for one in changes(facts, names.amount):
        if not may(user, COMMITMENT[one.verb], commitment):
            continue
        if not one.why:
            rows[one.verb] = {"label": one.label, "why": "", "href": address_of(commitment, one.verb)}
        elif one.why in rows:
            rows[one.why]["label"] += f", {in_sentence(str(one.label))}"
        else:
            rows[one.why] = {"label": str(one.label), "why": one.why, "href": ""}
    return sorted(rows.values(), key=lambda row: bool(row["why"]))


def _trips(user: User, allocations: list[Any], commitment: Commitment) -> list[dict[str, Any]]:
    """What of this commitment is in which delivery, and its reports; links only where this person gets in."""
    lines = [(one, line) for one in allocations for line in one.lines.all()]
    keys = {line.delivery_id for _one, line in lines}
    trips = set(Delivery.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    reports = set(Handover.objects.visible_to(user).filter(delivery__in=keys).values_list("pk", flat=True))
    rows = [
        {
            "trip": line.delivery,
            "href": line.delivery.get_absolute_url() if line.delivery_id in trips else "",
            "recipient": one.need.recipient_name,
            "amount": quantity_in_unit(commitment.aid_type, line.quantity),
            "reports": [_report(found.handover, found.handover_id in reports) for found in line.reports.all()
                        if found.handover.submitted_at and found.handover.state != "discarded"],
        }
        for one, line in lines
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["trip"].planned_on, row["trip"].pk), reverse=True)


def _report(report: Handover, is_within_reach: bool) -> dict[str, Any]:
    href = reverse("handover", args=[report.pk]) if is_within_reach else ""
    public = reverse("bast", args=[report.code]) if report.number else ""
    return {"report": report, "href": href or public, "label": report.state_label}


def _talk(commitment: Commitment, user: User) -> dict[str, Any] | None:
    """The way to the conversation, for those who take part in it."""
    if not talkable(user).filter(pk=commitment.pk).exists():
        return None
    thread = getattr(commitment, "thread", None)
    return {
        "href": reverse("thread", args=[commitment.pk]),
        "new": unread(user, [commitment.pk]).get(commitment.pk, 0),
        "thread": thread,
    }
