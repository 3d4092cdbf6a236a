"""Exactly these pages open without signing in; whoever adds one says so here."""

from collections.abc import Iterator
from uuid import UUID

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Pages of the public.
PUBLIC = {
    "home", "map", "region", "programs", "program", "needs", "need", "statistics", "definitions", "open_data",
    "bast_lookup", "bast", "bast_photo", "about", "privacy", "accessibility", "rw_guide",
}  # fmt: skip
# Data, and whether we are well.
DATA = {
    "map_figures", "map_outlines", "needs_csv", "region_geojson", "statistics_csv", "statistics_json", "healthz",
    "readyz",
}  # fmt: skip
# A pledge begins before there is an account.
PLEDGE = {"pledge_start", "pledge_step", "pledge_aim", "pledge_sum", "wish"}
# Coming in, signing up, a forgotten password, a link out of a message, going out.
ENTRY = {
    "account_login", "account_signup", "akun/login/", "akun/signup/", "phone_login", "link_login", "invitation",
    "account_logout", "account_inactive", "account_confirm_email", "account_email_verification_sent",
    "account_confirm_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate",
}  # fmt: skip


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def test_exactly_these_pages_are_public() -> None:
    found = {
        pattern.name or str(pattern.pattern)
        for pattern in _patterns(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    assert found == PUBLIC | DATA | PLEDGE | ENTRY


# A value for each kind of part of an address; a verb of a need for the kind of its own.
SAMPLES = {"IntConverter": 1, "StringConverter": "x", "SlugConverter": "x", "UUIDConverter": UUID(int=0)}


def test_every_other_page_asks_for_sign_in(client: Client) -> None:
    asked = 0
    for pattern in _patterns(get_resolver()):
        if pattern.name is None or not getattr(pattern.callback, "login_required", True):
            continue
        kinds = {name: type(kind).__name__ for name, kind in pattern.pattern.converters.items()}
        values = {name: SAMPLES.get(kind, "publish") for name, kind in kinds.items()}
        address = reverse(pattern.name, kwargs=values)
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, (address, answer.status_code)
            assert answer.headers["Location"].startswith("/id/masuk/?next="), address
        asked += 1
    assert asked > 50
