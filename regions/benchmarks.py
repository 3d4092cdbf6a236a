"""Where a benchmark is declared: `<app>/bench.py` holds the measuring, `manage.py bench` runs what is declared.

@benchmark("pledge_hot_need", unit="pledges/s", at_least=0.2)
def pledge_hot_need() -> Measurement:
    ...
    return Measurement(ours=rate, baseline=bare_rate)
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

Data = Literal["empty", "demo", "grown", "nation"]


@dataclass(frozen=True)
class Measurement:
    """What was measured, both in the benchmark's unit; and how long 99 of 100 took at most, in seconds."""

    ours: float
    baseline: float
    p99: float | None = None
    baseline_p99: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline


@dataclass(frozen=True)
class Benchmark:
    """A declared benchmark; its goal bounds ours ÷ baseline from below or from above."""

    name: str
    unit: str
    goal: float
    at_most: bool
    data: Data
    measure: Callable[[], Measurement]
    p99_goal: float | None = None

    def result(self) -> "Result":
        found = self.measure()
        holds = found.ratio <= self.goal if self.at_most else found.ratio >= self.goal
        p99_ratio = None
        if self.p99_goal is not None and found.p99 is not None and found.baseline_p99:
            p99_ratio = found.p99 / found.baseline_p99
            holds = holds and p99_ratio <= self.p99_goal
        return Result(
            self.name,
            found.ours,
            found.baseline,
            self.unit,
            round(found.ratio, 3),
            self.goal,
            self.at_most,
            holds,
            found.p99,
            found.baseline_p99,
            None if p99_ratio is None else round(p99_ratio, 3),
            self.p99_goal,
        )


@dataclass(frozen=True)
class Result:
    """One row of the table. `goal` is the least ratio allowed, or with `at_most` the greatest.

    Where it matters how long single answers take, `p99_goal` is the greatest ratio of both p99 (seconds), too.
    """

    name: str
    ours: float
    baseline: float
    unit: str
    ratio: float
    goal: float
    at_most: bool
    holds: bool
    p99: float | None = None
    baseline_p99: float | None = None
    p99_ratio: float | None = None
    p99_goal: float | None = None

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(
    name: str,
    *,
    unit: str,
    at_least: float | None = None,
    at_most: float | None = None,
    p99_at_most: float | None = None,
    data: Data = "empty",
) -> Callable[[Callable[[], Measurement]], Callable[[], Measurement]]:
    """Declare the function below as a benchmark, with one of the two goals.

    `data` is the database it finds: migrated and empty, of its own and thrown away afterwards; or the demo's
    data, or those with a million commitments or within a whole country, none of which it may change.
    Raises ValueError for a name that is taken or a goal that is not one.
    """
    goals = [goal for goal in (at_least, at_most) if goal is not None]
    if len(goals) != 1:
        raise ValueError(f"{name}: give either at_least or at_most")

    def declare(measure: Callable[[], Measurement]) -> Callable[[], Measurement]:
        if name in BENCHMARKS:
            raise ValueError(f"{name}: there is a benchmark of this name")
        BENCHMARKS[name] = Benchmark(name, unit, goals[0], at_most is not None, data, measure, p99_at_most)
        return measure

    return declare
