import pytest

from ksbb.management.commands.bench import table
from regions.benchmarks import BENCHMARKS, Measurement, benchmark


@pytest.fixture
def declared():
    before = dict(BENCHMARKS)
    yield BENCHMARKS
    BENCHMARKS.clear()
    BENCHMARKS.update(before)


@pytest.mark.parametrize(
    ("bound", "ours", "holds"),
    [
        ({"at_least": 0.7}, 70, True),
        ({"at_least": 0.7}, 69, False),
        ({"at_most": 1.5}, 150, True),
        ({"at_most": 1.5}, 151, False),
    ],
)
def test_result_holds_within_its_goal(declared, bound, ours, holds):
    benchmark("one", unit="s", **bound)(lambda: Measurement(ours, 100))
    assert declared["one"].result().holds is holds


@pytest.mark.parametrize("bounds", [{}, {"at_least": 1, "at_most": 2}])
def test_benchmark_has_exactly_one_goal(declared, bounds):
    with pytest.raises(ValueError, match="either"):
        benchmark("one", unit="s", **bounds)


def test_benchmark_name_is_taken_once(declared):
    benchmark("one", unit="s", at_least=1)(lambda: Measurement(1, 1))
    with pytest.raises(ValueError, match="of this name"):
        benchmark("one", unit="s", at_least=1)(lambda: Measurement(1, 1))


def test_table_shows_the_goal_as_a_bound(declared):
    benchmark("one", unit="pages/s", at_least=0.5)(lambda: Measurement(1_234.5, 2_000))
    benchmark("two", unit="s", at_most=1.5)(lambda: Measurement(0.25, 0.125))
    lines = table([declared["one"].result(), declared["two"].result()]).splitlines()
    columns = ["name", "ours", "baseline", "unit", "ratio", "goal", "holds"]
    assert lines[0].split()[:7] == columns
    assert lines[1].split() == ["one", "1,234", "2,000", "pages/s", "0.62", "≥", "0.5", "yes"]
    assert lines[2].split() == ["two", "0.25", "0.125", "s", "2.00", "≤", "1.5", "no"]


@pytest.mark.parametrize(("p99", "holds", "words"), [(0.010, True, "2.50"), (0.024, False, "6.00")])
def test_single_answers_may_not_take_long_either(declared, p99, holds, words):
    measured = Measurement(100, 100, p99=p99, baseline_p99=0.004)
    benchmark("one", unit="requests/s", at_least=0.9, p99_at_most=5)(lambda: measured)
    result = declared["one"].result()
    assert result.holds is holds
    assert table([result]).splitlines()[1].split()[-3:] == [words, "≤", "5"]
