"""How pledges come in over HTTP when two hundred people send theirs to fifty needs at once."""

import io
import socket
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from itertools import cycle
from threading import Barrier
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
ALONE, BARE_SECONDS, CONNECTIONS = 40, 8, 60
# What is offered, as a share of the bare transaction's pace; what is asked for stands in the goal.
OFFERED = 0.09
CSRF = "b" * 32


@dataclass
class Giver:
    """One person with a session of their own, the organisation they send for, and the pledges still to send."""

    user: User
    organisation: Organisation
    session: str
    forms: list[tuple[str, bytes]] = field(default_factory=list)


@benchmark("pledge_load", unit="pledges/s", at_least=0.08, p99_at_most=5)
def pledge_load() -> Measurement:
    """Pledges a second over HTTP beside bare transactions of as many people in the same client.

    Ours: the form that sends a filled-in pledge, as a signed-in person sends it: session, CSRF, the draft, the
    permission, the letter compared with the one that was shown, the verb, its journal and notices. People send at an
    even pace, `OFFERED` × that of the baseline. Baseline: lock, insert, update with psycopg, on as many needs.
    The columns of waits hold what 95 of 100 waited under load, beside the median of somebody alone.
    Fails for any answer but the way to the thanks, for one unit too many, and for a lost or double pledge.
    """
    needs, givers = _needs(), _givers()
    bare = _bare(BARE_SECONDS)
    offered = bare * OFFERED
    each = int(offered * SECONDS / PEOPLE) + 2
    _write(givers[:1], needs, ALONE)
    _write(givers, needs, each)
    with served("/id/kebutuhan/") as port:
        alone = _alone(port, givers[0])
        began = Commitment.objects.count()
        waits, seconds = _together(port, givers, offered)
        sent = Commitment.objects.count() - began
    _check(needs, len(waits), sent)
    waits.sort()
    return Measurement(
        ours=sent / seconds,
        baseline=bare,
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
    """How long one person waits for each answer when nobody else is there; the first ones warm the server up."""
    with Sender(port, giver) as sender:
        waits = [sender.send() for _ in range(ALONE)]
    return waits[ALONE // 2 :]


def _together(port: int, givers: list[Giver], rate: float) -> tuple[list[float], float]:
    """Everybody sends at an even pace for a minute: how long each waited, and how long all of it took."""
    pause, waits = PEOPLE / rate, []
    start = Barrier(PEOPLE + 1)

    def person(place: int) -> list[float]:
        own = []
        with Sender(port, givers[place]) as sender:
            start.wait()
            due = time.perf_counter() + pause * place / PEOPLE
            end = time.perf_counter() + SECONDS
            while due < end and givers[place].forms:
                time.sleep(max(due - time.perf_counter(), 0))
                own.append(sender.send())
                due = max(due + pause, time.perf_counter())
        return own

    with ThreadPoolExecutor(PEOPLE) as pool:
        futures = [pool.submit(person, place) for place in range(PEOPLE)]
        start.wait()
        began = time.perf_counter()
        for future in futures:
            waits += future.result()
        return waits, time.perf_counter() - began


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

    def send(self) -> float:
        """Send the next pledge; how long its answer took. Raises AssertionError for any but the way to the thanks."""
        path, body = self.giver.forms.pop()
        asked = time.perf_counter()
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n".encode()
        self.socket.sendall(head + self.head + b"\r\n" + body)
        status = int(self.stream.readline().split(b" ", 2)[1])
        length, place = 0, b""
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            name, _mark, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"location":
                place = value
        self.stream.read(length)
        if status != 302 or b"terkirim" not in place:
            raise AssertionError(f"{path} answers {status} {place.decode()}")
        return time.perf_counter() - asked


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


def _needs() -> list[Need]:
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
    store = import_module(settings.SESSION_ENGINE).SessionStore
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
            session = store()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            found.append(Giver(user, organisation, session.session_key))
    return found


def _bare(seconds: float) -> float:
    """Bare transactions a second of as many people on as many needs: lock, insert, count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bare_need (id int PRIMARY KEY, target bigint, held bigint CHECK (held <= target))"
        )
        cursor.execute(
            "CREATE TABLE bare_allocation (id bigserial PRIMARY KEY, need_id int REFERENCES bare_need, n int)"
        )
        cursor.execute("INSERT INTO bare_need SELECT i, 1000000, 0 FROM generate_series(1, %s) i", [NEEDS])
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
