"""The people, organisations and institutions of the demo data."""

import itertools
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts import clock
from accounts.actions import perform
from accounts.models import Assignment, Organisation, Permit, User
from accounts.roles import Role, Standing
from donations.demo import names
from donations.pledges.office import lead_names
from programs.models import Program
from regions.models import Region, Site

PASSWORD = "ksbb-demo"  # noqa: S105 said on every page of the demo
PROVINCE, SOUTH, EAST = "31", "31.74", "31.75"
RW_OF_DEMO = "31.74.01.1007.003"
OWN_KINDS = (("social", 45), ("enterprise", 45), ("individual", 35), ("community", 17), ("government", 8))
CITY_ACCOUNTS = {
    "31.71": "pusat",
    "31.72": "utara",
    "31.73": "barat",
    "31.74": "selatan",
    "31.75": "timur",
    "31.01": "seribu",
}
SITES = {"orphanage": 12, "pesantren": 10, "nursing_home": 7, "disability_home": 7, "school": 8, "msme_location": 6,
         "waste_bank": 5, "training_centre": 5}  # fmt: skip
CITY_TURNS = (SOUTH, EAST, "31.73", "31.72", "31.71", "31.01")
# What organisations of the demo say of themselves on their pages.
ABOUT = {
    "social": "Yayasan karangan untuk data contoh. Kami menyalurkan bantuan langsung kepada penerimanya.",
    "enterprise": "Perusahaan karangan untuk data contoh. Bantuan kami berasal dari dana tanggung jawab sosial.",
    "community": "Komunitas karangan untuk data contoh. Kami berbagi yang kami punya, sedikit demi sedikit.",
}


