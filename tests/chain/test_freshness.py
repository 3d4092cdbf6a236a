"""Pages are kept, and nobody notices: the real server, its worker and its Redis, and changes made elsewhere."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.core.cache import cache
from playwright.sync_api import Browser

from accounts import clock
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.statistics.actions import recompute
from donations.statistics.models import StatisticRow
from donations.statistics.tasks import recompute_everything
from ksbb.embedded import redis
from programs.actions import publish
from programs.models import Need
from regions import outages
from tests.chain.processes import wait_until, worker
from tests.chain.sites import Answer, Site, running_site
from tests.chain.walkers import DESKTOP, Hurried
from tests.factories import assessor, make_commitment, make_delivery, make_handover, make_need, with_password
from tests.ksbb.elsewhere import Stopped, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("chain")]

RW, CITY = "31.74.01.1001.003", "31.74"
PASSWORD = "sepeda ontel hijau"
LIST, REGION, MAP = "/id/kebutuhan/", f"/id/wilayah/{RW}/", "/id/peta/"
PAGES = ("/id/", LIST, REGION, MAP, "/id/statistik/", "/en/kebutuhan/")


@pytest.fixture
def busy(tmp_path: Path, transactional_db: None, settings: Any) -> Iterator[Site]:
    """A site with two web processes; what this test does is done in a third that shares its Redis."""
    with running_site(tmp_path, workers=2) as site:
        settings.CACHES = at(f"{site.places.redis_url}?db=1")
        yield site


def asked(site: Site, path: str, times: int = 6) -> list[Answer]:
    """The page as both web processes give it: asked often enough to meet either."""
    found = [site.read(path) for _ in range(times)]
    assert {answer.status for answer in found} == {200}
    return found


def fill(site: Site) -> None:
    for path in PAGES:
        assert all(answer.was_kept for answer in asked(site, path)), path
        assert len({answer.body for answer in asked(site, path)}) <= 2, f"{path} is not kept"


def everywhere(site: Site, path: str, words: str) -> bool:
    return all(words in answer.body for answer in asked(site, path))


def nowhere(site: Site, path: str, words: str) -> bool:
    return not any(words in answer.body for answer in asked(site, path))


def link_to(need: Need) -> str:
    return f'/kebutuhan/{need.pk}/"'


def test_published_need_is_seen_at_once(busy: Site) -> None:
    make_need(target=500, reason="Banjir awal bulan.")
    need = make_need("draft", target=7351)
    fill(busy)
    assert nowhere(busy, LIST, link_to(need))
    publish(need=need, by=assessor())
    for path in (LIST, "/en/kebutuhan/", REGION):
        assert everywhere(busy, path, link_to(need)), path
    # 500 + 7,351 of one form of aid, in the list beside the map and in its figures
    assert everywhere(busy, MAP, "7.851")
    assert everywhere(busy, "/id/", link_to(need))


def test_verified_handover_is_seen_at_once_and_counted_soon(busy: Site, tmp_path: Path) -> None:
    need = make_need(target=1000)
    commitment = make_commitment("accepted", need=need, quantity=731)
    handover = make_handover("submitted", delivery=make_delivery("dispatched", commitment=commitment))
    for code in (CITY, "31", ""):
        recompute(code)
    StatisticRow.objects.update(as_of=clock.now() - timedelta(hours=1))
    fill(busy)
    report = f"/id/bast/{Handover.objects.get().code}/"
    assert everywhere(busy, report, "belum diperiksa")

    handovers.verify(handover=handover, by=assessor())
    assert nowhere(busy, report, "belum diperiksa")
    # The statistics are as old as they say, not older and not newer.
    assert verified() == 0
    assert {published_at(answer) for answer in asked(busy, "/id/statistik/")} == {as_of()}
    before = as_of()

    with worker(tmp_path / "worker.log", busy.environment) as at_work, sender(busy) as queue:
        queue.send_task(recompute_everything.name)
        wait_until(lambda: verified() == 731, 60, at_work.said)
    assert as_of() > before
    assert {published_at(answer) for answer in asked(busy, "/id/statistik/")} == {as_of()}


def sender(site: Site) -> Celery:
    address = f"redis+socket://{site.places.redis_socket}?virtual_host=0"
    return Celery(broker=address, set_as_current=False)


def verified() -> int:
    rows = StatisticRow.objects.filter(
        city_code=CITY, measure="verified", dimension="aid_type", key="sembako"
    )
    return rows.values_list("value", flat=True).first() or 0


def as_of() -> datetime:
    """The minute that the statistics page has to tell."""
    return StatisticRow.objects.earliest("as_of").as_of.replace(second=0, microsecond=0)


def published_at(answer: Answer) -> datetime:
    found = re.search(r'<time datetime="([^"]+)"', answer.body)
    assert found, answer.body
    return datetime.fromisoformat(found[1]).replace(second=0, microsecond=0)


def test_each_language_has_its_own_page(busy: Site) -> None:
    make_need()
    for path in ("kebutuhan/", "", "peta/", "statistik/"):
        for code in ("id", "en", "id", "en"):
            assert all(f'<html lang="{code}"' in answer.body for answer in asked(busy, f"/{code}/{path}"))
    for code in ("id", "en"):
        for _ in range(4):
            assert busy.read("/", **{"Accept-Language": code}).body.count(f'<html lang="{code}"') == 1


def test_who_is_signed_in_neither_gets_nor_leaves_a_kept_page(browser: Browser, busy: Site) -> None:
    officer = with_password(assessor(), PASSWORD)
    make_need()
    with Hurried(browser, busy.address, "asesor", DESKTOP) as walker:
        walker.sign_in(str(officer.email), PASSWORD)
        fill(busy)
        for path in PAGES:
            answer = walker.page.request.get(busy.address + path)
            assert answer.status == 200
            assert "no-cache" not in answer.headers.get("cache-control", "")
            assert officer.name in answer.text(), path
            for visitor in asked(busy, path):
                assert visitor.was_kept
                assert officer.name not in visitor.body
                assert "csrfmiddlewaretoken" not in visitor.body
                assert "set-cookie" not in visitor.headers


def test_nothing_old_is_shown_after_redis_was_away(busy: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = [make_need("draft", target=1000 + number) for number in range(2)]
    make_need()
    fill(busy)
    redis.stop(busy.places)
    # Nobody can be told of this change, and one of the web processes may not even notice the outage.
    publish(need=drafts[0], by=assessor())
    assert link_to(drafts[0]) in busy.read(LIST).body
    redis.start(busy.places)
    assert everywhere(busy, LIST, link_to(drafts[0]))
    # Each process leaves a Redis that failed alone for a while; then pages are kept again, and fresh.
    wait_until(lambda: all(answer.was_kept for answer in asked(busy, LIST)), 60)
    Stopped(monkeypatch, outages).go_on(outages.QUIET_SECONDS)
    cache.get("anything")
    publish(need=drafts[1], by=assessor())
    assert everywhere(busy, LIST, link_to(drafts[1]))
    assert Need.objects.filter(state="published").count() == 3
