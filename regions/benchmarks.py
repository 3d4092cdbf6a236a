"""Where a benchmark is declared: `<app>/bench.py` holds the measuring, `manage.py bench` runs what is declared.

@benchmark("pledge_hot_need", unit="pledges/s", at_least=0.2)
def pledge_hot_need() -> Measurement:
    ...
    return Measurement(ours=rate, baseline=bare_rate)
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

Data = Literal["empty", "demo"]


@dataclass(frozen=True)
class Measurement:
    """What was measured, both in the benchmark's unit."""

    ours: float
    baseline: float

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

    def result(self) -> "Result":
        found = self.measure()
        holds = found.ratio <= self.goal if self.at_most else found.ratio >= self.goal
        return Result(
            self.name,
            found.ours,
            found.baseline,
            self.unit,
            round(found.ratio, 3),
            self.goal,
            self.at_most,
            holds,
        )


@dataclass(frozen=True)
class Result:
    """One row of the table. `goal` is the least ratio allowed, or with `at_most` the greatest."""

    name: str
    ours: float
    baseline: float
    unit: str
    ratio: float
    goal: float
    at_most: bool
    holds: bool

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(
    name: str,
    *,
    unit: str,
    at_least: float | None = None,
    at_most: float | None = None,
    data: Data = "empty",
) -> Callable[[Callable[[], Measurement]], Callable[[], Measurement]]:
    """Declare the function below as a benchmark, with one of the two goals.

    `data` is the database it finds: migrated and empty, of its own and thrown away afterwards, or the demo's
    data, which it must not change. Raises ValueError for a name that is taken or a goal that is not one.
    """
    goals = [goal for goal in (at_least, at_most) if goal is not None]
    if len(goals) != 1:
        raise ValueError(f"{name}: give either at_least or at_most")

    def declare(measure: Callable[[], Measurement]) -> Callable[[], Measurement]:
        if name in BENCHMARKS:
            raise ValueError(f"{name}: there is a benchmark of this name")
        BENCHMARKS[name] = Benchmark(name, unit, goals[0], at_most is not None, data, measure)
        return measure

    return declare
