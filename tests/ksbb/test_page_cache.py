import gzip

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import path

from accounts.typed import COOKIE as TYPIST_COOKIE
from ksbb import page_cache
from ksbb.embedded import redis
from regions import outages
from regions.public_version import (
    FORUM,
    bump_public_version,
    known_parameters,
    public_change,
    public_page,
    public_page_besides,
    public_version,
)
from tests.ksbb.elsewhere import Stopped, at, own_redis

MADE = []


@login_not_required
@public_page
def page(request: HttpRequest) -> HttpResponse:
    MADE.append(request.get_full_path())
    return HttpResponse(f"page {len(MADE)} " + "x" * 2_000)


@login_not_required
def unmarked(request: HttpRequest) -> HttpResponse:
    return page(request) if request.GET.get("marked") else HttpResponse(f"{MADE.append('u')}{len(MADE)}")


@login_not_required
@public_page
def touching(request: HttpRequest) -> HttpResponse:
    MADE.append("t")
    what = request.GET["what"]
    response = HttpResponse(f"{what} {len(MADE)}")
    if what == "session":
        request.session.get("x")
    elif what == "token":
        get_token(request)
    elif what == "cookie":
        response.set_cookie("a", "b")
    elif what == "missing":
        response.status_code = 404
    elif what == "bump":
        bump_public_version()
    return response


@login_not_required
@public_page
@known_parameters("city", "page")
def knowing(request: HttpRequest) -> HttpResponse:
    MADE.append(request.get_full_path())
    return HttpResponse(f"{request.GET.urlencode()} {len(MADE)}")


@login_not_required
@public_page_besides(FORUM)
def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{MADE.append('s')}{len(MADE)}")


urlpatterns = [
    path("id/knowing", knowing),
    path("id/silent", silent),
    path("id/page", page),
    path("data/page", page),
    path("unmarked", unmarked),
    path("touching", touching),
]


@pytest.fixture
def visitor(settings, db):
    settings.PAGE_CACHE = True
    settings.ROOT_URLCONF = __name__
    cache.clear()
    MADE.clear()
    return Client()


def body(response) -> str:
    content = response.content
    return (gzip.decompress(content) if response.get("Content-Encoding") == "gzip" else content).decode()[:8]


def test_page_is_made_once_for_visitors(visitor):
    assert [body(visitor.get("/id/page")) for _ in range(3)] == ["page 1 x"] * 3


def test_who_once_signed_in_here_gets_the_page_of_visitors(visitor):
    first = body(visitor.get("/id/page"))
    visitor.cookies[TYPIST_COOKIE] = "a mark"
    assert body(visitor.get("/id/page")) == first


def test_page_differs_by_query_host_and_wished_language(visitor):
    for address, headers in [
        ("/id/page", {}),
        ("/id/page?a=1", {}),
        ("/id/page", {"host": "127.0.0.1"}),
        ("/data/page", {"accept-language": "id"}),
        ("/data/page", {"accept-language": "en"}),
    ]:
        visitor.get(address, headers=headers)
    assert len(MADE) == 5


def test_page_is_made_anew_after_a_bump(visitor, django_capture_on_commit_callbacks):
    first = body(visitor.get("/id/page"))
    with django_capture_on_commit_callbacks(execute=True):
        bump_public_version()
    assert body(visitor.get("/id/page")) != first


def test_voices_of_the_forum_leave_pages_without_them_as_they_are(
    visitor, django_capture_on_commit_callbacks
):
    def changed(topic: str) -> tuple[bool, bool]:
        before = [visitor.get(path).content for path in ("/id/page", "/id/silent")]
        with django_capture_on_commit_callbacks(execute=True):
            bump_public_version(topic)
        after = [visitor.get(path).content for path in ("/id/page", "/id/silent")]
        return before[0] != after[0], before[1] != after[1]

    assert changed(FORUM) == (True, False)
    assert public_change() > public_change(FORUM)
    assert changed("") == (True, True)


def test_bump_waits_for_the_commit(visitor, django_capture_on_commit_callbacks):
    before = public_version()
    with django_capture_on_commit_callbacks(execute=True):
        bump_public_version()
        assert public_version() == before
    assert public_version() != before


@pytest.mark.django_db(transaction=True)
def test_page_made_while_something_changed_is_not_kept(visitor):
    visitor.get("/touching?what=bump")
    visitor.get("/touching?what=bump")
    assert len(MADE) == 2


def test_page_gets_old(visitor, monkeypatch):
    stopped = Stopped(monkeypatch, page_cache)
    visitor.get("/id/page")
    stopped.go_on(page_cache.LONGEST_SECONDS + 1)
    visitor.get("/id/page")
    assert len(MADE) == 2


@pytest.mark.parametrize("what", ["session", "token", "cookie", "missing"])
def test_answer_with_something_of_a_person_is_not_kept(visitor, what):
    for _ in range(2):
        visitor.get(f"/touching?what={what}")
        visitor.cookies.clear()
    assert len(MADE) == 2


def test_token_is_not_kept_where_its_cookie_exists(visitor, settings):
    visitor.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    visitor.get("/touching?what=token")
    visitor.cookies.clear()
    visitor.get("/touching?what=token")
    assert len(MADE) == 2


