from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from accounts.verbs import Table

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"

HEAD = """# States and verbs

Made by `manage.py state_diagrams` from the tables in the code; `make check` compares.
`[*]` is what does not exist yet. A verb without a target keeps the state.
"""


def page() -> str:
    """The documentation page of all tables of verbs: a diagram and a table each, made from the tables."""
    parts = [HEAD]
    declared = (getattr(model, "VERBS", None) for model in apps.get_models())
    tables = [table for table in declared if isinstance(table, Table)]
    for table in sorted(tables, key=lambda table: table.name):
        parts.append(f"\n## {table.name.capitalize()}\n\n```mermaid\n{table.mermaid()}```\n\n")
        parts.append("| verb | from | to | permission | reason |\n|---|---|---|---|---|\n")
        for verb in table.values():
            sources = ", ".join(source or "[*]" for source in sorted(verb.sources))
            whose = "whose it is" if verb.by_owner else ""
            who = " or ".join(filter(None, (whose, verb.permission))) or "the platform"
            parts.append(
                f"| {verb.name} | {sources} | {verb.target or '–'} | {who} "
                f"| {'yes' if verb.needs_reason else ''} |\n"
            )
    return "".join(parts)


class Command(BaseCommand):
    help = "Write docs/states.md from the tables of verbs, or compare it with them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if the page is out of date"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            PAGE.write_text(page())
        elif not PAGE.exists() or PAGE.read_text() != page():
            raise CommandError("docs/states.md is out of date: run `manage.py state_diagrams` and commit it.")
