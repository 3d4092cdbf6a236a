"""How fast pledges go in when everybody wants to help the same neighbourhood."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

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

THREADS, UNITS = 64, 1000


@benchmark("pledge_hot_need", unit="pledges/s", at_least=0.2)
def pledge_hot_need() -> Measurement:
    """64 people pledge single units of one need that has 1,000 left; ours against the bare transaction.

    Ours: scope, verb, pledge, commitment, allocation, journal and triggers, through the action that the
    page calls. Baseline: lock, insert, update with psycopg, same threads, same server, same durability.
    Fails if one unit is given too often or a pledge is lost.
    """
    need, givers = _prepare()
    full: list[int] = []

    def pledge(giver: tuple[Organisation, User]) -> None:
        organisation, user = giver
        for _turn in range(UNITS // THREADS + 1):
            try:
                submit(collaborator=organisation, by=user, promises=[Promise(quantity=1, need=need)])
            except NeedFull:
                full.append(1)

    ours = _rate(pledge, givers)
    need.refresh_from_db()
    if (need.held, Commitment.objects.count()) != (UNITS, UNITS):
        raise AssertionError(
            f"{need.held} units held by {Commitment.objects.count()} commitments, not {UNITS}"
        )
    return Measurement(ours=ours, baseline=_rate(_bare(), givers))


def _prepare() -> tuple[Need, list[tuple[Organisation, User]]]:
    with transaction.atomic():
        region: Region | None = None
        for level, code in (
            ("province", "31"), ("city", "31.74"), ("district", "31.74.01"), ("village", "31.74.01.1001"),
            ("rw", "31.74.01.1001.003"),
        ):  # fmt: skip
            region = Region.objects.create(
                code=code, parent=region, level=level, name=code, official_name=code
            )
        assert region is not None
        program = Program.objects.create(code="pangan", name="Pangan", lead_agency="-", region_id="31")
        aid_type = AidType.objects.create(program=program, code="sembako", name="Sembako", unit="paket")
        need = publish(
            by=None,
            need=draft(
                by=None, program=program, aid_type=aid_type, region=region, target=UNITS, people=UNITS,
                people_kind=PeopleKind.FAMILIES, reason="-", deadline=clock.today() + timedelta(days=9),
            ),
        )  # fmt: skip
        givers = []
        for number in range(THREADS):
            organisation = Organisation.objects.create(name=f"Pemberi {number}", collaborator_kind="social")
            user = User.objects.create(email=f"{number}@contoh.test", name=f"Orang {number}")
            Assignment.objects.create(
                user=user,
                role=Role.COLLABORATOR,
                organisation=organisation,
                area_id="31",
                starts=clock.today(),
            )
            givers.append((organisation, user))
    return need, givers


def _bare() -> Callable[[Any], None]:
    """The least that keeps the promise: lock the need, insert the allocation, count it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_need (id int PRIMARY KEY, target bigint, held bigint CHECK (held <= target))"
        )
        cursor.execute(
            "CREATE TABLE bare_allocation (id bigserial PRIMARY KEY, need_id int REFERENCES bare_need, n bigint)"
        )
        cursor.execute("INSERT INTO bare_need VALUES (1, %s, 0)", [UNITS])
    wanted = ("dbname", "user", "password", "host", "port")
    parameters = {k: v for k, v in connection.get_connection_params().items() if k in wanted}

    def pledge(_giver: object) -> None:
        with psycopg.connect(**parameters) as own:
            for _turn in range(UNITS // THREADS + 1):
                with own.transaction(), own.cursor() as cursor:
                    cursor.execute("SELECT target - held FROM bare_need WHERE id = 1 FOR UPDATE")
                    row = cursor.fetchone()
                    if row and row[0] > 0:
                        cursor.execute("INSERT INTO bare_allocation (need_id, n) VALUES (1, 1)")
                        cursor.execute("UPDATE bare_need SET held = held + 1 WHERE id = 1")

    return pledge


def _rate(call: Callable[[Any], None], givers: list[Any]) -> float:
    """Pledges a second when one thread a giver calls at once."""
    start = Barrier(THREADS + 1)

    def run(giver: Any) -> None:
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
