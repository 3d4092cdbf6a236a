"""How fast pledges go in when everybody wants to help the same neighbourhood."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import psycopg
from django.db import connection, connections, transaction

from accounts import clock
from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from donations.pledges.actions import NeedFull, Promise, submit
from donations.pledges.models import Commitment
from programs.actions import draft, publish
from programs.models import AidType, Need, PeopleKind, Program
from regions.benchmarks import Measurement, benchmark
from regions.models import Region

THREADS, UNITS, ROUNDS = 64, 1000, 3
RW = "31.74.01.1001.003"
Giver = tuple[Organisation, User]


@benchmark("pledge_hot_need", unit="pledges/s", at_least=0.2)
def pledge_hot_need() -> Measurement:
    """64 people pledge single units of one need that has 1,000 left; ours against the bare transaction.

    Ours: scope, verb, pledge, commitment, allocation, journal and triggers, through the action that the
    page calls. Baseline: lock, insert, update with psycopg, same threads, same server, same durability.
    Rounds of both alternate, so that a busy machine slows both alike.
    Fails if one unit is given too often or a pledge is lost.
    """
    givers = _givers()
    ours, baseline = [], []
    for number in range(1, ROUNDS + 1):
        baseline.append(_rate(_bare(number), givers))
        need = _need()
        ours.append(_rate(_pledging(need), givers))
        need.refresh_from_db()
        if (need.held, Commitment.objects.count()) != (UNITS, UNITS * number):
            raise AssertionError(
                f"round {number}: {need.held} held, {Commitment.objects.count()} commitments"
            )
    return Measurement(ours=statistics.median(ours), baseline=statistics.median(baseline))


def _pledging(need: Need) -> Callable[[Giver], None]:
    """Pledge single units of it until it is full, and be told so."""

    def pledge(giver: Giver) -> None:
        organisation, user = giver
        for _turn in range(UNITS // THREADS + 1):
            with suppress(NeedFull):
                submit(collaborator=organisation, by=user, promises=[Promise(quantity=1, need=need)])

    return pledge


def _givers() -> list[Giver]:
    with transaction.atomic():
        region: Region | None = None
        for level, code in (
            ("province", "31"), ("city", "31.74"), ("district", "31.74.01"), ("village", "31.74.01.1001"), ("rw", RW),
        ):  # fmt: skip
            region = Region.objects.create(
                code=code, parent=region, level=level, name=code, official_name=code
            )
        program = Program.objects.create(code="pangan", name="Pangan", lead_agency="-", region_id="31")
        AidType.objects.create(program=program, code="sembako", name="Sembako", unit="paket")
        return [_giver(number) for number in range(THREADS)]


def _giver(number: int) -> Giver:
    organisation = Organisation.objects.create(name=f"Pemberi {number}", collaborator_kind="social")
    user = User.objects.create(email=f"{number}@contoh.test", name=f"Orang {number}")
    Assignment.objects.create(
        user=user, role=Role.COLLABORATOR, organisation=organisation, area_id="31", starts=clock.today()
    )
    return organisation, user


def _need() -> Need:
    aid_type = AidType.objects.get()
    need = draft(
        by=None, program=aid_type.program, aid_type=aid_type, region=Region.objects.get(code=RW), target=UNITS,
        people=UNITS, people_kind=PeopleKind.FAMILIES, reason="-", deadline=clock.today() + timedelta(days=9),
    )  # fmt: skip
    return publish(by=None, need=need)


def _bare(number: int) -> Callable[[Giver], None]:
    """The least that keeps the promise: lock the need, insert the allocation, count it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare_need"
            " (id int PRIMARY KEY, target bigint, held bigint CHECK (held <= target))"
        )
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare_allocation"
            " (id bigserial PRIMARY KEY, need_id int REFERENCES bare_need, n bigint)"
        )
        cursor.execute("INSERT INTO bare_need VALUES (%s, %s, 0)", [number, UNITS])
    wanted = ("dbname", "user", "password", "host", "port")
    parameters = {k: v for k, v in connection.get_connection_params().items() if k in wanted}

    def pledge(_giver: Giver) -> None:
        with psycopg.connect(**parameters) as own:
            for _turn in range(UNITS // THREADS + 1):
                with own.transaction(), own.cursor() as cursor:
                    cursor.execute("SELECT target - held FROM bare_need WHERE id = %s FOR UPDATE", [number])
                    row = cursor.fetchone()
                    if row and row[0] > 0:
                        cursor.execute("INSERT INTO bare_allocation (need_id, n) VALUES (%s, 1)", [number])
                        cursor.execute("UPDATE bare_need SET held = held + 1 WHERE id = %s", [number])

    return pledge


def _rate(call: Callable[[Giver], None], givers: list[Giver]) -> float:
    """Pledges a second when one thread a giver calls at once."""
    start = Barrier(THREADS + 1)

    def run(giver: Giver) -> None:
        start.wait()
        try:
            call(giver)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(run, giver) for giver in givers]
        start.wait()
        begun = time.perf_counter()
        for future in futures:
            future.result()
        return UNITS / (time.perf_counter() - begun)
