"""Settings are read in a fresh process: they are decided once, when they are imported."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from ksbb.embedded.places import CHECKOUT
from ksbb.environment import gateway_url

PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "EVIDENCE_KEYS": "Rm9yIHRoZSB0ZXN0cyBvbmx5LCBhbmQgbm90IHNlY3I=",
    "ALLOWED_HOSTS": "ksbb.example.id, www.ksbb.example.id",
    "DATABASE_URL": "postgresql://ksbb:secret@db:5432/ksbb",
    "REDIS_URL": "redis://redis:6379",
    "EMAIL_URL": "submission://user:secret@mail.example.id",
}
OURS = {*PRODUCTION, "KSBB_MODE", "DEBUG", "PYTEST_VERSION", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST"}


def read(names: list[str], tmp_path, **environment: str) -> "subprocess.CompletedProcess[str]":
    code = (
        "import json; from ksbb import settings;"
        f"print(json.dumps([getattr(settings, name) for name in {names!r}], default=str))"
    )
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "PYTHONPATH": str(CHECKOUT), "KSBB_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def values(names: list[str], tmp_path, **environment: str) -> list[object]:
    return json.loads(read(names, tmp_path, **environment).stdout)


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_names_the_setting_that_is_missing(tmp_path, missing):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = read(["DEBUG"], tmp_path, KSBB_MODE="production", **given)
    assert f"{missing} is not set: production needs it" in done.stderr


def test_production_is_safe(tmp_path):
    names = ["DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS"]
    assert values(names, tmp_path, **PRODUCTION) == [
        False,
        True,
        True,
        True,
        ["ksbb.example.id", "www.ksbb.example.id"],
    ]


def test_secret_key_alone_already_means_production(tmp_path):
    assert "DATABASE_URL is not set" in read(["MODE"], tmp_path, SECRET_KEY="x").stderr


def test_nothing_set_means_local_with_a_key_that_stays(tmp_path):
    first = values(["MODE", "DEBUG", "SECRET_KEY"], tmp_path)
    assert first[:2] == ["local", True]
    assert values(["MODE", "DEBUG", "SECRET_KEY"], tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "perhaps"), ("DATABASE_POOL_SIZE", "-1"), ("KSBB_MODE", "prod"), ("EMAIL_URL", "pigeon://x")],
)
def test_malformed_setting_is_refused_by_name(tmp_path, name, value):
    done = read(["MODE"], tmp_path, **{name: value})
    assert done.returncode != 0
    assert f"{name}" in done.stderr.splitlines()[-1]


def test_addresses_of_redis_in_both_forms(tmp_path):
    local = values(["CELERY_BROKER_URL", "CACHES"], tmp_path)
    assert local[0].startswith("redis+socket:///")
    assert local[0].endswith("/redis.sock?virtual_host=0")
    assert local[1]["default"]["LOCATION"].endswith("/redis.sock?db=1")
    remote = values(["CELERY_BROKER_URL", "CACHES"], tmp_path, REDIS_URL="redis://cache:6379/")
    assert remote[0] == "redis://cache:6379/0"
    assert remote[1]["default"]["LOCATION"] == "redis://cache:6379/1"


def test_pool_replaces_kept_connections(tmp_path):
    with_pool = values(["DATABASES"], tmp_path, DATABASE_POOL_SIZE="4")[0]["default"]
    assert (with_pool["CONN_MAX_AGE"], with_pool["OPTIONS"]["pool"]["max_size"]) == (0, 4)
    assert "pool" not in values(["DATABASES"], tmp_path)[0]["default"]["OPTIONS"]


def test_messages_lead_to_the_site_and_whatsapp_is_off_until_it_has_a_gateway(tmp_path):
    names = ["KSBB_ADDRESS", "WHATSAPP_URL"]
    assert values(names, tmp_path, **PRODUCTION) == ["https://ksbb.example.id", ""]
    local = values(names, tmp_path, PORT="8017")
    assert local == ["http://localhost:8017", f"file://{tmp_path}/whatsapp"]


@pytest.mark.parametrize(
    ("url", "mode", "fine"),
    [
        ("https://wa.example.id/messages", "production", True),
        ("http://localhost:9000/", "production", True),
        ("http://wa.example.id/messages", "production", False),
        ("file:///tmp/wa", "production", False),
        ("file:///tmp/wa", "local", True),
        ("wa.example.id", "local", False),
    ],
)
def test_token_of_the_gateway_goes_out_encrypted_or_not_at_all(url, mode, fine):
    if fine:
        assert gateway_url(url, local=mode == "local") == url
        return
    with pytest.raises(ImproperlyConfigured, match="WHATSAPP_URL"):
        gateway_url(url, local=mode == "local")


@pytest.mark.parametrize(
    ("keys", "said"), [("short", "Key 1 of EVIDENCE_KEYS is none"), (" , ", "holds no key")]
)
def test_keys_of_evidence_that_are_none_are_named(tmp_path, keys, said):
    assert said in read(["MODE"], tmp_path, **{**PRODUCTION, "EVIDENCE_KEYS": keys}).stderr


def test_local_key_of_evidence_is_made_once(tmp_path):
    first = values(["EVIDENCE_KEYS"], tmp_path)
    assert values(["EVIDENCE_KEYS"], tmp_path) == first
    assert len(first[0][0]) == 44
