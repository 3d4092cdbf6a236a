"""Limits: counted for each address, told in headers, refused with a time, and open while Redis is away."""

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from ksbb import limits
from ksbb.limits import Limit, RateLimits, Standing, address_of, standing
from tests.ksbb.elsewhere import Stopped, at


@pytest.fixture(autouse=True)
def fresh(settings):
    cache.clear()
    settings.API_LIMIT, settings.DATA_LIMIT, settings.PAGE_LIMIT = 3, 2, 0


def ask(path: str, **meta: str) -> HttpResponse:
    answer = RateLimits(lambda request: HttpResponse("ok"))(RequestFactory().get(path, **meta))
    assert isinstance(answer, HttpResponse)
    return answer


def test_answers_tell_what_is_left_until_when():
    answer = ask("/api/v1/needs/")
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == ("3", "2")
    assert 1 <= int(answer["RateLimit-Reset"]) <= 60
    assert answer["RateLimit-Policy"] == "3;w=60"
    assert "Retry-After" not in answer


def test_one_more_than_allowed_is_told_how_long_to_wait():
    assert [ask("/api/v1/needs/").status_code for _i in range(4)] == [200, 200, 200, 429]
    refused = ask("/api/v1/needs/", HTTP_ACCEPT_LANGUAGE="id")
    assert refused["Retry-After"] == refused["RateLimit-Reset"]
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert f"{refused['Retry-After']} detik" in json.loads(refused.content)["detail"]
    assert refused["RateLimit-Remaining"] == "0"


def test_downloads_have_a_number_of_their_own_and_the_map_none():
    assert [ask("/data/needs.csv").status_code for _i in range(3)] == [200, 200, 429]
    assert ask("/api/v1/needs/").status_code == 200
    assert "RateLimit-Limit" not in ask("/data/map/figures.json")
    assert "RateLimit-Limit" not in ask("/id/")


def test_addresses_are_counted_apart():
    assert [ask("/data/needs.csv").status_code for _i in range(3)][-1] == 429
    assert ask("/data/needs.csv", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_numbers_begin_anew_after_their_time():
    limit = Limit("short", 1, seconds=60)
    first, second = standing(limit, "a"), standing(limit, "a")
    assert first
    assert second
    assert not first.is_over
    assert second.is_over
    cache._cache.get_client(None).delete(cache.make_key("limit:short:a"))  # as Redis does after that time
    again = standing(limit, "a")
    assert again
    assert not again.is_over


def test_keys_expire_by_themselves():
    standing(Limit("short", 1, seconds=30), "a")
    client = cache._cache.get_client(None)
    assert 0 < client.ttl(cache.make_key("limit:short:a")) <= 30


def test_nobody_is_refused_while_redis_is_away(settings, tmp_path):
    settings.CACHES = at(f"unix://{tmp_path}/redis.sock")
    answers = [ask("/data/needs.csv") for _i in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[-1]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "1.1.1.1", "9.9.9.9"),  # nobody of ours wrote that
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),  # the first part is what the visitor claims
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (1, "::ffff:1.2.3.4", "1.2.3.4"),
        (1, "<script>", "unknown"),
    ],
)
def test_address_is_what_our_own_proxies_say(settings, proxies, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == address


def test_remaining_never_falls_below_zero():
    assert Standing(Limit("x", 3), used=9, reset=1).remaining == 0


@pytest.fixture
def stopped(monkeypatch):
    return Stopped(monkeypatch, limits)


@pytest.fixture
def gate(settings, stopped):
    """The middleware as one web process has it, which lets three questions through, at a time that stands still."""
    settings.API_LIMIT = settings.DATA_LIMIT = 0
    settings.PAGE_LIMIT = 3
    return RateLimits(lambda request: HttpResponse("ok"))


def knock(gate: RateLimits, path: str, **meta: str) -> HttpResponse:
    answer = gate(RequestFactory().get(path, **meta))
    assert isinstance(answer, HttpResponse)
    return answer


def test_flood_of_pages_is_told_how_long_to_wait(gate):
    assert [knock(gate, "/id/").status_code for _i in range(4)] == [200, 200, 200, 429]
    refused = knock(gate, "/id/peta/")
    assert 1 <= int(refused["Retry-After"]) <= 10
    assert f"{refused['Retry-After']} detik" in refused.content.decode()
    assert '<html lang="id">' in refused.content.decode()
    assert refused["Cache-Control"] == "no-store"
    assert knock(gate, "/id/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_flood_is_answered_in_the_form_and_language_that_was_asked_for(gate):
    for _i in range(3):
        knock(gate, "/id/")
    assert '<html lang="en">' in knock(gate, "/en/").content.decode()
    assert '<html lang="en">' in knock(gate, "/", HTTP_ACCEPT_LANGUAGE="en-GB").content.decode()
    assert json.loads(knock(gate, "/api/v1/needs/").content)["status"] == 429
    assert json.loads(knock(gate, "/data/statistics.json").content)["status"] == 429
    assert knock(gate, "/data/needs.csv")["Content-Type"].startswith("text/plain")


def test_static_files_and_health_are_not_counted(gate):
    for path in ("/static/css/ksbb.css", "/healthz", "/readyz"):
        assert {knock(gate, path).status_code for _i in range(9)} == {200}


def test_flood_ends_with_its_ten_seconds(gate, stopped):
    assert [knock(gate, "/id/").status_code for _i in range(4)][-1] == 429
    stopped.go_on(10)
    assert knock(gate, "/id/").status_code == 200


def test_flood_is_counted_without_redis(gate, settings, tmp_path):
    settings.CACHES = at(f"unix://{tmp_path}/redis.sock")
    assert [knock(gate, "/id/").status_code for _i in range(4)] == [200, 200, 200, 429]


def test_flood_behind_a_proxy_is_the_visitors_own(gate, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _i in range(4):
        last = knock(gate, "/id/", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.1.1.1")
    assert last.status_code == 429
    assert knock(gate, "/id/", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2").status_code == 200


def test_no_limit_is_none(settings):
    settings.API_LIMIT = settings.DATA_LIMIT = settings.PAGE_LIMIT = 0
    with pytest.raises(MiddlewareNotUsed):
        RateLimits(lambda request: HttpResponse("ok"))
