"""What is to happen in the demo data: needs, and gifts with how far each has come. Pure but for the sites."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from donations.demo import names
from donations.demo.cast import CITY_TURNS, EAST, PROVINCE, RW_OF_DEMO, SOUTH
from donations.demo.margins import RECIPIENT, Cut, gifts
from regions.models import Site

WHOLE = 50_000
"""Units of KSBB Pangan that placed commitments promise."""
TARGET = 92_000
NEED_SHARE = {SOUTH: 20, EAST: 29, "31.72": 18, "31.71": 9, "31.73": 22, "31.01": 2}
BARE = {SOUTH: 13, EAST: 44, "31.72": 28, "31.71": 9, "31.73": 42, "31.01": 2}
"""Needs of RW in each city that nobody has given to."""
MONTH_WEIGHTS = (513, 501, 386, 312, 238, 215, 324, 498, 226, 173, 146, 118)
"""How much arrives in the last thirty days, in the thirty before, and so on: high before Eid and of late."""
STAGES = {
    "verified": 56, "reported": 8, "returned": 2, "disputed": 1, "short": 5, "partial": 3, "dispatched": 4, "failed": 1,
    "confirmed": 4, "planned": 5, "accepted": 11, "draft": 1,
}  # fmt: skip
# How many days ago a gift of that stage was pledged, so that it is there by now.
RECENT = {"reported": (6.5, 10), "dispatched": (4.8, 6.4), "confirmed": (4, 6), "planned": (4, 5), "accepted": (4, 15),
          "draft": (7, 9), "returned": (9, 15), "disputed": (12, 20), "failed": (9, 18), "partial": (12, 25)}  # fmt: skip

OTHERS: dict[str, tuple[tuple[str, str, str, tuple[int, int]], ...]] = {
    # program: (aid type, recipient kind, people kind, range of targets)
    "pendidikan": (("laptop", "school", "teachers", (10, 40)), ("ponsel", "school", "pupils", (20, 90)),
                   ("kartu-sim", "rw", "pupils", (60, 300)), ("laptop", "rw", "pupils", (5, 15))),
    "umkm": (("sanitasi", "msme_location", "msmes", (2, 8)), ("pelatihan", "rw", "msmes", (20, 60)),
             ("pinjaman", "msme_location", "msmes", (10_000_000, 40_000_000))),
    "permukiman": (("penghijauan", "rw", "residents", (3, 12)), ("sanitasi", "rw", "families", (8, 40)),
                   ("prasarana", "rw", "residents", (2, 10)), ("bangunan", "rw", "residents", (1, 3))),
    "persampahan": (("bank-sampah", "rw", "families", (1, 3)), ("timbangan", "waste_bank", "families", (1, 2)),
                    ("pencacah", "waste_bank", "families", (1, 2)), ("gerobak-motor", "rw", "families", (1, 2)),
                    ("pendampingan", "rw", "families", (6, 24)), ("pengolahan", "waste_bank", "families", (6, 12))),
    "tenaga-kerja": (("pelatihan", "training_centre", "job_seekers", (20, 80)),
                     ("pemagangan", "training_centre", "job_seekers", (10, 40)),
                     ("lowongan", "rw", "job_seekers", (5, 25))),
}  # fmt: skip
OTHER_RW = 125
OTHER_NEEDS = 190


@dataclass
class Gift:
    """One commitment: how much, from whom, since when, and how far it comes."""

    quantity: int
    kind: str
    stage: str
    at: datetime
    surplus: int = 0
    """What it promises more than is accepted, or is later reduced or never comes."""
    aggregator: int | None = None
    executor: int | None = None
    giver: int | None = None
    as_wish: bool = False


@dataclass
class NeedPlan:
    """One need with the gifts to it; `room` is what nobody has given."""

    program: str
    aid_type: str
    city: str
    recipient: str
    people_kind: str
    region: str = ""
    site: Site | None = None
    groups: list[list[Gift]] = field(default_factory=list)
    room: int = 0
    fate: str = "open"
    created: datetime | None = None
    deadline: date | None = None
    first_target: int | None = None

    @property
    def gifts(self) -> list[Gift]:
        return [gift for group in self.groups for gift in group]

    @property
    def given(self) -> int:
        return sum(gift.quantity for gift in self.gifts if gift.stage not in UNCOUNTED)

    @property
    def target(self) -> int:
        return self.given + self.room


UNCOUNTED = {
    "waiting": 26,
    "contacted": 14,
    "overdue": 4,
    "declined": 14,
    "expired": 10,
    "cancelled": 10,
    "lapsed": 7,
}
"""Gifts that no statistic counts, and how many there are of each."""


@dataclass
class Plan:
    needs: list[NeedPlan]
    wishes: list[tuple[str, str, str, Gift]]
    """(program, aid type, region, gift)"""


def make_plan(
    chance: random.Random,
    now: datetime,
    rw_codes: dict[str, list[str]],
    sites: dict[tuple[str, str], list[Site]],
) -> Plan:
    """The same chance, regions and sites give the same plan."""
    return _Planner(chance, now, rw_codes, sites).plan()


class _Planner:
    def __init__(
        self, chance: random.Random, now: datetime, rw_codes: dict[str, list[str]],
        sites: dict[tuple[str, str], list[Site]],
    ) -> None:  # fmt: skip
        self.chance, self.now, self.sites = chance, now, sites
        self.rw = {city: chance.sample(codes, len(codes)) for city, codes in rw_codes.items()}
        for codes in self.rw.values():
            if RW_OF_DEMO in codes:
                codes.remove(RW_OF_DEMO)
        self.needs: list[NeedPlan] = []

    def plan(self) -> Plan:
        self._food()
        self._make_room()
        self._others()
        for need in self.needs:
            self._pair(need)
        self._uncounted()
        for need in self.needs:
            self._frame(need)
        return Plan(self.needs, self._wishes())

    # --- KSBB Pangan, by its shares

    def _food(self) -> None:
        cells: defaultdict[tuple[str, str, str], list[Cut]] = defaultdict(list)
        for cut in gifts(WHOLE, self.chance):
            cells[cut.city, cut.recipient, cut.form].append(cut)
        self._demo_rw(cells[SOUTH, "rw", "sembako"])
        for (city, recipient, form), cuts in sorted(cells.items()):
            self.chance.shuffle(cuts)
            places = self.sites.get((city, recipient), [])
            while cuts:
                take = (
                    self.chance.choice((1, 1, 2, 2, 3))
                    if recipient == "rw"
                    else -(-len(cuts) // max(len(places), 1))
                )
                taken, cuts = cuts[:take], cuts[take:]
                need = self._food_need(city, recipient, form, places)
                need.groups = [[self._gift(cut.quantity, cut.kind)] for cut in taken]
        for city, number in BARE.items():
            for _ in range(number):
                self._food_need(
                    city, "rw", self.chance.choice(("sembako",) * 8 + ("siap-saji", "hari-raya")), []
                )
        served = {need.site.pk for need in self.needs if need.site}
        for (city, kind), homes in sorted(self.sites.items()):
            for home in homes:
                if kind in RECIPIENT and home.pk not in served:
                    self._food_need(city, kind, "sembako", [home])

    def _food_need(self, city: str, recipient: str, form: str, places: list[Site]) -> NeedPlan:
        need = NeedPlan("pangan", form, city, recipient, "families" if recipient == "rw" else "residents")
        if recipient == "rw":
            need.region = self.rw[city].pop()
        else:
            used = {n.site.pk for n in self.needs if n.site and n.aid_type == form}
            need.site = next((site for site in places if site.pk not in used), places[0])
        self.needs.append(need)
        return need

    def _demo_rw(self, cuts: list[Cut]) -> None:
        """The RW of the demo account: one gift came, one is on the way, and there is room."""
        need = NeedPlan("pangan", "sembako", SOUTH, "rw", "families", RW_OF_DEMO)
        fitting = [cut for cut in cuts if 60 <= cut.quantity <= 240 and cut.kind == "social"][:2]
        for cut, stage in zip(fitting, ("verified", "dispatched"), strict=True):
            cuts.remove(cut)
            gift = self._gift(cut.quantity, cut.kind, stage)
            gift.giver = 0
            if stage == "verified":
                gift.at = self.now - timedelta(days=60)
            need.groups.append([gift])
        need.room = 180
        self.needs.append(need)

    def _make_room(self) -> None:
        """Raise targets until each city has its share of need."""
        for city, share in NEED_SHARE.items():
            needs = [need for need in self.needs if need.city == city]
            extra = TARGET * share // 100 - sum(need.target for need in needs)
            weights = [
                0.0 if need.region == RW_OF_DEMO or (need.gifts and self.chance.random() < 0.35)
                else self.chance.uniform(0.5, 1.5) * (1.0 if need.gifts else 1.6)
                for need in needs
            ]  # fmt: skip
            for need, weight in zip(needs, weights, strict=True):
                need.room += round(max(extra, 0) * weight / sum(weights) / 10) * 10
                if not need.gifts:
                    need.room = max(need.room, 40)

    # --- the other programs

    def _others(self) -> None:
        homes = [(program, kind) for program, kinds in OTHERS.items() for kind in kinds]
        rws = [
            self.rw[city].pop()
            for city in self.chance.choices(CITY_TURNS[:5], (20, 29, 22, 18, 9), k=OTHER_RW)
        ]
        places = {kind: [s for (_c, k), found in sorted(self.sites.items()) if k == kind for s in found]
                  for _p, (_a, kind, *_rest) in homes}  # fmt: skip
        turns: defaultdict[str, int] = defaultdict(int)
        for position in range(OTHER_NEEDS):
            program, (aid_type, recipient, people_kind, (low, high)) = homes[position % len(homes)]
            turn = turns[recipient]
            turns[recipient] += 1
            site = places[recipient][turn % len(places[recipient])] if recipient != "rw" else None
            region = "" if site else rws[turn % len(rws)]
            need = NeedPlan(
                program,
                aid_type,
                site.city_code if site else region[:5],
                recipient,
                people_kind,
                region,
                site,
            )
            if any(
                (n.region, n.site, n.aid_type, n.program) == (region, site, aid_type, program)
                for n in self.needs
            ):
                continue
            step = 1_000_000 if high > 10**6 else 1
            target = max(1, round(self.chance.randint(low, high) / step)) * step
            given = 0
            while given < target and self.chance.random() < 0.66:
                part = round(target * self.chance.uniform(0.2, 0.8) / step) * step
                part = max(step, min(part, target - given))
                kind = self.chance.choices(
                    ("social", "enterprise", "individual", "community", "government"), (3, 5, 1, 2, 1)
                )[0]
                gift = self._gift(part, kind)
                if high > 10**6:
                    gift.aggregator = 0
                    gift.stage = "verified" if gift.stage in ("short", "partial") else gift.stage
                need.groups.append([gift])
                given += part
            need.room = target - given
            self.needs.append(need)

    # --- gifts

    def _gift(self, quantity: int, kind: str, stage: str = "") -> Gift:
        stage = stage or self.chance.choices(list(STAGES), list(STAGES.values()))[0]
        if quantity < 8 and stage in ("short", "partial"):
            stage = "verified"
        gift = Gift(quantity, kind, stage, self._pledged(stage))
        if kind in ("social", "individual", "enterprise") and self.chance.random() < 0.3:
            gift.aggregator = self.chance.choices(range(6), (5, 3, 3, 2, 1, 1))[0]
            gift.executor = self.chance.choice((None, 0, 0, 1, 2, 3, 4))
            if gift.aggregator == 5:
                # Its permit was suspended: nothing new since.
                gift.at = min(gift.at, self.now - timedelta(days=60))
        gift.as_wish = stage in ("verified", "accepted") and self.chance.random() < 0.04
        return gift

    def _pledged(self, stage: str) -> datetime:
        if stage in RECENT:
            low, high = RECENT[stage]
            days: float = self.chance.uniform(low, high)
        else:
            month = self.chance.choices(range(len(MONTH_WEIGHTS)), MONTH_WEIGHTS)[0]
            days = max(18.0, 30.4 * month + self.chance.uniform(6, 36))
        return self.now - timedelta(days=days)

    def _pair(self, need: NeedPlan) -> None:
        """Now and then two gifts to one need go by the same executor, in one delivery."""
        if len(need.groups) >= 2 and need.region != RW_OF_DEMO and self.chance.random() < 0.3:
            first, second = need.groups[0][0], need.groups[1][0]
            if first.as_wish or second.as_wish:
                return
            for gift in (first, second):
                gift.at, gift.stage = first.at, first.stage if first.stage != "partial" else "verified"
                gift.aggregator = gift.aggregator if gift.aggregator not in (None, 5) else 0
                gift.executor = first.executor if first.executor is not None else 0
            need.groups[:2] = [[first, second]]

    def _uncounted(self) -> None:
        """Pledges that wait, or came to nothing; the South has some to answer, one of them late."""
        stages = [stage for stage, number in UNCOUNTED.items() for _ in range(number)]
        ages = {"waiting": (0.2, 1.8), "contacted": (1.0, 2.6), "overdue": (2.2, 2.8)}
        for position, stage in enumerate(stages):
            south = stage in ages and position % 4 == 0
            fitting = [n for n in self.needs if n.room >= 20 + self._waiting(n) and n.room < 10**6
                       and (n.city == SOUTH or not south)]  # fmt: skip
            need = self.chance.choice(fitting)
            most = need.room - self._waiting(need)
            quantity = max(5, round(most * self.chance.uniform(0.15, 0.7) / 5) * 5)
            low, high = ages.get(stage, (8, 200))
            at = self.now - timedelta(days=self.chance.uniform(low, high))
            kind = self.chance.choice(("social", "social", "enterprise", "individual", "community"))
            gift = Gift(min(quantity, most), kind, stage, at)
            if position % 11 == 0:
                gift.kind, gift.giver = "social", 0
            need.groups.append([gift])

    def _waiting(self, need: NeedPlan) -> int:
        """What gifts that are not counted may hold at one time."""
        return sum(gift.quantity for gift in need.gifts if gift.stage in UNCOUNTED)

    def _wishes(self) -> list[tuple[str, str, str, Gift]]:
        """Gifts "where it is needed most": in all of Jakarta (accepted, not placed) or in a city (to be answered)."""
        wishes = []
        for position in range(14):
            everywhere = position % 2 == 0
            at = self.now - timedelta(
                days=self.chance.uniform(5, 40) if everywhere else self.chance.uniform(0.3, 2)
            )
            gift = Gift(
                self.chance.choice((100, 150, 200, 400)), self.chance.choice(("enterprise", "social")),
                "accepted" if everywhere else "waiting", at,
            )  # fmt: skip
            region = PROVINCE if everywhere else self.chance.choice((SOUTH, EAST, "31.73"))
            wishes.append(("pangan", "sembako", region, gift))
        return wishes

    # --- frames

    def _frame(self, need: NeedPlan) -> None:
        """When it was set, until when, what is revised, and how it ends."""
        begun = min(
            (gift.at for gift in need.gifts), default=self.now - timedelta(days=self.chance.uniform(2, 60))
        )
        need.created = begun - timedelta(days=self.chance.uniform(2, 14))
        today = self.now.date()
        last = max((gift.at for gift in need.gifts), default=begun).date()
        if need.room or last > today - timedelta(days=40):
            need.deadline = today + timedelta(days=self.chance.randint(3, 75))
        else:
            need.deadline = last + timedelta(days=self.chance.randint(12, 40))
        waits = any(gift.stage in ("waiting", "contacted", "overdue") for gift in need.gifts)
        done = not need.room and all(gift.stage == "verified" for gift in need.gifts)
        if done and need.gifts and self.chance.random() < 0.3:
            need.fate = "closed"
        elif not waits and need.room and self.chance.random() < 0.03:
            need.fate = "paused"
        elif not need.gifts and self.chance.random() < 0.06 and need.program != "pangan":
            need.fate = "draft"
        if need.fate == "open" and self.chance.random() < 0.18 and need.target < 10**6:
            # Lowered at last, or raised before the first gift.
            share = self.chance.choice((1.3, 1.2, 0.8)) if need.region != RW_OF_DEMO else 0.8
            need.first_target = max(1, round(need.target * share))
        for gift in need.gifts:
            spare = need.room - self._waiting(need)
            if (
                gift.stage == "verified"
                and not gift.as_wish
                and gift.aggregator is None
                and self.chance.random() < 0.06
            ):
                gift.surplus = min(10, max(spare, 0)) if need.program == "pangan" else 0
                spare -= gift.surplus


def reason_for(program: str, chance: random.Random) -> str:
    return chance.choice(names.REASONS[program])
