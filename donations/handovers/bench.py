"""How long the document of a report takes, and how fast numbers are drawn when everybody hands in at once."""

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
from django.core.cache import cache
from django.db import connection, connections, transaction

from donations.handovers.actions import draw
from donations.handovers.copies import copy_key
from donations.handovers.document import set_document
from donations.handovers.models import HandoverPhoto, HandoverRecord
from regions.benchmarks import Measurement, benchmark

ROUNDS, PHOTOS = 5, 12
THREADS, NUMBERS, TRIES = 32, 1000, 3
CITY = "31.74"
# Every so many transactions one fails after it has drawn: what it drew is drawn again.
FAILING = 10


@benchmark("bast_pdf", unit="s", at_most=1.0, data="demo")
def bast_pdf() -> Measurement:
    """The document of a report with twelve photos, made small each time; the baseline is one second."""
    record = HandoverRecord.objects.order_by("pk")[0]
    photos = list(HandoverPhoto.objects.select_related("handover").order_by("pk")[:PHOTOS])
    if len(photos) < PHOTOS:
        raise AssertionError(f"only {len(photos)} photos")
    facts = {
        **record.content["facts"],
        "photos": [[photo.pk, photo.sha256, photo.caption] for photo in photos],
    }
    content = {**record.content, "facts": facts}
    taken = []
    for _round in range(ROUNDS):
        cache.delete_many([copy_key(photo) for photo in photos])
        begin = time.perf_counter()
        set_document(content, record.digest, photos, "https://ksbb.example.id/id/bast/K7QF2M9X4TRD/")
        taken.append(time.perf_counter() - begin)
    return Measurement(ours=statistics.median(taken), baseline=1.0)


@benchmark("bast_numbers", unit="numbers/s", at_least=0.3)
def bast_numbers() -> Measurement:
    """1,000 numbers of one city and year by 32 threads, each in a transaction, one of ten rolled back and tried again.

    Baseline: the same statement with psycopg, same threads, same server. Fails on any gap or double.
    """
    ours, baseline = [], []
    for year in range(2001, 2001 + TRIES):
        baseline.append(_rate(_bare(year)))
        drawn: list[int] = []
        ours.append(_rate(_drawing(year, drawn)))
        if sorted(drawn) != list(range(1, NUMBERS + 1)):
            raise AssertionError(
                f"{year}: {len(drawn)} drawn, {len(set(drawn))} different, up to {max(drawn)}"
            )
    return Measurement(ours=statistics.median(ours), baseline=statistics.median(baseline))


class Failed(Exception):
    """A transaction that is given up after its number was drawn."""


def _drawing(year: int, drawn: list[int]) -> Callable[[int], None]:
    """What a submit does with the counter, and what becomes of it when that submit fails."""

    def run(turn: int) -> None:
        if turn % FAILING == 0:
            try:
                with transaction.atomic():
                    draw(CITY, year)
                    raise Failed
            except Failed:
                pass
        with transaction.atomic():
            number = draw(CITY, year)
        drawn.append(number)

    return run


def _bare(year: int) -> Callable[[int], None]:
    """The least that counts without gap: one row, raised and read, in a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_counter (year int PRIMARY KEY, last int)")
        cursor.execute("INSERT INTO bare_counter VALUES (%s, 0)", [year])
    wanted = ("dbname", "user", "password", "host", "port")
    parameters = {k: v for k, v in connection.get_connection_params().items() if k in wanted}
    own = threading.local()

    def run(_turn: int) -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(**parameters)
        with own.connection.transaction():
            own.connection.execute(
                "UPDATE bare_counter SET last = last + 1 WHERE year = %s RETURNING last", [year]
            )

    return run


def _rate(call: Callable[[int], None]) -> float:
    """Numbers a second when all threads draw at once."""
    start = Barrier(THREADS + 1)
    turns = [range(first, NUMBERS, THREADS) for first in range(THREADS)]

    def run(mine: range) -> None:
        start.wait()
        try:
            for turn in mine:
                call(turn)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(run, mine) for mine in turns]
        start.wait()
        begun = time.perf_counter()
        for future in futures:
            future.result()
        return NUMBERS / (time.perf_counter() - begun)
