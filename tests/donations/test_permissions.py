"""Who may do which verb, in which state, where: the whole product, through `perform` itself."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotAllowed, NotNow, OutOfReach
from accounts.models import User
from accounts.roles import Role
from donations.confirmations import actions as confirmations
from donations.confirmations.kinds import Reply
from donations.confirmations.models import Confirmation, Draw
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.messages import actions as messages
from donations.messages.models import Thread
from donations.outside.models import OutsideFigure
from donations.pledges import actions as pledges
from donations.pledges.actions import repeats
from donations.pledges.actions.submit import start_repeat
from donations.pledges.models import Commitment, Redirect, Repeat, RepeatWish, Route
from programs.actions import close, pause
from programs.models import Need
from tests.donations.outside.test_actions import make_outside
from tests.factories import (
    OrganisationFactory,
    aggregator,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db

A, F, O = Role.ASSESSOR, Role.FACILITATOR, Role.OFFICIAL  # noqa: E741
C, G, E = Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR
DELIVERERS = {C, G, E}
NOBODY: set[Role] = set()

# verb → the roles that may, within reach. Written down here on its own: the code's grants must agree.
WHO: dict[type, dict[str, set[Role]]] = {
    Need: {
        "draft": {A, F}, "edit": {A, F}, "publish": {A}, "revise": {A}, "pause": {A}, "resume": {A}, "close": {A},
        "reopen": {A},
    },
    Commitment: {
        "submit": {C}, "contact": {A}, "accept": {A}, "decline": {A}, "allocate": {A}, "release": {A},
        "entrust": {A, C, G}, "reschedule": {C}, "reroute": {C}, "name": {C}, "note": {C}, "divert": {A, C},
        "fund": {G}, "convert": {G}, "reduce": {A, C}, "cancel": {A, C}, "expire": NOBODY,
        "lapse": {A}, "restore": {A, C}, "fulfil": NOBODY, "close_short": {A},
        "found_need": {A}, "redirect": {A},
    },
    Repeat: {
        "start": {C}, "announce": NOBODY, "make": NOBODY, "miss": NOBODY, "skip": {C}, "end": {C},
        "complete": NOBODY,
    },
    Redirect: {
        "ask": {C}, "propose": {A}, "agree": {A}, "decline": {A}, "withdraw": {C}, "accept": {C}, "refuse": {C},
        "retract": {A}, "lapse": NOBODY,
    },
    Thread: {
        "write": {C, G, E}, "reply": {A, F}, "settle": {A, F}, "wait": NOBODY, "rest": NOBODY,
    },
    Delivery: {
        "plan": DELIVERERS, "confirm": {F, O}, "move": DELIVERERS | {O}, "dispatch": DELIVERERS, "arrive": {O},
        "complete": NOBODY, "fail": DELIVERERS | {A}, "cancel": DELIVERERS, "resend": {A}, "release": {A},
    },
    Handover: {
        "start": {O}, "save": {O}, "take": {O}, "submit": {O}, "discard": {O}, "verify": {A}, "send_back": {A},
        "dispute": {A, F}, "settle": {A}, "clear": {A},
    },
    Confirmation: {
        "ask": NOBODY, "answer": NOBODY, "affirm": DELIVERERS, "attest": {F}, "close": NOBODY, "expire": NOBODY,
    },
    Draw: {"draw": {A}, "print": {A, F}, "cancel": {A}, "close": NOBODY},
    OutsideFigure: {"record": {A}, "edit": {A}, "publish": {A}, "correct": {A}, "withdraw": {A}},
}  # fmt: skip


class Allowed(Exception):
    """The verb's block was reached: state, role and place are all right."""


def outcome(subject: Need | Commitment | Delivery | Handover, verb: str, by: User) -> type[Exception]:
    try:
        with perform(subject, verb, by=by, reason="Alasan contoh."):
            raise Allowed  # nothing is kept
    except (Allowed, NotAllowed, NotNow, OutOfReach) as result:
        return type(result)


def people(inside: bool, organisations: dict[Role, object]) -> dict[Role, User]:
    """One person for each role, within reach of the object or just outside it."""
    area = "31.74" if inside else "31.75"
    recipient = "31.74.01.1001.003" if inside else "31.74.01.1001.004"
    found = {role: someone(role, tree(area)) for role in (Role.ADMINISTRATOR, A, F)}
    found[O] = someone(O, tree(recipient))
    for role in (C, G, E):
        found[role] = someone(role, organisations[role] if inside else OrganisationFactory())
    return found


