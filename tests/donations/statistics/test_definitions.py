import pytest

from donations.statistics.definitions import MEASURES, Unit, coverage_points, gini_points, is_published


def test_quantities_are_never_split_without_their_aid_type() -> None:
    for measure in MEASURES.values():
        if measure.unit is Unit.QUANTITY:
            assert all(name.split(":")[0] == "aid_type" for name in measure.dimensions), measure.name


def test_names_and_anchors_are_used_once() -> None:
    assert len({m.anchor for m in MEASURES.values()}) == len(MEASURES)
    assert all(len(m.name) <= 40 and str(m.text).endswith(".") for m in MEASURES.values())
    assert is_published("delivered", "aid_type:month")
    assert not is_published("delivered", "total")


@pytest.mark.parametrize(
    ("covered", "target", "points"),
    [(0, 0, None), (0, 10, 0), (1, 3, 3333), (2, 3, 6667), (10, 10, 10_000), (11, 10, 10_000)],
)
def test_coverage_is_rounded_and_capped(covered: int, target: int, points: int | None) -> None:
    assert coverage_points(covered, target) == points


@pytest.mark.parametrize(
    ("values", "points"),
    [([], None), ([0.0, 0.0], None), ([0.5, 0.5, 0.5], 0), ([0.0, 0.0, 0.0, 1.0], 7500), ([0.0, 1.0], 5000)],
)
def test_gini_of_known_shares(values: list[float], points: int | None) -> None:
    assert gini_points(values) == points
