"""What every answer tells browsers."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/id/", "/id/masuk/", "/id/tidak-ada/", "/healthz", "/data/needs.csv"])
def test_every_answer_says_what_pages_may_use(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = dict(part.split("=") for part in answer["Permissions-Policy"].split(", "))
    assert {name for name, allowed in policy.items() if allowed == "(self)"} == {"camera", "geolocation"}
    assert {allowed for name, allowed in policy.items() if name not in ("camera", "geolocation")} == {"()"}
    assert "microphone" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_secure_answers_ask_for_https_for_a_year_and_guard_their_cookies(client: Client, settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    answer = Client().get("/id/masuk/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = answer.cookies["ksbb_csrf"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
