"""How pledges come in over HTTP when two hundred people send theirs to fifty needs at once."""

import io
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from itertools import cycle
from random import Random
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import override
from psycopg_pool import ConnectionPool

from accounts import clock
from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from donations.pledges.models import Commitment, FundSource, PledgeDraft, Route
from donations.pledges.views.walk import QUESTIONS, SUMMARY
from donations.pledges.wording import fingerprint, statement
from ksbb.bench.pages import served
from programs.actions import draft, publish
from programs.models import AidType, Need, PeopleKind, Program
from regions.benchmarks import Measurement, benchmark
from regions.models import Region

PEOPLE, NEEDS, SECONDS = 200, 50, 60
ALONE, CONNECTIONS = 40, 60
# Rounds of both paces, and how long one of each takes.
ROUNDS, BARE_SECONDS, PACE_SECONDS = 3, 3, 8
# How long people read the letter before they send it.
READING = (2.0, 8.0)
# No server could take more pledges, as a share of the bare transaction's pace: so many forms are ready.
MOST = 0.2
CSRF = "b" * 32
Found = TypeVar("Found")


@dataclass
class Giver:
    """One person with a session of their own, the organisation they send for, and the pledges still to send."""

    user: User
    organisation: Organisation
    session: str
    forms: list[tuple[str, bytes]] = field(default_factory=list)


