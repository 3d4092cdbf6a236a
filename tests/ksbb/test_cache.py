import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache, caches

from ksbb.cache import TolerantRedisCache, connections_made
from ksbb.embedded import redis
from regions import outages
from tests.ksbb.elsewhere import Stopped, at, own_redis


@pytest.fixture
def away(tmp_path):
    """A cache whose server is not there."""
    return TolerantRedisCache(f"unix://{tmp_path}/redis.sock", {})


def test_cache_keeps_values():
    cache = caches["default"]
    cache.set("a", {"b": 1})
    assert cache.get("a") == {"b": 1}
    assert cache.add("a", 2) is False
    cache.set("n", 1)
    assert cache.incr("n") == 2
    cache.delete("a")
    assert cache.get("a", "none") == "none"


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (lambda cache: cache.get("a", 7), 7),
        (lambda cache: cache.set("a", 1), None),
        (lambda cache: cache.add("a", 1), True),
        (lambda cache: cache.incr("a", 3), 3),
        (lambda cache: cache.get_many(["a"]), {}),
        (lambda cache: cache.set_many({"a": 1}), ["a"]),
        (lambda cache: cache.delete("a"), False),
        (lambda cache: cache.delete_many(["a"]), None),
        (lambda cache: cache.touch("a"), False),
        (lambda cache: "a" in cache, False),
        (lambda cache: cache.clear(), False),
        (lambda cache: cache.get_or_set("a", lambda: 5), 5),
        (lambda cache: cache.count("a", 60), None),
    ],
)
def test_cache_without_server_behaves_like_an_empty_one(away, call, answer):
    assert call(away) == answer


class Caller:
    """Where a Redis should be: takes every connection, says nothing, hangs up. It knows how often it was called."""

    def __init__(self, path: Path) -> None:
        self.calls = 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()

    def answer(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@contextmanager
def mute(path: Path) -> Iterator[Caller]:
    caller = Caller(path)
    thread = threading.Thread(target=caller.answer, daemon=True)
    thread.start()
    yield caller
    caller.listener.shutdown(socket.SHUT_RDWR)
    caller.listener.close()
    thread.join()


def test_broken_server_is_not_asked_at_every_call(tmp_path, monkeypatch):
    Stopped(monkeypatch, outages)
    with mute(tmp_path / "redis.sock") as caller:
        broken = TolerantRedisCache(f"unix://{tmp_path}/redis.sock", {})
        broken.get("a")
        once = caller.calls
        for _ in range(5):
            broken.get("a")
        assert once
        assert caller.calls == once


def test_cache_is_itself_again_soon_after_its_server_is_back(settings, tmp_path, monkeypatch):
    stopped = Stopped(monkeypatch, outages)
    with own_redis(tmp_path) as places:
        settings.CACHES = at(f"{places.redis_url}?db=0")
        cache.set("a", 1)
        redis.stop(places)
        assert cache.get("a") is None
        redis.start(places)
        assert cache.get("a") is None, "it is left alone for a while"
        stopped.go_on(outages.QUIET_SECONDS)
        assert cache.get("a") == 1


def test_a_restart_of_redis_is_noticed(settings, tmp_path):
    with own_redis(tmp_path) as places:
        settings.CACHES = at(f"{places.redis_url}?db=0")
        cache.set("a", 1)
        before = connections_made()
        cache.get("a")
        assert connections_made() == before
        redis.stop(places)
        redis.start(places)
        assert cache.get("a") == 1
        assert connections_made() > before
