"""A mail server and a gateway to send to: real sockets, that can be told to fail as real ones do."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Mailbox:
    """What a mail server took. `mood`: "well", "refuse" (the recipient), "busy" (later), "silent" (takes the mail and
    hangs up without a word).
    """

    port: int = 0
    mood: str = "well"
    mails: list[EmailMessage] = field(default_factory=list)


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"RCPT" and box.mood in ("refuse", "busy"):
                self.say("550 no such mailbox" if box.mood == "refuse" else "451 try later")
            elif word == b"DATA":
                self.say("354 go on")
                box.mails.append(message_from_bytes(self.body(), policy=policy.default))  # type: ignore[arg-type]
                if box.mood == "silent":
                    return None
                self.say("250 taken")
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")
        return None

    def body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp), box):
        yield box


@dataclass
class Gateway:
    """What a gateway for WhatsApp was asked; `status` is what it answers (0: it hangs up)."""

    port: int = 0
    status: int = 202
    asked: list[dict[str, Any]] = field(default_factory=list)


class _Http(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        gateway: Gateway = self.server.box  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        gateway.asked.append(
            {**body, "token": self.headers["Authorization"], "once": self.headers["Idempotency-Key"]}
        )
        if gateway.status:
            self.send_response(gateway.status)
            if gateway.status == 307:
                self.send_header("Location", f"http://127.0.0.1:{gateway.port}/elsewhere")
            self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def whatsapp_gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    with _served(ThreadingHTTPServer(("127.0.0.1", 0), _Http), gateway):
        yield gateway


@contextmanager
def _served(server: socketserver.TCPServer, box: Mailbox | Gateway) -> Iterator[None]:
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.box = box  # type: ignore[attr-defined]
    box.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
