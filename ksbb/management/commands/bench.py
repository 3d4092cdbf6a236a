import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules

from ksbb.bench import exports as _exports  # noqa: F401 they declare their benchmarks
from ksbb.bench import growing as _growing  # noqa: F401
from ksbb.bench import handing_in as _handing_in  # noqa: F401
from ksbb.bench import map as _map  # noqa: F401
from ksbb.bench import pages as _pages  # noqa: F401
from ksbb.bench import pledging as _pledging  # noqa: F401
from ksbb.bench import reports as _reports  # noqa: F401
from ksbb.bench import uploads as _uploads  # noqa: F401
from ksbb.bench.databases import database
from ksbb.demo import static
from ksbb.embedded import PLACES, Trouble
from regions.benchmarks import BENCHMARKS, Result

COLUMNS = ("name", "ours", "baseline", "unit", "ratio", "goal", "holds", "p99", "baseline", "ratio", "goal")


class Command(BaseCommand):
    """`manage.py bench [--only NAME]`: run the declared benchmarks, print a table, write var/bench.json."""

    help = "Measure what the platform promises to be fast, each beside a baseline."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", metavar="NAME")

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        autodiscover_modules("bench")
        if only and only not in BENCHMARKS:
            raise CommandError(f"There is no benchmark {only!r}; there are {', '.join(sorted(BENCHMARKS))}.")
        static.collect(Path(settings.STATIC_ROOT))
        results = []
        for name in [only] if only else sorted(BENCHMARKS):
            one = BENCHMARKS[name]
            self.say(f"{name} …")
            try:
                with database(one.data, self.say):
                    results.append(one.result())
            except Trouble as trouble:
                raise CommandError(f"{name}: {trouble}") from trouble
        self.say("\n" + table(results))
        path = PLACES.var / "bench.json"
        path.write_text(json.dumps([result.as_dict() for result in results], indent=2) + "\n")
        self.say(f"\nWritten to {path}.")
        if not all(result.holds for result in results):
            raise CommandError("Not every goal is held.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def table(results: list[Result]) -> str:
    """The results as aligned columns; a goal reads as the bound that it is."""
    rows = [COLUMNS, *(cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{result.ours:,.4g}" if result.ours < 100 else f"{result.ours:,.0f}",
        f"{result.baseline:,.4g}" if result.baseline < 100 else f"{result.baseline:,.0f}",
        result.unit,
        f"{result.ratio:.2f}",
        f"{'≤' if result.at_most else '≥'} {result.goal}",
        "yes" if result.holds else "no",
        *p99_cells(result),
    )


def p99_cells(result: Result) -> tuple[str, ...]:
    """How long 99 of 100 answers took at most; empty where that is not measured."""
    if result.p99 is None or result.baseline_p99 is None or result.p99_ratio is None:
        return ("",) * 4
    return (
        f"{result.p99 * 1000:.1f} ms",
        f"{result.baseline_p99 * 1000:.1f} ms",
        f"{result.p99_ratio:.2f}",
        f"≤ {result.p99_goal:g}",
    )
