"""Where the embedded servers keep their data, logs, sockets and locks."""

import fcntl
import hashlib
import os
import pwd
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ksbb.embedded.trouble import LEAST_FREE_BYTES, Trouble

CHECKOUT = Path(__file__).resolve().parents[2]
# The kernel allows about 104 bytes for a socket's path; PostgreSQL adds ".s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 80
LOCK_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Places:
    """The folders of one checkout. `var` is ours; `shelter` stands in where only root may enter `var`."""

    var: Path
    least_free_bytes: int = LEAST_FREE_BYTES

    @classmethod
    def of_checkout(cls) -> "Places":
        return cls(var=Path(os.environ.get("KSBB_VAR") or CHECKOUT / "var").resolve())

    @property
    def mark(self) -> str:
        """A short name for this checkout, the same at every start."""
        return hashlib.sha256(os.fsencode(self.var)).hexdigest()[:10]

    @property
    def shelter(self) -> Path:
        """A short folder outside the checkout, of this checkout alone."""
        base = Path("/var/tmp") if Path("/var/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 survives a restart
        return base / f"ksbb-{os.geteuid()}-{self.mark}"

    @property
    def sheltered(self) -> bool:
        """PostgreSQL refuses to be root, and another user cannot enter a checkout that only root may open."""
        return os.geteuid() == 0 and not open_to_all(self.var)

    @property
    def postgres_data(self) -> Path:
        return (self.shelter if self.sheltered else self.var) / "postgres"

    @property
    def redis_data(self) -> Path:
        return self.var / "redis"

    @property
    def sockets(self) -> Path:
        run = self.var / "run"
        if self.sheltered or len(os.fsencode(run)) > LONGEST_SOCKET_FOLDER:
            return self.shelter / "run"
        return run

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def logs(self) -> Path:
        return (self.shelter if self.sheltered else self.var) / "log"

    @property
    def database_url(self) -> str:
        return f"postgresql://ksbb@/ksbb?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.redis_socket}"

    def prepare(self) -> None:
        """Make the folders; those that PostgreSQL writes to belong to the user it runs as."""
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            if self.sheltered or self.shelter in self.sockets.parents:
                make_own(self.shelter)
            for folder in (self.sockets, self.logs, self.postgres_data, self.redis_data):
                folder.mkdir(exist_ok=True)
        except PermissionError as error:
            raise Trouble(
                f"{error.filename} cannot be written by this user: give the folder to the user who runs KSBB "
                "(chown), or remove var/ to start afresh."
            ) from error
        if os.geteuid() == 0:
            for folder in (self.sockets, self.logs, self.postgres_data):
                os.chown(folder, *unprivileged())


def unprivileged() -> tuple[int, int]:
    """User and group that PostgreSQL runs as when we are root."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


def open_to_all(path: Path) -> bool:
    """True when any user may enter every folder above `path` (which itself need not exist yet)."""
    return all(folder.stat().st_mode & 0o001 for folder in path.parents if folder.exists())


def make_own(folder: Path) -> None:
    """Make a folder in a place that others can write to, and refuse one that somebody else put there."""
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.geteuid():
        raise Trouble(
            f"{folder} belongs to somebody else: remove it, or set KSBB_VAR to a folder of your own."
        )


@contextmanager
def exclusive(places: Places) -> Iterator[None]:
    """Hold this checkout's lock, so that two processes that start together start one server, not two."""
    places.prepare()
    with (places.var / "services.lock").open("a") as lock:
        deadline = time.monotonic() + LOCK_WAIT_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Trouble(
                        f"Another process has been starting the servers of {places.var} for over a minute: "
                        "stop it, then start again."
                    ) from None
                time.sleep(0.05)
        yield
