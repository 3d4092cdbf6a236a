import pytest
import redis
from django.core.cache import caches

import ksbb.cache
from ksbb.cache import TolerantRedisCache


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(ksbb.cache, "_quiet_until", 0.0)


@pytest.fixture
def away():
    """A cache whose server is not there."""
    return TolerantRedisCache("unix:///nowhere/redis.sock", {})


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
    ],
)
def test_cache_without_server_behaves_like_an_empty_one(away, call, answer):
    assert call(away) == answer


def test_dead_server_is_not_asked_at_every_call(away, monkeypatch):
    asked = []

    def refuse(*args, **kwargs):
        asked.append(args)
        raise redis.ConnectionError

    monkeypatch.setattr(redis.Redis, "get", refuse)
    for _ in range(5):
        away.get("a")
    assert len(asked) == 1
