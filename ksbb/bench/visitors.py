"""Visitors who ask for one page again and again, over connections that stay open."""

import io
import socket
import threading
import time
from dataclasses import dataclass

from ksbb.embedded import Trouble

VISITORS = 8
START_SECONDS = 30


@dataclass(frozen=True)
class Pace:
    """Answers a second, and the seconds within which 99 of 100 came."""

    rate: float
    p99: float


def pace(port: int, path: str, *, seconds: float) -> Pace:
    """How `VISITORS` at once are served. Raises `Trouble` for any answer that is not a 200."""
    waits: list[list[float]] = [[] for _ in range(VISITORS)]
    wrong: list[str] = []
    end = time.perf_counter() + seconds

    def visit(number: int) -> None:
        with Visitor(port, path) as visitor:
            asked = time.perf_counter()
            while asked < end:
                status = visitor.ask()
                if status != 200:
                    wrong.append(f"{path} answers {status}")
                    return
                answered = time.perf_counter()
                waits[number].append(answered - asked)
                asked = answered

    began = time.perf_counter()
    threads = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise Trouble(f"{wrong[0]}: the benchmark needs a page that works.")
    all_waits = sorted(wait for own in waits for wait in own)
    return Pace(len(all_waits) / (time.perf_counter() - began), all_waits[len(all_waits) * 99 // 100])


def wait_for(port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with Visitor(port, path) as visitor:
                status = visitor.ask()
        except OSError as error:
            status, reason = 0, str(error)
        else:
            reason = f"it answers {status}"
        if status == 200:
            return
        if status or time.monotonic() > deadline:
            raise Trouble(f"The server does not give {path}: {reason}.")
        time.sleep(0.1)


class Visitor:
    """One open connection; asks with as little work of its own as can be."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = io.BufferedReader(socket.SocketIO(self.socket, "r"), 65536)
        self.question = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *about: object) -> None:
        self.stream.close()
        self.socket.close()

    def lines(self) -> int:
        """Ask for something that comes in chunks, as it is, read it to its end, keep nothing; how many lines came."""
        self.socket.sendall(self.question.replace(b"Accept-Encoding: gzip\r\n", b""))
        status = int(self.stream.readline().split(b" ", 2)[1])
        while self.stream.readline() not in (b"\r\n", b""):
            pass
        if status != 200:
            raise Trouble(f"The server answers {status}.")
        found = 0
        while length := int(self.stream.readline().partition(b";")[0], 16):
            while length:
                part = self.stream.read1(length)
                found += part.count(b"\n")
                length -= len(part)
            self.stream.readline()
        return found

    def ask(self) -> int:
        """Ask once, read the whole answer; its status."""
        self.socket.sendall(self.question)
        status = int(self.stream.readline().split(b" ", 2)[1])
        length = 0
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        self.stream.read(length)
        return status