def check(subjects: dict[str, object], organisations: dict[Role, object]) -> int:
    """Compare every outcome of the product with the table above; how many were compared."""
    compared = 0
    for inside, (state, subject) in product((True, False), subjects.items()):
        verbs = type(subject).VERBS
        for (role, user), verb in product(people(inside, organisations).items(), verbs.values()):
            if verb.sources == {""}:
                continue  # creating is asked below, by place
            may = role in WHO[type(subject)][verb.name]
            if verb.by_platform:
                expected: type[Exception] = NotAllowed
            elif not inside:
                expected = OutOfReach
            elif not may:
                expected = NotAllowed
            else:
                expected = Allowed if state in verb.sources else NotNow
            assert outcome(subject, verb.name, user) is expected, (state, verb.name, role, inside)
            compared += 1
    assert set(WHO[type(subject)]) == set(verbs)
    return compared


def test_permissions_of_needs_by_state_verb_role_and_area() -> None:
    held = {
        "draft": make_need("draft"),
        "published": make_need(),
        "paused": pause(need=make_need(), by=None, reason="x"),
        "closed": close(need=make_need(), by=None, reason="x"),
    }
    nowhere = {C: OrganisationFactory(), G: OrganisationFactory(), E: OrganisationFactory()}
    for role in (C, G, E):  # organisations reach no needs as such
        for need in held.values():
            assert outcome(need, "edit", someone(role, nowhere[role])) is OutOfReach
    area_people = {Role.ADMINISTRATOR, A, F, O}
    for inside, (state, need) in product((True, False), held.items()):
        for (role, user), verb in product(people(inside, nowhere).items(), Need.VERBS.values()):
            if role not in area_people or verb.sources == {""}:
                continue
            may = role in WHO[Need][verb.name]
            expected = OutOfReach if not inside else NotAllowed if not may else Allowed
            if expected is Allowed and state not in verb.sources:
                expected = NotNow
            assert outcome(need, verb.name, user) is expected, (state, verb.name, role, inside)


def test_permissions_of_commitments_by_state_verb_role_and_area() -> None:
    giver, collector, carrier = OrganisationFactory(), aggregator(), OrganisationFactory(is_executor=True)
    need = make_need(target=100_000)

    def fresh(state: str = "accepted") -> Commitment:
        made = make_commitment(
            state, need=need, quantity=10, collaborator=giver, route=Route.AGGREGATOR, aggregator=collector
        )
        Commitment.objects.filter(pk=made.pk).update(executor=carrier)
        made.refresh_from_db()
        return made

    subjects = {
        "submitted": fresh("submitted"),
        "accepted": fresh(),
        "declined": pledges.decline(commitment=fresh("submitted"), by=None, reason="x"),
        "cancelled": pledges.cancel(commitment=fresh(), by=None, reason="x"),
        "lapsed": pledges.lapse(commitment=fresh(), by=None, reason="x"),
        "closed_short": pledges.close_short(commitment=fresh(), by=None, reason="x"),
    }
    assert check(subjects, {C: giver, G: collector, E: carrier}) > 1000


def test_permissions_of_repeats_by_state_verb_role_and_area() -> None:
    giver, collector, carrier = OrganisationFactory(), aggregator(), OrganisationFactory(is_executor=True)
    subjects = {}
    for state in ("active", "ended"):
        made = make_commitment("accepted", collaborator=giver, route=Route.AGGREGATOR, aggregator=collector)
        Commitment.objects.filter(pk=made.pk).update(executor=carrier)
        subjects[state] = start_repeat(made, RepeatWish.OPEN, None)
    subjects["ended"] = repeats.end(repeat=subjects["ended"], by=None)
    assert check(subjects, {C: giver, G: collector, E: carrier}) > 100


def test_permissions_of_redirections_by_state_verb_role_and_area() -> None:
    giver, collector, carrier = OrganisationFactory(), aggregator(), OrganisationFactory(is_executor=True)
    source, target = make_need(target=100_000), make_need(target=100_000, code="31.74.01.1001.009")

    def asked(begin: Callable[..., Redirect] = pledges.ask_redirect) -> Redirect:
        made = make_commitment(
            "accepted",
            need=source,
            quantity=10,
            collaborator=giver,
            route=Route.AGGREGATOR,
            aggregator=collector,
        )
        Commitment.objects.filter(pk=made.pk).update(executor=carrier)
        return begin(
            allocation=made.allocations.get(), need=target, quantity=4, by=None, reason="Alasan contoh."
        )

    ended = asked()
    pledges.cancel(commitment=ended.allocation.commitment, by=None, reason="x")
    ended.refresh_from_db()
    subjects = {
        "asked": asked(),
        "proposed": asked(pledges.propose_redirect),
        "done": pledges.agree_redirect(redirect=asked(), by=None),
        "declined": pledges.decline_redirect(redirect=asked(), by=None, reason="x"),
        "withdrawn": pledges.withdraw_redirect(redirect=asked(), by=None),
        "lapsed": ended,
    }
    assert {state: subject.state for state, subject in subjects.items()} == {
        state: state for state in subjects
    }
    assert check(subjects, {C: giver, G: collector, E: carrier}) > 500


