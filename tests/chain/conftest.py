"""The real Jakarta, and the people who walk through the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Organisation, User
from accounts.roles import Role
from regions.models import Region
from tests.chain.processes import Process, worker
from tests.chain.sites import Site, running_site
from tests.factories import UserFactory, aggregator, assign, with_password

PASSWORD = "sepeda ontel hijau"
VILLAGE = "31.74.01.1007"  # Manggarai
RW, OTHER_RW = f"{VILLAGE}.003", f"{VILLAGE}.004"


@dataclass
class People:
    """Those who have an account before the chain begins, and the names that no public page may show."""

    assessor: User
    facilitator: User
    aggregator: User
    official: User
    other_official: User
    collector: Organisation

    @property
    def names(self) -> list[str]:
        people = (self.assessor, self.facilitator, self.aggregator, self.official, self.other_official)
        return [person.name for person in people]


@pytest.fixture
def jakarta(transactional_db: None) -> None:
    """The whole tree with families and approximate outlines, and the six programs."""
    call_command("load_regions", "regions/data/jakarta_kelurahan.csv", verbosity=0)
    call_command("derive_boundaries", verbosity=0)
    call_command("synthesise_families", verbosity=0)
    call_command("load_programs", verbosity=0)


@pytest.fixture
def people(jakarta: None) -> People:
    collector = aggregator("Lumbung Bersama")

    def person(name: str, role: Role, place: Region | Organisation, **fields: str) -> User:
        user = with_password(UserFactory(name=name, **fields), PASSWORD)
        assign(user, role, place)
        return user

    region = Region.objects.get
    return People(
        assessor=person(
            "Wulandari Prasetyo", Role.ASSESSOR, region(code="31.74"), email="asesor@contoh.test"
        ),
        facilitator=person(
            "Hasan Nasution", Role.FACILITATOR, region(code=VILLAGE), email="lurah@contoh.test"
        ),
        aggregator=person("Yohana Tambunan", Role.AGGREGATOR, collector, email="agregator@contoh.test"),
        official=person("Sukirman Halim", Role.OFFICIAL, region(code=RW), email=None, phone="+6281211110003"),
        other_official=person(
            "Ratna Kusumo", Role.OFFICIAL, region(code=OTHER_RW), email=None, phone="+6281211110004"
        ),
        collector=collector,
    )


@pytest.fixture
def worker_at_work(transactional_db: None, tmp_path: Path) -> Iterator[Process]:
    with worker(tmp_path / "worker.log") as process:
        process.wait_until_said("ready.")
        yield process


@pytest.fixture
def site(tmp_path: Path, transactional_db: None) -> Iterator[Site]:
    with running_site(tmp_path) as found:
        yield found
