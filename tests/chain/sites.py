"""A web server with a Redis that it alone uses, and may lose."""

import gzip
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ksbb.embedded import Places, redis
from tests.chain.processes import Process, own_places, wait_until


@dataclass
class Answer:
    """What a visitor without cookies got."""

    status: int
    body: str
    headers: dict[str, str]

    @property
    def was_kept(self) -> bool:
        """True for a page that came from the page cache, or went into it."""
        return self.headers.get("cache-control") == "public, no-cache"


@dataclass
class Site:
    """A web server and the Redis that it alone uses."""

    address: str
    places: Places
    environment: dict[str, str]
    log: Path

    def read(self, path: str, **headers: str) -> Answer:
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return _answer(response.status, response)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error.code, error)


def _answer(status: int, response: urllib.request.addinfourl) -> Answer:
    body = response.read()
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    return Answer(status, body.decode(), headers)


@contextmanager
def running_site(folder: Path, *, workers: int = 1, **settings: str) -> Iterator[Site]:
    """The site as it runs in production, with pages kept; `settings` go into its environment."""
    places = own_places(folder)
    redis.start(places)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "KSBB_MODE": "local",
        "REDIS_URL": places.redis_url,
        "REDIS_DATABASE": "0",
        "PAGE_CACHE": "1",
        "DATABASE_POOL_SIZE": "4",
        **settings,
    }
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    words += ["--workers", str(workers), "--blocking-threads", "4"]
    words += ["--static-path-route", "/static", "--static-path-mount", "static"]
    log = folder / "web.log"
    try:
        with Process([*words, "ksbb.wsgi:application"], log, environment) as server:
            site = Site(f"http://127.0.0.1:{port}", places, environment, log)
            wait_until(lambda: answers(f"{site.address}/healthz"), 60, server.said)
            yield site
    finally:
        redis.stop(places)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