def test_permissions_of_conversations_by_state_verb_role_and_area() -> None:
    giver, collector, carrier = OrganisationFactory(), aggregator(), OrganisationFactory(is_executor=True)
    need = make_need(target=100_000)

    def thread(role: Role) -> Thread:
        made = make_commitment(
            "accepted",
            need=need,
            quantity=10,
            collaborator=giver,
            route=Route.AGGREGATOR,
            aggregator=collector,
        )
        Commitment.objects.filter(pk=made.pk).update(executor=carrier)
        made.refresh_from_db()
        place = giver if role == C else tree("31.74")
        return messages.send(commitment=made, by=someone(role, place), text="Halo.").thread

    subjects = {"waiting": thread(C), "answered": thread(A)}
    assert check(subjects, {C: giver, G: collector, E: carrier}) > 100


def test_permissions_of_deliveries_by_state_verb_role_and_area() -> None:
    need, carrier = make_need(target=100_000), OrganisationFactory(is_executor=True)

    def fresh(state: str = "planned") -> Delivery:
        return make_delivery(
            state, commitment=make_commitment("accepted", need=need, quantity=10, collaborator=carrier)
        )

    done = fresh("dispatched")
    make_handover("verified", delivery=done)
    done.refresh_from_db()
    subjects = {
        "planned": fresh(),
        "confirmed": deliveries.confirm(delivery=fresh(), by=None),
        "dispatched": fresh("dispatched"),
        "completed": done,
        "failed": deliveries.fail(delivery=fresh("dispatched"), by=None, reason="x"),
        "cancelled": deliveries.cancel(delivery=fresh(), by=None, reason="x"),
    }
    assert done.state == "completed"
    assert check(subjects, {C: carrier, G: carrier, E: carrier}) > 600


def test_permissions_of_figures_from_outside_by_state_verb_role_and_area() -> None:
    subjects = {state: make_outside(state) for state in ("recorded", "published", "withdrawn")}
    given = OrganisationFactory()
    # A figure lies in a city: nobody reaches it by a recipient or an organisation.
    for inside, (state, subject) in product((True, False), subjects.items()):
        for (role, user), verb in product(
            people(inside, {C: given, G: given, E: given}).items(), OutsideFigure.VERBS
        ):
            if verb == "record":
                continue
            near = inside and role in (Role.ADMINISTRATOR, A, F)
            expected: type[Exception] = NotAllowed if near else OutOfReach
            if near and role in WHO[OutsideFigure][verb]:
                expected = Allowed if state in OutsideFigure.VERBS[verb].sources else NotNow
            assert outcome(subject, verb, user) is expected, (state, verb, role, inside)


def test_permissions_of_handovers_by_state_verb_role_and_area() -> None:
    need, carrier = make_need(target=100_000), OrganisationFactory(is_executor=True)

    def fresh(state: str = "submitted") -> Handover:
        commitment = make_commitment("accepted", need=need, quantity=10, collaborator=carrier)
        return make_handover(state, delivery=make_delivery("dispatched", commitment=commitment))

    subjects = {
        "draft": fresh("draft"),
        "submitted": fresh(),
        "returned": handovers.send_back(handover=fresh(), by=None, reason="x"),
        "verified": fresh("verified"),
        "disputed": handovers.dispute(handover=fresh(), by=None, reason="x"),
        "discarded": handovers.discard(handover=fresh("draft"), by=None),
    }
    assert check(subjects, {C: carrier, G: carrier, E: carrier}) > 500


def test_permissions_of_confirmations_by_state_verb_role_and_area() -> None:
    handover = make_handover("submitted")
    carrier = handover.delivery.executor
    asked, other = confirmations.ask(handover)
    confirmations.answer(confirmation=other, reply=Reply("all"), by=None)
    other.refresh_from_db()
    draw = confirmations.draw(
        handover=handover, by=None, households=9, size=3, expires_on=clock.today() + timedelta(days=9)
    )
    here = {C: carrier, G: carrier, E: carrier}
    assert check({"open": asked, "answered": other}, here) > 50
    assert check({"open": draw}, here) > 20
    # A draw begins at a report, before anybody was drawn.
    elsewhere, day = make_handover("submitted"), clock.today()
    for role, user in people(True, here).items():
        expected = Allowed if role == A else OutOfReach if role in DELIVERERS else NotAllowed
        new = Draw(handover=elsewhere, households=9, size=3, expires_on=day)
        assert outcome(new, "draw", user) is expected, role
