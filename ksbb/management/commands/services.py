from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ksbb import embedded


class Command(BaseCommand):
    """`manage.py services start|stop|status|remove`; the last also throws their data away."""

    help = "Start, stop, look at or remove this checkout's embedded PostgreSQL and Redis."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status", "remove"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            if action == "start":
                self.say("Started", embedded.ensure(), "Everything wanted is running already.")
            elif action == "stop":
                self.say("Stopped", embedded.stop(), "Nothing was running.")
            elif action == "remove":
                embedded.remove()
                self.stdout.write("Stopped, and all data removed.")
            for name, line in embedded.status().items():
                self.stdout.write(f"{name}: {line}")
        except embedded.Trouble as trouble:
            raise CommandError(str(trouble)) from trouble

    def say(self, verb: str, names: list[str], otherwise: str) -> None:
        self.stdout.write(f"{verb} {' and '.join(names)}." if names else otherwise)
