"""Child processes: started with their own log, watched, and ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ksbb.embedded import Trouble
from ksbb.embedded.trouble import last_lines

STOP_SECONDS = 12
# A program that ends this often within this time will not come back by being started again.
MOST_STARTS, WITHIN_SECONDS = 3, 60


@dataclass
class Child:
    """One program of the demo: its words, what its environment has beside ours, its log."""

    name: str
    words: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.end_strays()
        now = time.monotonic()
        self.starts = [moment for moment in self.starts if now - moment < WITHIN_SECONDS]
        if len(self.starts) == MOST_STARTS:
            raise Trouble(
                f"The {self.name} keeps ending; {self.log} says why. Last words: {last_lines(self.log)}"
            )
        self.starts.append(now)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 words of our own
                [sys.executable, *self.words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | self.environment,
                # Ctrl-C in the terminal is for the supervisor, which then ends its children in order.
                start_new_session=True,
                preexec_fn=end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 one system call
            )

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait for it until the deadline, then end it and its children the hard way."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.end_strays()

    def end_strays(self) -> None:
        """End what a killed program left behind: it leads a group of its own, which outlives it."""
        if self.ended() and self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def end_with_parent() -> None:
    """Ask Linux to end this process when the supervisor is killed, so that nothing is left behind."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGTERM)


def end_all(children: list[Child]) -> None:
    """Ask all at once, then wait for each: the whole takes as long as the slowest."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.end(deadline)
