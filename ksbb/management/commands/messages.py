from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ksbb.embedded.places import CHECKOUT
from ksbb.extraction import differences, extract, updated, write


class Command(BaseCommand):
    """`manage.py messages [--check]`: bring locale/…/django.po up to date with the code and the templates."""

    help = "Collect the texts to translate into the catalogues; with --check, only say what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing, fail if anything is missing"
        )
        parser.add_argument("--language", default="en")
        parser.add_argument(
            "--project", type=Path, default=CHECKOUT, help="folder of code, templates and locale/"
        )

    def handle(self, *args: Any, check: bool, language: str, project: Path, **options: Any) -> None:
        path: Path = project / "locale" / language / "LC_MESSAGES" / "django.po"
        catalog = updated(path, language, extract(project))
        found = differences(path, language, catalog)
        if check:
            for line in found:
                self.stdout.write(line)
            if found:
                raise CommandError(
                    f"{len(found)} texts: run `manage.py messages`, then translate them in {path}."
                )
            self.stdout.write("Every text is translated.")
            return
        write(path, catalog)
        self.stdout.write(f"{path}: {len(catalog)} texts, {len(found)} to see to.")
