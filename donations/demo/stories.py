"""The planned needs and gifts as stories of verbs (`telling`)."""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from accounts import clock
from accounts.models import Organisation, User
from donations.demo import names
from donations.demo.cast import Cast
from donations.demo.journeys import Journeys
from donations.demo.plan import Gift, NeedPlan, reason_for
from donations.demo.telling import Story, in_hours
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.pledges.models import Commitment, FundSource, PledgeDraftLine, Route
from donations.pledges.wording import LETTER_VERSION, statement
from programs import actions as needs
from programs.models import AidType, Need, Priority
from regions.models import Region

# How many one unit reaches where it is not one each.
SERVES = {
    "bank-sampah": 150, "timbangan": 120, "pencacah": 120, "gerobak-motor": 200, "pendampingan": 10, "pengolahan": 40,
    "penghijauan": 30, "prasarana": 60, "bangunan": 90,
}  # fmt: skip


class Teller:
    """Tells the stories of one plan with one cast."""

    def __init__(self, cast: Cast, chance: random.Random, until: datetime) -> None:
        self.cast, self.chance, self.until = cast, chance, until
        self.aid_types = {(a.program_id, a.code): a for a in AidType.objects.select_related("program")}
        self.told: dict[int, Need] = {}
        self.turns = {kind: list(givers) for kind, givers in cast.givers.items()}
        self.journeys = Journeys(cast, chance, until)

    # --- needs

    def need(self, plan: NeedPlan) -> Story:
        assert plan.created is not None
        assert plan.deadline is not None
        aid_type = self.aid_types[plan.program, plan.aid_type]
        officer = self.cast.assessors[plan.city]
        yield in_hours(plan.created, 9, 15, self.chance)
        region = plan.site.region if plan.site else self.cast.regions[plan.region]
        served = plan.target * SERVES.get(plan.aid_type, 1)
        people = max(1, round(served * self.chance.uniform(0.75, 1.0))) if plan.target < 10**6 else 12
        need = needs.draft(
            by=officer, program=aid_type.program, aid_type=aid_type, region=region, site=plan.site,
            target=plan.first_target or plan.target, people=people, people_kind=plan.people_kind,
            reason=reason_for(plan.program, self.chance), handover_place=self.chance.choice(names.PLACES),
            priority=self.chance.choices(list(Priority), (6, 3, 1))[0], deadline=plan.deadline,
        )  # fmt: skip
        if plan.fate == "draft":
            return
        yield clock.now() + timedelta(hours=2)
        self.told[id(plan)] = needs.publish(need=need, by=officer)
        if plan.first_target is not None:
            early = plan.first_target < plan.target
            yield (
                clock.now() + timedelta(hours=20)
                if early
                else self.until - timedelta(days=self.chance.uniform(0.5, 1))
            )
            needs.revise(
                need=need,
                by=officer,
                reason=names.REVISED[0 if early else 1],
                changes={"target": plan.target},
            )
        if plan.fate != "open":
            yield max(clock.now(), self.until - timedelta(days=self.chance.uniform(0.2, 3)))
            if plan.fate == "closed":
                needs.close(need=need, by=officer, reason="Seluruhnya sudah terpenuhi.")
            else:
                needs.pause(need=need, by=officer, reason="Menunggu pendataan ulang.")

    # --- gifts

    def gifts(self, plan: NeedPlan, group: list[Gift]) -> Story:
        """One gift to the need, or several that travel together."""
        first = group[0]
        yield first.at
        officer = self.cast.assessors[plan.city]
        need = self.told[id(plan)]
        if first.as_wish:
            whole_city = self.cast.regions[plan.city]
            commitments = [self._pledge(first, aid_type=need.aid_type, region=whole_city)]
        else:
            commitments = [self._pledge(gift, need=need) for gift in group]
        if first.stage in ("waiting", "overdue"):
            return
        yield from self._not_accepted(commitments[0], first, officer, self._sent_again(plan, first))
        if first.stage in ("contacted", "declined", "expired"):
            return
        yield clock.now() + timedelta(hours=self.chance.uniform(6, 30))
        accepted = []
        for commitment, gift in zip(commitments, group, strict=True):
            reduces = gift.surplus and gift.quantity % 2 == 0
            amount = gift.quantity if gift.surplus and not reduces else None
            taken = pledges.accept(commitment=commitment, by=officer, quantity=amount)
            accepted.append(self._reduced(taken, gift) if reduces else taken)
        if first.as_wish:
            yield clock.now() + timedelta(hours=5)
            pledges.allocate(commitment=accepted[0], need=need, quantity=accepted[0].live, by=officer)
        if first.stage in ("cancelled", "lapsed"):
            yield from self._given_up(accepted[0], first, officer)
            return
        for commitment, gift in zip(accepted, group, strict=True):
            if commitment.route == Route.AGGREGATOR:
                yield from self._money(commitment, gift, officer)
        if first.stage != "accepted":
            yield from self.journeys.journey(first, accepted, officer)

    def wish(self, program: str, aid_type: str, region: str, gift: Gift) -> Story:
        """A gift "where it is needed most"."""
        yield gift.at
        commitment = self._pledge(
            gift, aid_type=self.aid_types[program, aid_type], region=self.cast.regions[region]
        )
        if gift.stage == "accepted":
            yield clock.now() + timedelta(hours=30)
            pledges.accept(commitment=commitment, by=self.cast.assessors[region])

    def _pledge(
        self,
        gift: Gift,
        *,
        need: Need | None = None,
        aid_type: AidType | None = None,
        region: Region | None = None,
    ) -> Commitment:
        giver = self._giver(gift)
        promise = Promise(
            quantity=gift.quantity + gift.surplus,
            need=need,
            aid_type=aid_type,
            region=region,
            route=Route.DIRECT if gift.aggregator is None else Route.AGGREGATOR,
            aggregator=None if gift.aggregator is None else self.cast.aggregators[gift.aggregator],
            source=_source(gift.kind, self.chance),
            schedule=clock.today() + timedelta(days=self.chance.randint(4, 14)),
        )
        pledge = pledges.submit(
            collaborator=giver, by=self.cast.members[giver.pk], promises=[promise],
            statement=_letter(promise, giver), statement_version=LETTER_VERSION,
        )  # fmt: skip
        return pledge.commitments.select_related("aid_type", "region").get()

    def _giver(self, gift: Gift) -> Organisation:
        """The one that was planned, or one of the kind who has not given for a while: so everybody gives."""
        if gift.giver is not None:
            return self.cast.givers[gift.kind][gift.giver]
        turns = self.turns[gift.kind]
        giver = turns.pop(int(len(turns) * self.chance.random() ** 2))
        turns.append(giver)
        return giver

    def _reduced(self, commitment: Commitment, gift: Gift) -> Commitment:
        """The giver has a little less than was promised, and says so soon after."""
        with clock.at(clock.now() + timedelta(hours=1)):
            return pledges.reduce(
                commitment=commitment, by=self.cast.members[commitment.pledge.collaborator_id],
                quantity=gift.surplus, reason=names.REDUCED,
            )  # fmt: skip

    def _sent_again(self, plan: NeedPlan, gift: Gift) -> datetime | None:
        """When a pledge that nobody answered in time is sent once more; most are not."""
        if gift.stage != "expired" or plan.fate != "open" or gift.quantity % 3:
            return None
        return self.until - timedelta(hours=2 + gift.quantity % 20)

    def _not_accepted(
        self, commitment: Commitment, gift: Gift, officer: User, again: datetime | None
    ) -> Story:
        if gift.stage == "expired":
            assert commitment.answer_by is not None
            yield commitment.answer_by + timedelta(minutes=10)
            pledges.expire(commitment=commitment)
            if again is not None:
                yield again
                by = self.cast.members[commitment.pledge.collaborator_id]
                pledges.restore(commitment=commitment, by=by)
            return
        yield clock.now() + timedelta(hours=self.chance.uniform(2, 20))
        channel = self.chance.choice(names.CHANNELS)
        pledges.contact(
            commitment=commitment, by=officer, channel=channel, note="Jumlah dan tanggal dibenarkan."
        )
        if gift.stage == "declined":
            yield clock.now() + timedelta(hours=12)
            pledges.decline(commitment=commitment, by=officer, reason=self.chance.choice(names.DECLINED))

    def _given_up(self, commitment: Commitment, gift: Gift, officer: User) -> Story:
        yield clock.now() + timedelta(days=self.chance.uniform(1, 4))
        if gift.stage == "cancelled":
            by = self.cast.members[commitment.pledge.collaborator_id]
            pledges.cancel(commitment=commitment, by=by, reason=self.chance.choice(names.CANCELLED))
        else:
            pledges.lapse(commitment=commitment, by=officer, reason=self.chance.choice(names.LAPSED))

    def _money(self, commitment: Commitment, gift: Gift, officer: User) -> Story:
        """Funds come in, become goods, and somebody is named to bring them."""
        assert commitment.aggregator_id is not None
        collector = self.cast.members[commitment.aggregator_id]
        price = commitment.unit_value or 1
        whole = commitment.live * price
        cost = 0 if commitment.aid_type.kind == "money" else whole // 25
        yield clock.now() + timedelta(hours=self.chance.uniform(8, 26))
        if gift.stage == "accepted" and self.chance.random() < 0.4:
            return
        pledges.fund(
            commitment=commitment, by=collector, amount=whole + cost, reference=f"TRX-{commitment.pk:05d}"
        )
        if gift.stage == "accepted":
            return
        yield clock.now() + timedelta(hours=4)
        pledges.convert(
            commitment=commitment, by=collector, quantity=commitment.live, unit_price=price, cost=cost
        )
        if gift.executor is not None:
            executor = self.cast.executors[gift.executor]
            commitment.executor = pledges.entrust(
                commitment=commitment, by=officer, executor=executor
            ).executor


def _letter(promise: Promise, giver: Organisation) -> str:
    """What the giver agrees to, in the words that the pledge's pages show and keep."""
    aid_type = promise.need.aid_type if promise.need else promise.aid_type
    line = PledgeDraftLine(
        need=promise.need, aid_type=aid_type, region=promise.region, quantity=promise.quantity
    )
    answers: Any = SimpleNamespace(
        promised=lambda: [line], may_be_named=giver.may_be_named, route=promise.route,
        aggregator=promise.aggregator, source=promise.source, schedule=promise.schedule, repeat="",
    )  # fmt: skip
    return statement(answers, giver, promise.aggregator.valid_permit() if promise.aggregator else None)


def _source(kind: str, chance: random.Random) -> str:
    if kind == "enterprise":
        return FundSource.CSR
    if kind == "social":
        return chance.choice(
            (FundSource.ZAKAT, FundSource.INFAK, FundSource.WAKAF, FundSource.OWN, FundSource.INTERNATIONAL)
        )
    return FundSource.OWN
