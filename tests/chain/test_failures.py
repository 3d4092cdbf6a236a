"""What breaks in production, broken here with the real processes: Redis stopped, a worker killed."""

import re
import time
from pathlib import Path

import psycopg
import pytest
from celery import Celery
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser

from donations.pledges.models import Commitment
from donations.statistics.actions import recompute
from donations.statistics.models import StatisticRow
from donations.statistics.tasks import sweep_stale
from ksbb.celery import app
from ksbb.embedded import redis
from programs.models import Need
from regions.models import StaleMark
from tests.chain.processes import beat, database_url, own_places, wait_until, worker
from tests.chain.sites import Site
from tests.chain.walkers import DESKTOP, PHONE, Hurried, Walker
from tests.factories import assessor, collaborator, make_commitment, make_need, with_password

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("chain")]

PASSWORD = "sepeda ontel hijau"
CITY = "31.74"
# What a page may take while nobody answers on Redis' socket: far less than a client that waits for it would, and far more
# than a busy machine needs.
PATIENCE_SECONDS = 20


def committed() -> int | None:
    rows = StatisticRow.objects.filter(
        city_code=CITY, measure="committed", dimension="aid_type", key="sembako"
    )
    return rows.values_list("value", flat=True).first()


class Impatient(Hurried):
    """One for whom every page has to come soon."""

    def press(self, *words, **options):
        began = time.monotonic()
        page = super().press(*words, **options)
        taken = time.monotonic() - began
        assert taken < PATIENCE_SECONDS, f"{page.url} took {taken:.1f} s"
        return page


def pledge(giver: Walker, need: Need, quantity: int) -> None:
    giver.go(f"/id/kebutuhan/{need.pk}/ikrar/")
    giver.page.get_by_label(re.compile("Berapa paket")).fill(str(quantity))
    giver.press(re.compile("Lanjut ke"))
    giver.press(re.compile("Kami kirim sendiri"))
    giver.press(re.compile("dana sendiri"))
    giver.press(re.compile("Lanjut ke"))
    giver.press(re.compile("Ya, sebut nama kami"))
    giver.press(re.compile("Setujui surat dan kirim"))
    giver.reads("Ikrar Anda sudah kami terima")


def accept(officer: Walker, commitment: Commitment) -> None:
    officer.go(commitment.get_absolute_url())
    officer.press(re.compile(r"^Terima \d"))
    officer.reads("diterima asesor")


def test_redis_stopped_while_people_pledge_and_accept(browser: Browser, site: Site, tmp_path: Path) -> None:
    need = make_need(target=1000)
    giver_user, officer_user = with_password(collaborator(), PASSWORD), with_password(assessor(), PASSWORD)
    with (
        Impatient(browser, site.address, "kolaborator", PHONE) as giver,
        Impatient(browser, site.address, "asesor", DESKTOP) as officer,
        worker(tmp_path / "worker.log", site.environment) as at_work,
        beat(tmp_path / "beat.log", site.environment) as by_the_clock,
    ):
        at_work.wait_until_said("ready.")
        giver.sign_in(str(giver_user.email), PASSWORD)
        officer.sign_in(str(officer_user.email), PASSWORD)
        pledge(giver, need, 100)
        accept(officer, Commitment.objects.get())
        wait_until(lambda: committed() == 100, 60, at_work.said)
        giver.go("/id/statistik/")

        redis.stop(site.places)
        began = time.monotonic()
        pledge(giver, need, 250)
        accept(officer, Commitment.objects.latest("pk"))
        pledge(giver, need, 50)
        giver.go(f"/id/kebutuhan/{need.pk}/")
        giver.reads("600")
        giver.go("/id/statistik/")
        giver.go("/id/")
        # whoever signs in meanwhile can, too
        with Impatient(browser, site.address, "asesor-lain", DESKTOP) as other:
            other.sign_in(str(with_password(assessor(), PASSWORD).email), PASSWORD)
            other.reads("Yang menunggu Anda")
        taken = time.monotonic() - began
        need.refresh_from_db()
        assert (need.reserved, need.held, need.missing) == (350, 50, 600)
        assert committed() == 100
        assert StaleMark.objects.filter(city_code=CITY).exists()
        assert not re.search(r"Traceback|Internal Server Error", site.log.read_text()), site.log.read_text()[
            -3000:
        ]
        assert taken < 90, f"it took {taken:.0f} s without Redis"

        # Redis is back. Worker and beat have waited for it, and the next sweep finds what was left behind.
        redis.start(site.places)
        wait_until(lambda: committed() == 350, 180, lambda: at_work.said() + by_the_clock.said())
        assert at_work.runs(), at_work.said()
        assert by_the_clock.runs(), by_the_clock.said()
        call_command("rebuild_statistics", "--check")


def test_worker_that_holds_messages_outlives_redis(tmp_path: Path, transactional_db: None) -> None:
    """Messages for later are held by the worker: it cannot put them back, and must not end over that."""
    make_commitment("accepted", quantity=100)
    places = own_places(tmp_path)
    address = f"redis+socket://{places.redis_socket}?virtual_host=0"
    redis.start(places)
    try:
        with (
            worker(
                tmp_path / "worker.log", {"REDIS_URL": places.redis_url, "REDIS_DATABASE": "0"}
            ) as at_work,
            Celery(broker=address, set_as_current=False) as sender,
        ):
            at_work.wait_until_said("ready.")
            sender.send_task(sweep_stale.name, countdown=600)
            at_work.wait_until_said("received")
            redis.connection(places).shutdown(nosave=True)
            at_work.wait_until_said("Connection to broker lost")
            redis.start(places)
            sender.send_task(sweep_stale.name)
            wait_until(lambda: committed() == 100, 60, at_work.said)
            assert at_work.runs()
    finally:
        redis.stop(places)


def test_worker_killed_in_the_middle_of_a_recompute(tmp_path: Path, transactional_db: None) -> None:
    need = make_need(target=1000)
    make_commitment("accepted", need=need, quantity=100)
    for code in (CITY, "31", ""):
        recompute(code)
    assert committed() == 100
    make_commitment("accepted", need=need, quantity=300)
    marks = StaleMark.objects.filter(city_code=CITY).count()
    assert marks

    with psycopg.connect(database_url()) as blocker, worker(tmp_path / "first.log") as first:
        # Rows may be read, but not written: the recompute stops where its figures are ready to be put in place.
        blocker.execute("LOCK TABLE donations_statisticrow IN SHARE MODE")
        sweep_stale.delay()
        wait_until(waits_for_a_lock, 60, first.said)
        first.kill()
        blocker.rollback()
    wait_until(lambda: not waits_for_a_lock())
    assert committed() == 100
    assert StaleMark.objects.filter(city_code=CITY).count() == marks

    # What else was queued is lost as well: nobody asks for it again but the clock.
    app.control.purge()
    with worker(tmp_path / "second.log") as second, beat(tmp_path / "beat.log"):
        wait_until(lambda: committed() == 400 and not StaleMark.objects.exists(), 180, second.said)
    call_command("rebuild_statistics", "--check")


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'donations_statisticrow'::regclass"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        found: bool = cursor.fetchone()[0]
    return found