def test_unmarked_view_is_not_kept(visitor):
    visitor.get("/unmarked")
    visitor.get("/unmarked")
    assert len(MADE) == 2


@pytest.mark.parametrize("cookie", ["ksbb_session", "messages", "anything"])
def test_person_with_a_cookie_gets_a_live_page(visitor, cookie):
    visitor.get("/id/page")
    visitor.cookies[cookie] = "x"
    assert body(visitor.get("/id/page")) == "page 2 x"


def test_other_questions_get_a_live_page(visitor):
    visitor.get("/id/page")
    visitor.head("/id/page")
    visitor.post("/id/page")
    visitor.get("/id/page", headers={"hx-request": "true"})
    visitor.get("/id/page", headers={"authorization": "Basic eA=="})
    assert len(MADE) == 5


def test_page_is_live_without_redis_and_what_was_kept_is_old_afterwards(
    visitor, settings, tmp_path, monkeypatch
):
    stopped = Stopped(monkeypatch, outages)
    with own_redis(tmp_path) as places:
        settings.CACHES = at(f"{places.redis_url}?db=0")
        assert [body(visitor.get("/id/page")) for _ in range(2)] == ["page 1 x"] * 2
        redis.stop(places)
        assert [body(visitor.get("/id/page")) for _ in range(2)] == ["page 2 x", "page 3 x"]
        redis.start(places)
        stopped.go_on(outages.QUIET_SECONDS)
        assert [body(visitor.get("/id/page")) for _ in range(2)] == ["page 4 x"] * 2


def test_page_is_old_after_an_outage_that_only_others_noticed(visitor, settings, tmp_path):
    """Redis keeps its numbers over a restart: a change that could not be told meanwhile would stay hidden."""
    with own_redis(tmp_path) as places:
        settings.CACHES = at(f"{places.redis_url}?db=0")
        visitor.get("/id/page")
        before = public_version()
        redis.stop(places)
        redis.start(places)
        assert public_version() == before
        assert [body(visitor.get("/id/page")) for _ in range(2)] == ["page 2 x"] * 2


def test_kept_page_travels_compressed_and_is_not_sent_twice(visitor):
    plain = visitor.get("/id/page")
    small = visitor.get("/id/page", headers={"accept-encoding": "gzip, br"})
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 4
    assert {"Cookie", "Accept-Encoding"} <= set(small["Vary"].split(", "))
    again = visitor.get("/id/page", headers={"if-none-match": small["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_kept_page_carries_the_security_headers(visitor):
    made, kept = visitor.get("/id/page"), visitor.get("/id/page")
    assert "default-src 'none'" in kept["Content-Security-Policy"]
    assert dict(made.items()) == dict(kept.items())


def test_shelf_stays_within_its_bytes():
    shelf = page_cache.Shelf(most_bytes=1_000)
    for number in range(50):
        shelf.put((str(number),), page_cache.Page(b"x" * 100, None, (), "", ({"": 1}, 1), "", 1e12))
    assert shelf.bytes == 1_000
    assert list(shelf.pages) == [(str(number),) for number in range(40, 50)]
    shelf.put(("huge",), page_cache.Page(b"x" * 5_000, None, (), "", ({"": 1}, 1), "", 1e12))
    assert shelf.bytes == 0


def test_parameters_that_a_view_does_not_know_make_no_page(visitor) -> None:
    first = visitor.get("/id/knowing?page=2&city=31.74&utm_source=surat").content
    assert first == b"city=31.74&page=2 1"
    for query in ("city=31.74&page=2", "x=1&city=31.74&page=2&page=2", "page=2&city=31.74&page=2&z=<script>"):
        visitor.get(f"/id/knowing?{query}")
    assert visitor.get("/id/knowing?city=31.74&page=2&y=8").content == first
    assert visitor.get("/id/knowing?city=31.75").content == b"city=31.75 2"
    assert visitor.get("/id/knowing?anything=1").content == visitor.get("/id/knowing").content
    assert visitor.get("/id/nowhere?a=1").status_code == 404


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/id/peta/", "lapis=banjir&program=pangan&q=tebet&ukuran=missing"),
        ("/data/map/figures.json", "bahasa=en&program=pangan"),
        ("/data/map/layers/kepadatan.json", "bahasa=en"),
        ("/id/galeri/", "hal=2&kota=31.74&program=pangan"),
        ("/id/kisah/", "hal=2&kota=31.74"),
        ("/id/kolaborator/", "hal=2&jenis=social&q=a&urut=nilai"),
        ("/id/usulan/", "hal=2&keadaan=dikaji&program=pangan&q=a&urut=dukungan&wilayah=31.74"),
        ("/id/usulan/7/", "hal=2&tanggapan=9"),
    ],
)
@pytest.mark.urls("ksbb.urls")
def test_dear_pages_and_lists_know_their_parameters(address: str, kept: str) -> None:
    request = RequestFactory().get(f"{address}?utm_source=surat&{kept}&{kept}&z=1")
    page_cache.drop_unknown_parameters(request)
    assert request.META["QUERY_STRING"] == kept