@dataclass
class Cast:
    """Everyone who acts in the demo data; people are kept so that their scope is read once."""

    chance: random.Random
    regions: dict[str, Region]
    admin: User = field(init=False)
    assessors: dict[str, User] = field(default_factory=dict)
    inspectors: dict[str, User] = field(default_factory=dict)
    officials: dict[str | int, User] = field(default_factory=dict)
    givers: dict[str, list[Organisation]] = field(default_factory=dict)
    aggregators: list[Organisation] = field(default_factory=list)
    executors: list[Organisation] = field(default_factory=list)
    members: dict[int, User] = field(default_factory=dict)
    sites: dict[tuple[str, str], list[Site]] = field(default_factory=dict)
    _phones: itertools.count = field(default_factory=lambda: itertools.count(1))
    _password: str = field(default_factory=lambda: make_password(PASSWORD))

    # --- people

    def person(self, name: str, email: str = "", *, phone: bool = False) -> User:
        """A person; one with an e-mail of the demo has the demo's password, others sign in by code."""
        user = User(
            email=email or None,
            phone=f"+628120000{next(self._phones):04d}" if phone or not email else None,
            name=name,
            password=self._password if email.endswith("@demo.test") else make_password(None),
            created_at=clock.now(),
        )
        user.save(force_insert=True)
        if email:
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    def anyone(self) -> str:
        return self.anyone_of(self.chance)

    @staticmethod
    def anyone_of(chance: random.Random) -> str:
        return f"{chance.choice(names.FIRST_NAMES)} {chance.choice(names.LAST_NAMES)}"

    def appoint(self, user: User, role: Role, *, area: str = PROVINCE, program: str = "", starts: date | None = None,
                ends: date | None = None, **place: object) -> None:  # fmt: skip
        assignment = Assignment(
            user=user, role=role, area=self.regions[area], program_code=program, ends=ends,
            starts=starts or clock.today(), standing=Standing.OWNER if "organisation" in place else "", **place,
        )  # fmt: skip
        by = getattr(self, "admin", None)
        with perform(assignment, "appoint", by=by if role != Role.COLLABORATOR else None):
            pass
        user.__dict__.pop("_scope", None)

    def officers(self) -> None:
        admin = self.person("Administrator Contoh", "admin@demo.test")
        self.appoint(admin, Role.ADMINISTRATOR, region=self.regions[PROVINCE])
        self.admin = admin
        for code, word in CITY_ACCOUNTS.items():
            assessor = self.person(f"Asesor {word.title()} Contoh", f"asesor.{word}@demo.test")
            self.appoint(assessor, Role.ASSESSOR, area=code, region=self.regions[code])
            self.assessors[code] = assessor
        city_admin = self.person("Administrator Selatan Contoh", "admin.selatan@demo.test")
        self.appoint(city_admin, Role.ADMINISTRATOR, area=SOUTH, region=self.regions[SOUTH])
        second = self.person("Asesor Pemeriksa Contoh", "asesor.pemeriksa@demo.test")
        self.appoint(second, Role.ASSESSOR, area=SOUTH, region=self.regions[SOUTH])
        for_schools = self.person("Asesor Pendidikan Contoh", "asesor.pendidikan@demo.test")
        self.appoint(for_schools, Role.ASSESSOR, region=self.regions[PROVINCE], program="pendidikan")
        provincial = self.person("Asesor Provinsi Contoh", "asesor.provinsi@demo.test")
        self.appoint(provincial, Role.ASSESSOR, region=self.regions[PROVINCE])
        self.assessors[PROVINCE] = provincial
        for word, code in (("", PROVINCE), (".selatan", SOUTH), (".timur", EAST)):
            name = " ".join(filter(None, ("Pemeriksa", word[1:].title(), "Contoh")))
            inspector = self.person(name, f"pemeriksa{word}@demo.test")
            self.appoint(inspector, Role.INSPECTOR, area=code, region=self.regions[code])
            self.inspectors[code] = inspector
        overseer = self.person("Pengawas Contoh", "pengawas@demo.test")
        self.appoint(overseer, Role.OVERSEER, region=self.regions[PROVINCE])
        for word, code in (("lurah", RW_OF_DEMO[:13]), ("camat", RW_OF_DEMO[:8])):
            head = self.person(f"{word.title()} Contoh", f"{word}@demo.test")
            self.appoint(head, Role.FACILITATOR, area=code, region=self.regions[code])

    def official_of(self, region: Region, site: Site | None) -> User:
        """The official of an RW or site; made when first asked for."""
        key: str | int = site.pk if site else region.code
        if key not in self.officials:
            email = "rw@demo.test" if region.code == RW_OF_DEMO and site is None else ""
            user = self.person(f"Pengurus {self.anyone()}", email, phone=True)
            place = {"site": site} if site else {"region": region}
            self.appoint(user, Role.OFFICIAL, area=region.code, **place)
            self.officials[key] = user
        return self.officials[key]

    # --- organisations

    def organisation(
        self, name: str, *, kind: str = "", role: Role, email: str = "", **flags: bool
    ) -> Organisation:
        """An organisation with one person who acts for it."""
        # Who may be named has a public page, too: but people who give for themselves seldom wish one.
        about = ABOUT.get(kind, "") if flags.get("may_be_named") else ""
        organisation = Organisation(
            name=name, collaborator_kind=kind, region=self.regions[PROVINCE], created_at=clock.now(), about=about,
            has_page=bool(about), **flags,
        )  # fmt: skip
        with perform(organisation, "register", by=None):
            pass
        member = self.person(name if kind == "individual" else self.anyone(), email or self._address())
        self.appoint(member, role, organisation=organisation)
        if flags.get("is_aggregator"):
            self.appoint(member, Role.EXECUTOR, organisation=organisation)
        self.members[organisation.pk] = member
        return organisation

    def offices(self) -> None:
        """The offices that answer for programs: one of each lead agency, and the food program's in each city."""
        for number, (lead, place) in enumerate(_offices(self.regions)):
            office = Organisation(
                name=lead, is_agency=True, region=self.regions[place], phone=f"021 5550 {1700 + number}",
                email=f"kantor{number}@contoh.test", created_at=clock.now(),
            )  # fmt: skip
            with perform(office, "register", by=None):
                pass

    def _address(self) -> str:
        return f"orang{next(self._phones)}@contoh.test"

    def organisations(self) -> None:
        for kind, number in OWN_KINDS:
            self.givers[kind] = []
            for position in range(number):
                first = kind == "social" and not position
                self.givers[kind].append(
                    self.organisation(
                        self._name(kind, position),
                        kind=kind,
                        role=Role.COLLABORATOR,
                        email="kolaborator@demo.test" if first else "",
                        may_be_named=first or self.chance.random() < (0.5 if kind == "individual" else 0.85),
                    )
                )
        for position, name in enumerate(names.AGGREGATORS):
            self.aggregators.append(
                self.organisation(
                    name, role=Role.AGGREGATOR, email="agregator@demo.test" if not position else "",
                    is_aggregator=True, is_executor=True, may_be_named=True,
                )
            )  # fmt: skip
        for position, name in enumerate(names.EXECUTORS):
            self.executors.append(
                self.organisation(
                    name, role=Role.EXECUTOR, email="pelaksana@demo.test" if not position else "",
                    is_executor=True, may_be_named=True,
                )
            )  # fmt: skip

    def _name(self, kind: str, position: int) -> str:
        if kind == "individual":
            first = names.FIRST_NAMES[position % len(names.FIRST_NAMES)]
            return f"{first} {names.LAST_NAMES[(position * 3 + position // 25) % len(names.LAST_NAMES)]}"
        if kind == "community":
            return names.COMMUNITY[position % len(names.COMMUNITY)]
        if kind == "government":
            return names.GOVERNMENT[position % len(names.GOVERNMENT)]
        firsts, seconds = (
            (names.SOCIAL_FIRST, names.SOCIAL_SECOND)
            if kind == "social"
            else (names.FIRM_FIRST, names.FIRM_SECOND)
        )
        second = seconds[position % len(seconds)]
        first = firsts[(position // len(seconds) + position) % len(firsts)]
        return f"{first} {second}" + (" Contoh" if position % 3 == 0 else "")

    def permits(self, today: date) -> None:
        """Most hold for a long time; one ends in twelve days, and one is suspended later."""
        for position, organisation in enumerate(self.aggregators):
            permit = Permit(
                organisation=organisation,
                number=f"PUB-{140 + 7 * position}/CONTOH/{today.year - 1}",
                issuer="Kementerian Contoh",
                valid_from=today - timedelta(days=500),
                valid_until=today + timedelta(days=12 if position == 4 else 240 + 30 * position),
            )
            with perform(permit, "record", by=None):
                pass

    # --- institutions

    def institutions(self) -> None:
        """Sites of every kind, spread over the cities; Kepulauan Seribu has one of each home and few others."""
        for kind, number in SITES.items():
            prefix, seconds = names.SITE_NAMES[kind]
            for position in range(number):
                city = CITY_TURNS[
                    position % (len(CITY_TURNS) if position < 6 and kind not in _MAINLAND else 5)
                ]
                village = self._rw_in(city)
                site = Site.objects.create(
                    kind=kind,
                    name=f"{prefix} {seconds[position % len(seconds)]}"
                    + (" Contoh" if position % 2 else f" {village.parent.name}" if village.parent else ""),
                    region=village,
                    address=f"Jalan Contoh {self.chance.randint(1, 90)}",
                    residents=self.chance.randint(25, 160),
                    latitude=village.parent.latitude if village.parent else None,
                    longitude=village.parent.longitude if village.parent else None,
                )
                self.sites.setdefault((city, kind), []).append(site)

    def _rw_in(self, city: str) -> Region:
        return self.chance.choice(
            [r for code, r in self.regions.items() if code.startswith(city) and r.level == "rw"]
        )


_MAINLAND = ("school", "waste_bank", "training_centre")


def _offices(regions: dict[str, Region]) -> list[tuple[str, str]]:
    leads = [
        lead_names(text)[-1]
        for text in Program.objects.order_by("code").values_list("lead_agency", flat=True)
    ]
    own = [(f"{lead.title()} (kantor contoh)", PROVINCE) for lead in dict.fromkeys(leads)]
    cities = [(f"Suku Dinas Sosial {regions[code].name} (kantor contoh)", code) for code in CITY_ACCOUNTS]
    return own + cities
