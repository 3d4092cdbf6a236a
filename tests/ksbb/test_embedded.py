"""The real servers, in folders of the test's own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from ksbb import embedded
from ksbb.embedded import postgres, redis
from ksbb.embedded.places import CHECKOUT, LONGEST_SOCKET_FOLDER, Places, make_own, open_to_all, unprivileged
from ksbb.embedded.trouble import Trouble

AS_ROOT = os.geteuid() == 0


def remove(places: Places) -> None:
    embedded_stop(places)
    shutil.rmtree(places.shelter, ignore_errors=True)
    shutil.rmtree(places.var.parent, ignore_errors=True)


def embedded_stop(places: Places) -> None:
    if places.var.exists():
        places.prepare()
        redis.stop(places)
        postgres.stop(places)


@pytest.fixture
def places(monkeypatch):
    """A checkout of its own that anybody may enter, and no addresses of other servers."""
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KSBB_MODE"):
        monkeypatch.delenv(name, raising=False)
    folder = Path(tempfile.mkdtemp(prefix="ksbb-test-"))
    folder.chmod(0o755)
    found = Places(folder / "var")
    yield found
    remove(found)


def answer(places: Places) -> int:
    with postgres.connect(places) as connection:
        return connection.execute("SELECT 42").fetchone()[0]


def test_servers_start_once_and_stop(places):
    assert embedded.ensure(places=places) == ["PostgreSQL", "Redis"]
    assert answer(places) == 42
    assert redis.connection(places).ping()
    assert embedded.ensure(places=places) == []
    assert all(line.startswith("running") for line in embedded.status(places=places).values())
    assert embedded.stop(places=places) == ["Redis", "PostgreSQL"]
    assert set(embedded.status(places=places).values()) == {"stopped"}
    assert embedded.stop(places=places) == []


def test_data_outlives_a_restart(places):
    embedded.ensure(places=places)
    with postgres.connect(places) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    redis.connection(places).set("kept", 7)
    embedded.stop(places=places)
    embedded.ensure(places=places)
    with postgres.connect(places) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    assert redis.connection(places).get("kept") == b"7"


def test_removed_data_is_gone(places):
    embedded.ensure(places=places)
    redis.connection(places).set("kept", 7)
    embedded.remove(places=places)
    assert set(embedded.status(places=places).values()) == {"stopped"}
    embedded.ensure(places=places)
    assert redis.connection(places).get("kept") is None


def test_killed_servers_are_started_again(places):
    embedded.ensure(places=places)
    pids = [postgres.running_pid(places), redis.connection(places).info("server")["process_id"]]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=60)
    assert embedded.ensure(places=places) == ["PostgreSQL", "Redis"]
    assert answer(places) == 42


def test_stale_pid_of_another_program_is_not_believed(places):
    embedded.ensure(places=places)
    embedded.stop(places=places)
    (places.postgres_data / "postmaster.pid").write_text(f"{os.getpid()}\n{places.postgres_data}\n")
    assert postgres.status(places) == "stopped"
    assert embedded.ensure(places=places) == ["PostgreSQL", "Redis"]


def test_half_made_data_is_made_again(places):
    places.prepare()
    (places.postgres_data / "PG_VERSION").write_text("18\n")
    (places.postgres_data / "base").mkdir()
    assert embedded.ensure(places=places) == ["PostgreSQL", "Redis"]


def test_data_of_another_version_is_refused_and_kept(places):
    embedded.ensure(places=places)
    embedded.stop(places=places)
    (places.postgres_data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Trouble, match=r"holds data of PostgreSQL 17, this is 18: .*RESET=1"):
        embedded.ensure(places=places)
    assert (places.postgres_data / "base").exists()


def test_full_disk_is_said(places):
    greedy = Places(places.var, least_free_bytes=10**18)
    with pytest.raises(Trouble, match=r"The disk under .* is full .*make room, then start again"):
        embedded.ensure(places=greedy)


def test_broken_settings_of_the_server_are_said(places):
    embedded.ensure(places=places)
    embedded.stop(places=places)
    with (places.postgres_data / "postgresql.conf").open("a") as stream:
        stream.write("nonsense = 1\n")
    with pytest.raises(Trouble, match=r"PostgreSQL did not start; .*postgres.log says why"):
        embedded.ensure(places=places)


def test_processes_that_start_together_share_one_server(places):
    code = (
        "from ksbb import embedded; names = embedded.ensure();"
        "from ksbb.embedded import postgres; postgres.connect(embedded.PLACES).close(); print(len(names))"
    )
    environment = {**os.environ, "KSBB_VAR": str(places.var), "PYTHONPATH": str(CHECKOUT)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert sorted(run.communicate(timeout=120)[0].strip() for run in runs) == ["0", "0", "2"]


def test_checkouts_do_not_meet(places):
    other = Places(Path(tempfile.mkdtemp(prefix="ksbb-other-")) / "var")
    try:
        embedded.ensure(places=places)
        other.prepare()
        assert postgres.start(other)
        with postgres.connect(places) as connection:
            connection.execute("CREATE TABLE ours ()")
        with postgres.connect(other) as connection:
            assert connection.execute("SELECT to_regclass('ours')").fetchone() == (None,)
        postgres.stop(other)
        assert answer(places) == 42
    finally:
        remove(other)


def test_long_path_gets_a_short_socket(places):
    deep = Places(places.var.parent / ("x" * 60) / ("y" * 60) / "var")
    assert len(str(deep.sockets)) <= LONGEST_SOCKET_FOLDER
    try:
        deep.prepare()
        assert postgres.start(deep)
        assert answer(deep) == 42
    finally:
        remove(deep)


@pytest.mark.skipif(not AS_ROOT, reason="only root may have a checkout that others cannot enter")
def test_root_may_keep_the_checkout_to_itself(places, monkeypatch):
    places.var.parent.chmod(0o700)
    assert places.sheltered
    assert embedded.ensure(places=places) == ["PostgreSQL", "Redis"]
    assert answer(places) == 42
    assert psutil.Process(postgres.running_pid(places)).uids().effective != 0


@pytest.mark.skipif(
    not AS_ROOT or not open_to_all(Path(psycopg.__file__)),
    reason="an ordinary user runs every other test here; or nobody else may read the packages",
)
def test_ordinary_user_needs_nothing_more(places):
    places.var.parent.chmod(0o777)
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            user, group = unprivileged()
            os.setgid(group)
            os.setuid(user)
            os.write(
                send,
                f"{embedded.ensure(places=places)} {answer(places)} {embedded.stop(places=places)}".encode(),
            )
        except BaseException as error:
            os.write(send, repr(error).encode())
        finally:
            os._exit(0)
    os.close(send)
    with os.fdopen(receive) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    assert said == "['PostgreSQL', 'Redis'] 42 ['Redis', 'PostgreSQL']"


@pytest.mark.parametrize(("variable", "left"), [("DATABASE_URL", "Redis"), ("REDIS_URL", "PostgreSQL")])
def test_part_with_an_address_is_left_alone(places, monkeypatch, variable, left):
    monkeypatch.setenv(variable, "something://elsewhere")
    assert [part.name for part in embedded.wanted()] == [left]


def test_nothing_is_embedded_in_production(places, monkeypatch):
    monkeypatch.setenv("KSBB_MODE", "production")
    assert embedded.ensure(places=places) == []


def test_missing_redis_is_said(monkeypatch, tmp_path):
    """On a machine whose PATH has no Redis, with a Python that has not the package that brings one."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(Trouble, match="install redis-server or valkey-server"):
        redis.find_program()


def test_foreign_shelter_is_refused(places):
    (places.var.parent / "elsewhere").mkdir()
    link = places.var.parent / "link"
    link.symlink_to(places.var.parent / "elsewhere")
    with pytest.raises(Trouble, match="belongs to somebody else"):
        make_own(link)
