"""The planned needs and gifts as stories: each tells when its next verb is due and then performs it.

A story is a generator of moments. `tell` runs all of them in the order of time, with the platform's clock set to
the moment, so that numbers, journals and deadlines come out as they would have.
"""

import heapq
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from accounts import clock
from accounts.models import Organisation, User
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.demo import names
from donations.demo.cast import Cast
from donations.demo.pictures import picture
from donations.demo.plan import Gift, NeedPlan, reason_for
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.pledges.models import Commitment, FundSource, Route
from programs import actions as needs
from programs.models import AidType, Need, Priority
from regions.models import Region

Story = Iterator[datetime]


def tell(stories: Iterable[Story], until: datetime, heard: Callable[[int], None] = lambda count: None) -> int:
    """Run the stories in the order of time; what would happen after `until` does not. How many verbs were due."""
    queue: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        moment = next(story, None)
        if moment is not None:
            queue.append((moment, number, story))
    heapq.heapify(queue)
    count = 0
    while queue and queue[0][0] <= until:
        moment, number, story = heapq.heappop(queue)
        with clock.at(moment):
            following = next(story, None)
        count += 1
        heard(count)
        if following is not None:
            heapq.heappush(queue, (max(following, moment), number, story))
    return count


class Teller:
    """Tells the stories of one plan with one cast."""

    def __init__(self, cast: Cast, chance: random.Random, until: datetime) -> None:
        self.cast, self.chance, self.until = cast, chance, until
        self.aid_types = {(a.program_id, a.code): a for a in AidType.objects.select_related("program")}
        self.told: dict[int, Need] = {}
        self.turns = {kind: list(givers) for kind, givers in cast.givers.items()}
        self.photos = 0

    # --- needs

    def need(self, plan: NeedPlan) -> Story:
        assert plan.created is not None
        assert plan.deadline is not None
        aid_type = self.aid_types[plan.program, plan.aid_type]
        officer = self.cast.assessors[plan.city]
        yield _hours(plan.created, 9, 15, self.chance)
        region = plan.site.region if plan.site else self.cast.regions[plan.region]
        people = max(1, round(plan.target * self.chance.uniform(0.75, 1.0))) if plan.target < 10**6 else 12
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
            yield from self._journey(plan, first, accepted, officer)

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
            statement="Pernyataan contoh: barang halal, layak, dan bebas tanda politik.",
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

    # --- journeys and reports

    def _journey(self, plan: NeedPlan, gift: Gift, commitments: list[Commitment], officer: User) -> Story:
        executor = commitments[0].executor
        assert executor is not None
        by = self.cast.members[executor.pk]
        yield clock.now() + timedelta(hours=self.chance.uniform(4, 20))
        delivery = self._plan_delivery(executor, by, commitments)
        receiver = self.cast.official_of(delivery.region, delivery.site)
        if gift.quantity % 9 == 0:
            with clock.at(clock.now() + timedelta(hours=1)):
                delivery = deliveries.move(
                    delivery=delivery, by=receiver, planned_on=delivery.planned_on, window="15.00–17.00",
                    reason=names.MOVED,
                )  # fmt: skip
        if gift.stage == "planned":
            return
        if gift.stage == "confirmed" or self.chance.random() < 0.4:
            yield clock.now() + timedelta(hours=self.chance.uniform(2, 10))
            deliveries.confirm(delivery=delivery, by=receiver)
        if gift.stage == "confirmed":
            return
        yield _at(delivery.planned_on, 8, self.chance)
        deliveries.dispatch(delivery=delivery, by=by)
        if gift.stage == "dispatched":
            return
        if gift.stage == "failed":
            yield clock.now() + timedelta(hours=7)
            deliveries.fail(delivery=delivery, by=by, reason=self.chance.choice(names.FAILED))
            return
        yield from self._reports(gift, delivery, receiver, officer)
        if gift.stage == "short":
            yield from self._shortfall(delivery, by, receiver, officer)

    def _plan_delivery(self, executor: Organisation, by: User, commitments: list[Commitment]) -> Delivery:
        quantities = {}
        for commitment in commitments:
            for allocation in commitment.allocations.live():
                if allocation.free:
                    quantities[allocation] = allocation.free
        day = clock.today() + timedelta(days=self.chance.randint(1, 3))
        return deliveries.plan(
            executor=executor, quantities=quantities, planned_on=day, by=by,
            window=self.chance.choice(("08.00–11.00", "09.00–12.00", "13.00–16.00")),
        )  # fmt: skip

    def _reports(self, gift: Gift, delivery: Delivery, receiver: User, officer: User) -> Story:
        """One report of all, or two arrivals; checked, or as far as the stage goes."""
        lines = list(delivery.lines.all())
        parts = [1.0] if gift.stage != "partial" else [0.6, 1.0]
        for part in parts:
            yield clock.now() + timedelta(hours=self.chance.uniform(2, 9))
            report = handovers.start(delivery=delivery, by=receiver)
            counts = {}
            for line in lines:
                line.refresh_from_db()
                counts[line.pk] = self._count(round(line.uncounted * part), gift.stage)
            self._fill(report, receiver, counts)
            if gift.stage == "draft":
                return
            yield clock.now() + timedelta(minutes=25)
            report = handovers.submit(handover=report, by=receiver)
            if gift.stage == "reported":
                return
            yield clock.now() + timedelta(hours=self.chance.uniform(12, 60))
            if gift.stage == "returned" and self.chance.random() < 0.99:
                handovers.send_back(handover=report, by=officer, reason=self.chance.choice(names.RETURNED))
                return
            if gift.stage == "disputed":
                handovers.dispute(handover=report, by=officer, reason=self.chance.choice(names.DISPUTED))
                return
            handovers.verify(handover=report, by=officer)
            yield clock.now() + timedelta(hours=20)

    def _count(self, quantity: int, stage: str) -> tuple[int, int, int]:
        if stage != "short":
            return (quantity, 0, 0)
        damaged = max(1, round(quantity * self.chance.uniform(0.01, 0.06)))
        missing = self.chance.choice((0, 0, 1, 2))
        return (
            max(0, quantity - damaged - missing),
            min(damaged, quantity),
            min(missing, max(0, quantity - damaged)),
        )

    def _fill(self, report: Handover, receiver: User, counts: dict[int, tuple[int, int, int]]) -> None:
        latitude = report.delivery.region.parent.latitude if report.delivery.region.parent else None
        longitude = report.delivery.region.parent.longitude if report.delivery.region.parent else None
        handovers.save(
            handover=report, by=receiver, counts=counts, arrived_at=clock.now() - timedelta(minutes=40),
            place=self.chance.choice(names.PLACES), latitude=latitude, longitude=longitude,
            receiver_name=receiver.name, receiver_position="Pengurus", witness_name=self.cast.anyone(),
            witness_position="Warga",
        )  # fmt: skip
        for _ in range(self.chance.choice((1, 1, 1, 1, 1, 1, 2, 4))):
            self.photos += 1
            handovers.add_photo(
                handover=report,
                by=receiver,
                photo=picture(self.photos),
                caption=self.chance.choice(names.CAPTIONS),
            )

    def _shortfall(self, delivery: Delivery, by: User, receiver: User, officer: User) -> Story:
        """What was damaged or missing: most is sent again and arrives, some is let go."""
        # Shares of Pangan are counted to the unit, so nothing of it is closed with less than was promised.
        again = self.chance.random() < 0.6 and delivery.program_id == "pangan"
        commitments = []
        yield clock.now() + timedelta(hours=6)
        for line in delivery.lines.select_related("allocation__commitment"):
            if not line.shortfall:
                continue
            if again:
                deliveries.resend(
                    line=line, by=officer, quantity=line.shortfall, reason="Diganti pada kiriman berikutnya."
                )
                commitments.append(line.allocation.commitment)
            else:
                deliveries.release(
                    line=line, by=officer, quantity=line.shortfall, reason="Tidak akan dikirim ulang."
                )
                if delivery.program_id != "pangan":
                    pledges.close_short(
                        commitment=line.allocation.commitment,
                        by=officer,
                        reason="Sisanya tidak dikirim ulang.",
                    )
        if commitments and self.chance.random() < 0.6:
            yield clock.now() + timedelta(hours=20)
            second = self._plan_delivery(delivery.executor, by, commitments)
            yield _at(second.planned_on, 9, self.chance)
            deliveries.dispatch(delivery=second, by=by)
            yield from self._reports(Gift(1, "social", "verified", self.until), second, receiver, officer)


def _source(kind: str, chance: random.Random) -> str:
    if kind == "enterprise":
        return FundSource.CSR
    if kind == "social":
        return chance.choice(
            (FundSource.ZAKAT, FundSource.INFAK, FundSource.WAKAF, FundSource.OWN, FundSource.INTERNATIONAL)
        )
    return FundSource.OWN


def _at(day: object, hour: int, chance: random.Random) -> datetime:
    moment = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())  # type: ignore[arg-type]
    return moment + timedelta(hours=hour, minutes=chance.randint(0, 90))


def _hours(moment: datetime, first: int, last: int, chance: random.Random) -> datetime:
    """The same day in office hours."""
    return _at(timezone.localtime(moment).date(), chance.randint(first, last), chance)
