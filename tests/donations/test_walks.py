"""Random walks with the real verbs: whatever is tried in whatever order, the ledger stays whole.

A verb may be refused with a sentence; it never breaks on a constraint, and never leaves sums that disagree.
"""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from accounts import photos
from accounts.errors import NotNow, Refused
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.ledger import faults
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.pledges.models import Allocation, Commitment
from programs.actions import revise
from programs.models import Need
from tests.factories import (
    PARTIES,
    OrganisationFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    picture,
)

quantities = st.sampled_from([-1, 0, 1, 2, 3, 5, 8, 21])
WALKED: Counter[str] = Counter()
picks = st.integers(min_value=0, max_value=9)


def divert(*, allocation: Allocation, need: Need, quantity: int) -> None:
    redirect = pledges.ask_redirect(allocation=allocation, need=need, quantity=quantity, by=None)
    pledges.agree_redirect(redirect=redirect, by=None)


class Walk(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.givers = [OrganisationFactory(), OrganisationFactory()]
        self.done: Counter[str] = Counter()
        needs = [make_need(target=60), make_need(target=15, code="31.74.01.1001.004")]
        for giver in self.givers:
            delivery = make_delivery(
                "dispatched",
                commitment=make_commitment("accepted", need=needs[0], quantity=10, collaborator=giver),
                quantity=8,
            )
            make_handover("submitted", delivery=delivery, good=3, damaged=1, missing=1)

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            assert list(faults()) == []
            WALKED.update(self.done)
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def pick(self, model: type, number: int, *states: str):
        """One row; mostly one in a state that the verb starts from, so that walks get far."""
        rows = model.objects.order_by("-pk")
        likely = list(rows.filter(state__in=states)) if states and number < 8 else list(rows)
        return likely[number % len(likely)] if likely else None

    def attempt(self, call, subject, *args, **kwargs) -> None:
        """Perform; a refusal is an answer, anything else that is raised is a fault of ours."""
        if subject is None:
            return
        try:
            with transaction.atomic():
                call(*args, **kwargs)
            self.done[call.__name__] += 1
        except (Refused, NotNow):
            pass

    @rule(n=picks, quantity=quantities)
    def pledge(self, n: int, quantity: int) -> None:
        need = self.pick(Need, n)
        self.attempt(
            pledges.submit, need, collaborator=self.givers[n % 2], by=None,
            promises=[Promise(quantity=quantity, need=need)],
        )  # fmt: skip

    @rule(n=picks, quantity=quantities)
    def wish(self, n: int, quantity: int) -> None:
        need = self.pick(Need, n)
        promise = Promise(quantity=quantity, aid_type=need.aid_type, region=need.region.parent)
        self.attempt(pledges.submit, need, collaborator=self.givers[n % 2], by=None, promises=[promise])

    @rule(n=picks, quantity=st.one_of(st.none(), quantities))
    def accept(self, n: int, quantity: int | None) -> None:
        commitment = self.pick(Commitment, n, "submitted")
        self.attempt(pledges.accept, commitment, commitment=commitment, by=None, quantity=quantity)

    @rule(
        n=picks, verb=st.sampled_from([pledges.decline, pledges.cancel, pledges.lapse, pledges.close_short])
    )
    def end(self, n: int, verb) -> None:
        commitment = self.pick(Commitment, n)
        self.attempt(verb, commitment, commitment=commitment, by=None, reason="Alasan.")

    @rule(n=picks)
    def restore(self, n: int) -> None:
        commitment = self.pick(Commitment, n, "declined", "cancelled", "lapsed")
        self.attempt(pledges.restore, commitment, commitment=commitment, by=None)

    @rule(n=picks, quantity=quantities)
    def reduce(self, n: int, quantity: int) -> None:
        commitment = self.pick(Commitment, n)
        self.attempt(
            pledges.reduce, commitment, commitment=commitment, by=None, quantity=quantity, reason="A."
        )

    @rule(n=picks, m=picks, quantity=quantities)
    def allocate(self, n: int, m: int, quantity: int) -> None:
        commitment, need = self.pick(Commitment, n, "accepted"), self.pick(Need, m)
        self.attempt(
            pledges.allocate, commitment, commitment=commitment, need=need, quantity=quantity, by=None
        )

    @rule(n=picks, quantity=st.one_of(st.none(), quantities))
    def release(self, n: int, quantity: int | None) -> None:
        allocation = self.pick(Allocation, n)
        self.attempt(
            pledges.release, allocation, allocation=allocation, by=None, reason="A.", quantity=quantity
        )

    @rule(n=picks, m=picks, quantity=quantities)
    def divert(self, n: int, m: int, quantity: int) -> None:
        allocation, need = self.pick(Allocation, n, "reserved", "held"), self.pick(Need, m)
        self.attempt(divert, allocation, allocation=allocation, need=need, quantity=quantity)

    @rule(n=picks, goal=st.integers(1, 40))
    def revise(self, n: int, goal: int) -> None:
        need = self.pick(Need, n)
        self.attempt(revise, need, need=need, by=None, reason="A.", changes={"target": goal})

    @rule(n=picks, quantity=quantities)
    def plan(self, n: int, quantity: int) -> None:
        allocation = self.pick(Allocation, n, "reserved")
        if allocation is not None:
            self.attempt(
                deliveries.plan, allocation, executor=allocation.commitment.executor,
                quantities={allocation: quantity}, planned_on=timezone.localdate(), by=None,
            )  # fmt: skip

    @rule(n=picks)
    def dispatch(self, n: int) -> None:
        delivery = self.pick(Delivery, n, "planned")
        self.attempt(deliveries.dispatch, delivery, delivery=delivery, by=None)

    @rule(n=picks, verb=st.sampled_from([deliveries.cancel, deliveries.fail]))
    def give_up(self, n: int, verb) -> None:
        delivery = self.pick(Delivery, n)
        self.attempt(verb, delivery, delivery=delivery, by=None, reason="A.")

    @rule(n=picks, counts=st.tuples(quantities, quantities, quantities))
    def report(self, n: int, counts: tuple[int, int, int]) -> None:
        delivery = self.pick(Delivery, n, "dispatched")
        if delivery is None:
            return

        def write() -> None:
            handover = handovers.start(delivery=delivery, by=None)
            line = delivery.lines.get()
            handovers.save(
                handover=handover, by=None, counts={line.pk: counts}, arrived_at=timezone.now(), place="Balai",
                **PARTIES,
            )  # fmt: skip
            if not handover.photos.exists():
                handovers.add_photo(handover=handover, by=None, photo=photos.clean(picture(size=(8, 8))))
            handovers.submit(handover=handover, by=None)

        self.attempt(write, delivery)

    @rule(n=picks)
    def verify(self, n: int) -> None:
        handover = self.pick(Handover, n, "submitted")
        self.attempt(handovers.verify, handover, handover=handover, by=None)

    @rule(n=picks, verb=st.sampled_from([handovers.send_back, handovers.dispute, handovers.settle]))
    def doubt(self, n: int, verb) -> None:
        handover = self.pick(Handover, n, "submitted", "disputed")
        self.attempt(verb, handover, handover=handover, by=None, reason="A.")

    @rule(n=picks, quantity=quantities, verb=st.sampled_from([deliveries.resend, deliveries.release]))
    def settle_shortfall(self, n: int, quantity: int, verb) -> None:
        rows = list(DeliveryLine.objects.order_by("-damaged", "-missing"))
        line = rows[n % len(rows)]
        self.attempt(verb, line, line=line, by=None, quantity=quantity, reason="A.")


class WalkTest(Walk.TestCase, TestCase):
    """Hypothesis' machine within a database test."""

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        # A walk that is refused at every step proves nothing.
        assert WALKED.total() > 30, WALKED


WalkTest.settings = settings(
    max_examples=15,
    stateful_step_count=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