@benchmark("pledge_load", unit="pledges/s", at_least=0.08, p99_at_most=5)
def pledge_load() -> Measurement:
    """Pledges a second over HTTP beside bare transactions of as many people in the same client; and how long people wait.

    The pace is what the server sustains when all 200 send their next form as soon as the last is answered: session,
    CSRF, the draft, the permission, the letter compared with the one that was shown, the verb, its journal and notices.
    Baseline: lock, insert, update with psycopg, as durably and on as many needs. Rounds of both alternate, so that a
    busy machine slows both alike.

    The columns of waits are of the minute in which the 200 do what people do: open the last page with the letter, read
    it for 2 to 8 seconds, send it, and begin with the next. That is about 40 pledges a second, twenty times as many as
    of 200 people who take the two minutes that a pledge may take. A wait is that for the page and that for the
    answer to the form together: 95 of 100 under this load, beside the median of somebody alone.

    Fails for any answer but the page, and the way to the thanks; for one unit too many; for a lost or double pledge.
    """
    needs, givers = published_needs(), _givers()
    _prepare_bare()
    _write(givers[:1], needs, ALONE)
    with served("/id/kebutuhan/") as port:
        began = Commitment.objects.count()
        alone = _alone(port, givers[0])
        ours, bare, answered = [], [], ALONE
        for _ in range(ROUNDS):
            bare.append(_bare(BARE_SECONDS))
            _write(givers, needs, int(bare[-1] * MOST * PACE_SECONDS / PEOPLE) + 2)
            sent, seconds = _at_once(port, givers)
            ours.append(sent / seconds)
            answered += sent
        _write(givers, needs, SECONDS // int(READING[0]))
        waits = sorted(_as_people_do(port, givers))
        sent = Commitment.objects.count() - began
    _check(needs, answered + len(waits), sent)
    return Measurement(
        ours=statistics.median(ours),
        baseline=statistics.median(bare),
        p99=waits[len(waits) * 95 // 100],
        baseline_p99=statistics.median(alone),
    )


def _check(needs: list[Need], answered: int, sent: int) -> None:
    """Every answered pledge is there once, and no need holds another sum than its commitments."""
    if answered != sent:
        raise AssertionError(f"{answered} pledges were answered, {sent} are there")
    held = Counter(Commitment.objects.values_list("allocations__need", flat=True))
    for need in needs:
        need.refresh_from_db()
        if need.held != held[need.pk] or need.held > need.target:
            raise AssertionError(
                f"need {need.pk} holds {need.held} of {need.target}, promised {held[need.pk]}"
            )


def _alone(port: int, giver: Giver) -> list[float]:
    """How long one person waits for each pledge when nobody else is there; the first ones warm the server up."""
    with Sender(port, giver) as sender:
        waits = [sender.open() + sender.send() for _ in range(ALONE)]
    return waits[ALONE // 2 :]


def _at_once(port: int, givers: list[Giver]) -> tuple[int, float]:
    """Everybody sends one form after the other: how many pledges came of it, and how long all of it took."""

    def person(place: int, sender: "Sender", began: float) -> int:
        sent = 0
        while sender.giver.forms and time.perf_counter() < began + PACE_SECONDS:
            sender.send()
            sent += 1
        return sent

    found, seconds = _everybody(port, givers, person)
    return sum(found), seconds


def _as_people_do(port: int, givers: list[Giver]) -> list[float]:
    """Everybody opens, reads and sends for a minute: how long each pledge made its giver wait."""

    def person(place: int, sender: "Sender", began: float) -> list[float]:
        pause, waits = Random(place), []  # noqa: S311 nothing secret
        time.sleep(pause.uniform(0, READING[1]))
        while time.perf_counter() < began + SECONDS:
            opened = sender.open()
            time.sleep(pause.uniform(*READING))
            waits.append(opened + sender.send())
        return waits

    found, _seconds = _everybody(port, givers, person)
    return [wait for waits in found for wait in waits]


def _everybody(
    port: int, givers: list[Giver], person: "Callable[[int, Sender, float], Found]"
) -> tuple[list[Found], float]:
    """What `person(place, sender, began)` gives for each, all in threads at once; how long it took."""
    start = Barrier(PEOPLE + 1)

    def run(place: int) -> Found:
        with Sender(port, givers[place]) as sender:
            start.wait()
            return person(place, sender, time.perf_counter())

    with ThreadPoolExecutor(PEOPLE) as pool:
        futures = [pool.submit(run, place) for place in range(PEOPLE)]
        start.wait()
        began = time.perf_counter()
        return [future.result() for future in futures], time.perf_counter() - began


class Sender:
    """One open connection of one signed-in person, who sends forms."""

    def __init__(self, port: int, giver: Giver) -> None:
        self.giver = giver
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = io.BufferedReader(socket.SocketIO(self.socket, "r"), 65536)
        cookies = f"{settings.SESSION_COOKIE_NAME}={giver.session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        self.head = (
            f"Host: localhost\r\nCookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        ).encode()

    def __enter__(self) -> "Sender":
        return self

    def __exit__(self, *about: object) -> None:
        self.stream.close()
        self.socket.close()

    def open(self) -> float:
        """Open the last page of the next pledge; how long it took. Raises AssertionError unless its letter is there."""
        path, body = self.giver.forms[-1]
        asked = time.perf_counter()
        status, _place, page = self._ask(f"GET {path} HTTP/1.1\r\n".encode())
        if status != 200 or body.rpartition(b"=")[2] not in page:
            raise AssertionError(f"{path} answers {status}, or another letter")
        return time.perf_counter() - asked

    def send(self) -> float:
        """Send the next pledge; how long its answer took. Raises AssertionError for any but the way to the thanks."""
        path, body = self.giver.forms.pop()
        asked = time.perf_counter()
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n".encode()
        status, place, _page = self._ask(head, body)
        if status != 302 or b"terkirim" not in place:
            raise AssertionError(f"{path} answers {status} {place.decode()}")
        return time.perf_counter() - asked

    def _ask(self, head: bytes, body: bytes = b"") -> tuple[int, bytes, bytes]:
        """Status, place to go on to, and page."""
        self.socket.sendall(head + self.head + b"\r\n" + body)
        status = int(self.stream.readline().split(b" ", 2)[1])
        length, place = 0, b""
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            name, _mark, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"location":
                place = value
        return status, place, self.stream.read(length)


def _write(givers: list[Giver], needs: list[Need], each: int) -> None:
    """Filled-in drafts of one unit for every giver, and the forms that send them."""
    turn = cycle(needs)
    now = clock.now()
    for giver in givers:
        drafts = [
            PledgeDraft(
                user=giver.user, need=(need := next(turn)), aid_type=need.aid_type, quantity=1, route=Route.DIRECT,
                source=FundSource.OWN, answered=list(QUESTIONS), organisation=giver.organisation,
                created_at=now, saved_at=now,
            )
            for _ in range(each)
        ]  # fmt: skip
        PledgeDraft.objects.bulk_create(drafts)
        prefetch_related_objects(drafts, "lines")
        for one in drafts:
            giver.forms.append((_path(one), _form(one, giver.organisation)))


def _path(one: PledgeDraft) -> str:
    with override("id"):
        return reverse("pledge_step", args=[one.key, SUMMARY])


def _form(one: PledgeDraft, organisation: Organisation) -> bytes:
    with override("id"):
        letter = fingerprint(statement(one, organisation, None))
    return urlencode({"csrfmiddlewaretoken": CSRF, "surat": letter}).encode()


def published_needs() -> list[Need]:
    """One published need for each of fifty RW."""
    with transaction.atomic():
        region: Region | None = None
        for level, code in (
            ("province", "31"), ("city", "31.74"), ("district", "31.74.01"), ("village", "31.74.01.1001"),
        ):  # fmt: skip
            region = Region.objects.create(
                code=code, parent=region, level=level, name=code, official_name=code, full_name=code
            )
        program = Program.objects.create(code="pangan", name="Pangan", lead_agency="-", region_id="31")
        aid = AidType.objects.create(
            program=program, code="sembako", name="Sembako", unit="paket", guide_value=200_000
        )
        return [_need(aid, number) for number in range(1, NEEDS + 1)]


def _need(aid: AidType, number: int) -> Need:
    code = f"31.74.01.1001.{number:03d}"
    rw = Region.objects.create(
        code=code, parent_id="31.74.01.1001", level="rw", name=code, official_name=code, full_name=code
    )
    need = draft(
        by=None, program=aid.program, aid_type=aid, region=rw, target=10**6, people=1000,
        people_kind=PeopleKind.FAMILIES, reason="-", deadline=clock.today() + timedelta(days=9),
    )  # fmt: skip
    return publish(by=None, need=need)


def _givers() -> list[Giver]:
    found = []
    with transaction.atomic():
        for number in range(PEOPLE):
            organisation = Organisation.objects.create(name=f"Pemberi {number}", collaborator_kind="social")
            user = User.objects.create(email=f"{number}@contoh.test", name=f"Orang {number}")
            Assignment.objects.create(
                user=user,
                role=Role.COLLABORATOR,
                organisation=organisation,
                area_id="31",
                starts=clock.today(),
            )
            found.append(Giver(user, organisation, session_of(user)))
    return found


def session_of(user: User) -> str:
    """The key of a session in which somebody is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _prepare_bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_need (id int PRIMARY KEY, target bigint, held bigint CHECK (held <= target))"
        )
        cursor.execute(
            "CREATE TABLE bare_allocation (id bigserial PRIMARY KEY, need_id int REFERENCES bare_need, n int)"
        )
        cursor.execute("INSERT INTO bare_need SELECT i, 1000000, 0 FROM generate_series(1, %s) i", [NEEDS])


def _bare(seconds: float) -> float:
    """Bare transactions a second of as many people on as many needs: lock, insert, count."""
    wanted = ("dbname", "user", "password", "host", "port")
    kwargs = {name: value for name, value in connection.get_connection_params().items() if name in wanted}
    start = Barrier(PEOPLE + 1)
    with closing(
        ConnectionPool(kwargs=kwargs, min_size=CONNECTIONS, max_size=CONNECTIONS, timeout=60)
    ) as pool:
        pool.wait(60)

        def person(place: int) -> int:
            done, need = 0, place % NEEDS + 1
            start.wait()
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                with pool.connection() as own, own.cursor() as cursor:
                    cursor.execute("SELECT target - held FROM bare_need WHERE id = %s FOR UPDATE", [need])
                    cursor.execute("INSERT INTO bare_allocation (need_id, n) VALUES (%s, 1)", [need])
                    cursor.execute("UPDATE bare_need SET held = held + 1 WHERE id = %s", [need])
                done += 1
            return done

        with ThreadPoolExecutor(PEOPLE) as people:
            futures = [people.submit(person, place) for place in range(PEOPLE)]
            start.wait()
            began = time.perf_counter()
            return sum(future.result() for future in futures) / (time.perf_counter() - began)
