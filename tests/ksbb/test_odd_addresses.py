"""Whatever stands in an address, a page answers in words: never with a fault of ours."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from accounts.models import User
from accounts.roles import Role
from tests.factories import assign, make_handover, someone, tree

pytestmark = pytest.mark.django_db

ODD = ("a\x00b", "9" * 40, "-1", "%", "[]", "²")
NAMES = (
    "q", "hal", "program", "bantuan", "wilayah", "pilih", "urut", "jenis", "ukuran", "peran", "keadaan", "penerima",
    "prioritas", "komitmen", "perjalanan", "jumlah", "kebutuhan", "lihat", "next", "kembali", "dari", "sampai",
    "bentuk", "role", "area", "state", "kind", "city", "measure", "dimension", "recipient", "aid_type", "month",
)  # fmt: skip


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _addresses(number: int, text: str) -> Iterator[str]:
    samples: dict[str, Any] = {
        "IntConverter": number,
        "UUIDConverter": UUID(int=0),
        "RegionCodeConverter": "31.74",
    }
    for pattern in _patterns(get_resolver()):
        if pattern.name is None:
            continue
        parts = pattern.pattern.converters.items()
        try:
            yield reverse(pattern.name, kwargs={n: samples.get(type(k).__name__, text) for n, k in parts})
        except NoReverseMatch:
            continue


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, str | None]]:
    """Each address with what stands in all its fields: plain ones with two of the odd values in turn, odd ones bare."""
    plain = sorted({*_addresses(1, "x")})
    odd = sorted({*_addresses(10**30, "x"), *_addresses(1, "a\x00b")} - {*plain})
    asked: list[tuple[str, str | None]] = [(address, None) for address in (*plain, *odd)]
    for number, address in enumerate(plain):
        asked += [(address, ODD[number % len(ODD)]), (address, ODD[(number + 2) % len(ODD)])]
    return sorted(asked, key=lambda question: question[0])


@pytest.fixture
def everything() -> User:
    """Somebody who may open most pages; and a report with all that it stands on."""
    make_handover("verified")
    user = someone(Role.ADMINISTRATOR, tree("31"))
    assign(user, Role.ASSESSOR, tree("31"))
    return user


def read(client: Client, address: str, query: dict[str, str] | None = None) -> Any:
    """The answer, read to its end: a download keeps a connection to the database until then."""
    answer: Any = client.get(address, query or {})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize("signed_in", [False, True])
def test_odd_addresses_are_answered(
    everything: User, questions: list[tuple[str, str | None]], signed_in: bool
) -> None:
    visitor = client = Client(raise_request_exception=False)
    if signed_in:
        client = Client(raise_request_exception=False)
        client.force_login(everything)
    broken, public = [], set()
    for address, odd in questions:
        if "/logout" in address or "keluar" in address or address in public:
            continue
        if signed_in and odd is None and read(visitor, address).status_code == 200:
            public.add(address)  # looked at as a visitor
            continue
        answer = read(client, address, {} if odd is None else dict.fromkeys(NAMES, odd))
        if answer.status_code >= 500 and "readyz" not in address:
            broken.append((address, odd, answer.status_code))
    assert not broken
