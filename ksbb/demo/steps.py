"""What fills an empty database: commands of the apps, in order, each done once."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command

from regions.models import Region


@dataclass(frozen=True)
class Step:
    """A management command, and what to tell the person who waits for it."""

    title: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.words[0]


STEPS = (
    Step("the regions of Jakarta", ("load_regions", "regions/data/jakarta_kelurahan.csv")),
    Step("approximate boundaries", ("derive_boundaries",)),
    Step("the density of the cities", ("derive_density",)),
    Step("the six programs", ("load_programs",)),
    Step("demo data (data contoh)", ("load_demo",)),
)


class Ledger:
    """Which steps are done, in a file beside the data, so that a start that was cut off goes on where it was."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def done(self) -> set[str]:
        if not Region.objects.exists():
            self.path.unlink(missing_ok=True)
        return set(self.path.read_text().split()) if self.path.exists() else set()

    def note(self, name: str) -> None:
        with self.path.open("a") as stream:
            stream.write(f"{name}\n")


def fill(ledger: Ledger, say: Callable[[str], None], steps: Iterable[Step] = STEPS) -> None:
    """Run the steps that are not done, saying what is going on and how long it took."""
    done = ledger.done()
    if not done and Region.objects.exists():
        # Somebody's own data: the demo adds nothing to it.
        return
    waiting = [step for step in steps if step.name not in done]
    for number, step in enumerate(waiting, start=1):
        say(f"  {number}/{len(waiting)} Loading {step.title} …")
        began = time.monotonic()
        call_command(*step.words)
        ledger.note(step.name)
        say(f"      done in {time.monotonic() - began:.1f} s")
