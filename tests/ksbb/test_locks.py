import re
import tomllib

import pytest

from ksbb.embedded.places import CHECKOUT


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(kind: str) -> dict[str, str]:
    text = (CHECKOUT / f"requirements/{kind}.txt").read_text()
    return {
        plain(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.+!]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize("kind", ["base", "dev", "install"])
def test_lock_has_hashes_and_no_addresses(kind):
    text = (CHECKOUT / f"requirements/{kind}.txt").read_text()
    assert "://" not in text
    assert "--index-url" not in text
    for entry in re.split(r"\n(?=[a-zA-Z])", text.strip()):
        assert "--hash=sha256:" in entry, entry


def test_locks_agree():
    base, dev = pinned("base"), pinned("dev")
    assert base.items() <= dev.items()


def test_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {plain(re.match(r"[\w.-]+", line)[0]) for line in asked}
    assert names <= pinned("dev").keys()
    base = {plain(re.match(r"[\w.-]+", line)[0]) for line in project["project"]["dependencies"]}
    assert base <= pinned("base").keys()
