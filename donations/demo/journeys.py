"""What becomes of an accepted gift: planned, on the way, counted, checked, and what fell short."""

import random
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import Organisation, User
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.demo import names
from donations.demo.cast import Cast
from donations.demo.pictures import picture
from donations.demo.plan import Gift
from donations.demo.saying import explanations, say_more
from donations.demo.telling import Story, at_hour
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.pledges import actions as pledges
from donations.pledges.models import Commitment


class Journeys:
    """Tells how gifts travel, with one cast; `photos` counts the pictures that were made."""

    def __init__(self, cast: Cast, chance: random.Random, until: datetime) -> None:
        self.cast, self.chance, self.until = cast, chance, until
        self.photos = self.reports = 0
        # Of its own, so that what was told before it was asked stays as it is.
        self.pens = random.Random(5)  # noqa: S311 a story, not a secret
        # Where phones say they are; of its own, so that nothing else of the story depends on it.
        self.phones = random.Random(7)  # noqa: S311 invented data

    def journey(self, gift: Gift, commitments: list[Commitment], officer: User) -> Story:
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
        yield at_hour(delivery.planned_on, 8, self.chance)
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
        latitude, longitude = place = self._position(report) or (None, None)
        handovers.save(
            handover=report, by=receiver, counts=counts, explained=explanations(counts, self.pens),
            arrived_at=clock.now() - timedelta(minutes=40), place=self.chance.choice(names.PLACES),
            latitude=latitude, longitude=longitude,
            receiver_name=receiver.name, receiver_position="Pengurus", witness_name=self.cast.anyone(),
            witness_position="Warga",
        )  # fmt: skip
        for _ in range(self.chance.choice((1, 1, 1, 1, 1, 1, 2, 4))):
            self.photos += 1
            taken = clock.now() - timedelta(minutes=self.phones.uniform(5, 38))
            # Now and then somebody sends a photo that the phone had already.
            seen = self.photos - 5 if self.photos % 40 == 0 else self.photos
            handovers.add_photo(
                handover=report,
                by=receiver,
                photo=picture(seen, taken, self._beside(place)),
                caption=self.chance.choice(names.CAPTIONS),
            )

        self.reports += 1
        say_more(report, receiver, self.pens, self.reports)

    def _position(self, report: Handover) -> tuple[float, float] | None:
        """In the middle of the recipient's RW, or of what is above it; one phone of thirty is far off."""
        region = report.delivery.region
        around = region if region.latitude is not None else region.parent
        if around is None or around.latitude is None or around.longitude is None:
            return None
        off = 0.02 if self.phones.random() < 1 / 30 else 0.0004
        return around.latitude + self.phones.uniform(-off, off), around.longitude + self.phones.uniform(
            -off, off
        )

    def _beside(self, place: tuple[float | None, float | None]) -> tuple[float, float] | None:
        latitude, longitude = place
        if latitude is None or longitude is None:
            return None
        near = (self.phones.gauss(0, 0.0002) for _axis in range(2))
        return latitude + next(near), longitude + next(near)

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
            yield at_hour(second.planned_on, 9, self.chance)
            deliveries.dispatch(delivery=second, by=by)
            yield from self._reports(Gift(1, "social", "verified", self.until), second, receiver, officer)
