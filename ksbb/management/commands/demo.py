import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ksbb.demo import supervisor
from ksbb.embedded import Trouble


class Command(BaseCommand):
    """`manage.py demo [--reset] [--host HOST] [--port PORT]`; HOST and PORT also from the environment."""

    help = "Run everything on this machine, with demo data when the database is empty, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="throw the old data away first")
        parser.add_argument("--host", default=os.environ.get("KSBB_HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, reset: bool, host: str, port: str, **options: Any) -> None:
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT is {port!r}: it has to be a number from 1 to 65535.")
        try:
            supervisor.run(host=host, port=int(port), reset=reset, say=self.say)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
