"""The demo as its user runs it: one process that starts the others, and ends them."""

import errno
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError
from django.db import OperationalError

from ksbb.demo.processes import Child
from ksbb.demo.steps import Ledger, Step, fill
from ksbb.demo.supervisor import out_of_space, require_free
from ksbb.embedded import Trouble
from ksbb.embedded.places import CHECKOUT
from programs.models import Program
from regions.models import Region

FOREIGN = {
    "PYTEST_VERSION",
    "PYTEST_XDIST_WORKER",
    "PYTEST_CURRENT_TEST",
    "DATABASE_URL",
    "REDIS_URL",
    "DEBUG",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    """`manage.py` in a var folder of its own; what it prints is read line by line."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ksbb-demo-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        clean = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.environment = {**clean, "KSBB_VAR": str(self.folder / "var")}
        self.process: subprocess.Popen[str] | None = None
        self.lines: queue.Queue[str] = queue.Queue()

    def manage(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(self.port)],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self.read, daemon=True).start()
        self.wait_for("KSBB runs at")

    def read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.process.stdout.close()

    def wait_for(self, words: str, seconds: float = 180) -> str:
        deadline = time.monotonic() + seconds
        seen = []
        while time.monotonic() < deadline:
            try:
                seen.append(self.lines.get(timeout=0.2))
            except queue.Empty:
                continue
            if words in seen[-1]:
                return seen[-1]
        raise AssertionError(f"{words!r} did not come: {''.join(seen)}")

    def get(self, path: str) -> tuple[int, dict]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except OSError as error:  # it starts anew, or waits for a server that does
            return 0, {"error": repr(error)}

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 120
        while (found := self.get("/readyz"))[0] != 200:
            assert time.monotonic() < deadline, found
            time.sleep(0.3)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def remove(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.manage("services", "stop")
        shutil.rmtree(self.folder)

    def discard(self) -> None:
        """What never came to start a server has left none behind."""
        assert not (self.folder / "var" / "postgres").exists()
        shutil.rmtree(self.folder)


REGION = {"code": "31", "name": "DKI Jakarta", "official_name": "Provinsi DKI Jakarta", "level": "province"}


@pytest.fixture(scope="module")
def prepared():
    """A demo with somebody's own region, to which it adds no data: that keeps these tests short."""
    found = Demo()
    assert found.manage("migrate", "--verbosity", "0").returncode == 0
    made = found.manage(
        "shell", "-c", f"from regions.models import Region; Region.objects.create(**{REGION})"
    )
    assert made.returncode == 0, made.stderr
    yield found
    found.remove()


@pytest.fixture
def demo(prepared):
    yield prepared
    if prepared.process is not None and prepared.process.poll() is None:
        prepared.end(signal.SIGTERM)


def test_demo_starts_watches_and_stops_everything(demo):
    # migrating has left the servers running: the demo takes them over, and stops them with the rest
    assert demo.manage("services", "status").stdout.count("running") == 2
    demo.start()
    demo.wait_until_ready()
    second = demo.manage("demo", "--port", str(demo.port + 1))
    assert f"running already (port {demo.port}): stop it with Ctrl-C first" in second.stderr

    worker = next(child for child in demo.children() if "worker" in child.cmdline())
    pool = worker.children()
    worker.kill()
    assert "The worker ended; starting it again" in demo.wait_for("worker ended")
    demo.wait_until_ready()

    status = demo.manage("services", "status").stdout
    psutil.Process(int(re.search(r"PostgreSQL.*process (\d+)", status)[1])).kill()
    demo.wait_for("PostgreSQL ended; it runs again.")
    demo.wait_until_ready()

    children = demo.children()
    assert demo.end() == 0
    demo.wait_for("Everything is stopped; the data is kept.")
    _, alive = psutil.wait_procs([*children, *pool], timeout=60)
    assert not alive
    assert demo.manage("services", "status").stdout.count("stopped") == 2


def test_demo_starts_again_and_ends_as_a_service_manager_asks(demo):
    demo.start()
    assert demo.end(signal.SIGTERM) == 0


def words_of(process: psutil.Process) -> list[str]:
    """Its command line; a process that has just ended has none any more."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_killed_demo_leaves_no_web_server_behind(demo):
    demo.start()
    children = demo.children()
    demo.process.kill()
    demo.process.wait()
    programs = [child for child in children if "granian" in " ".join(words_of(child))]
    _, alive = psutil.wait_procs(programs, timeout=60)
    assert not alive


@pytest.mark.parametrize(("port", "words"), [("80a", "has to be a number"), ("70000", "from 1 to 65535")])
def test_demo_refuses_a_port_that_is_none(port, words):
    demo = Demo()
    done = demo.manage("demo", "--port", port)
    demo.discard()
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_taken_port_is_said():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} .* is taken .* PORT={port + 1}"):
            require_free("127.0.0.1", port)


def test_full_disk_is_told_from_other_errors():
    assert out_of_space(OSError(errno.ENOSPC, "No space left on device"))
    assert out_of_space(OperationalError('could not extend file "base/1": No space left on device'))
    assert not out_of_space(OSError(errno.EACCES, "Permission denied"))
    assert not out_of_space(OperationalError("the database system is in recovery mode"))


def test_reset_is_refused_for_a_database_of_ones_own():
    demo = Demo()
    demo.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    done = demo.manage("demo", "--reset", "--port", str(demo.port))
    assert "RESET empties embedded servers only" in done.stderr
    demo.discard()


def test_reset_removes_what_the_demo_kept(demo):
    var = demo.folder / "var"
    for name in ("media/photo.jpg", "mail/letter.log", "demo-steps", "celerybeat-schedule.dat"):
        (var / name).parent.mkdir(exist_ok=True)
        (var / name).touch()
    # Last of those that share the prepared data: here it goes.
    done = demo.manage("shell", "-c", "from ksbb.demo import supervisor; supervisor.clear(print)")
    assert done.returncode == 0, done.stderr
    assert not any((var / name).exists() for name in ("media", "mail", "demo-steps", "postgres", "redis"))
    assert not (var / "celerybeat-schedule.dat").exists()


def test_child_that_keeps_ending_is_given_up(tmp_path):
    child = Child("parrot", ["-c", "print('no more')"], tmp_path / "log.txt")
    with pytest.raises(Trouble, match=r"The parrot keeps ending; .* Last words: no more"):
        for _ in range(4):
            child.start()
            child.process.wait()


TREE = """code,name,district_code,district,city_code,city,province,rw_count
31.74.01.1001,Tebet Timur,31.74.01,Tebet,31.74,Kota Administrasi Jakarta Selatan,DKI Jakarta,2
"""


OUTLINE = {
    "type": "Feature",
    "properties": {"code": "31.74.01.1001.001"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[106.8, -6.2], [106.9, -6.2], [106.9, -6.3], [106.8, -6.2]]],
    },
}


@pytest.mark.django_db
def test_steps_go_on_where_they_were_cut_off(tmp_path):
    said = []
    missing = tmp_path / "not-there-yet.csv"
    steps = [
        Step("the tree", ("load_regions", write(tmp_path / "tree.csv", TREE))),
        Step("the outlines", ("load_boundaries", str(missing))),
        Step("the programs", ("load_programs",)),
    ]
    ledger = Ledger(tmp_path / "steps")
    with pytest.raises(CommandError):
        fill(ledger, said.append, steps)
    write(missing, json.dumps({"type": "FeatureCollection", "features": [OUTLINE]}))
    fill(ledger, said.append, steps)
    fill(ledger, said.append, steps)
    assert [line.strip() for line in said if "Loading" in line] == [
        "1/3 Loading the tree …",
        "2/3 Loading the outlines …",
        "1/2 Loading the outlines …",
        "2/2 Loading the programs …",
    ]
    assert Program.objects.count() == 6


def write(path: Path, words: str) -> str:
    path.write_text(words)
    return str(path)


@pytest.mark.django_db
def test_steps_leave_somebodys_own_data_alone(tmp_path):
    Region.objects.create(**REGION)
    fill(Ledger(tmp_path / "steps"), lambda line: None, [Step("one", ("load_regions", "nothing.csv"))])
    assert Region.objects.count() == 1
