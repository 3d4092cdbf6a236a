"""The invented context layers: the same each time, one value a village, and said to be invented."""

from datetime import date

import pytest

from accounts.actions.layers import load as load_layers
from donations.demo.layers import invented_layers
from regions.indicator_layers import indicator_layer
from regions.models import Indicator, Region
from tests.factories import tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def villages() -> int:
    for number in range(1, 31):
        code = f"31.74.{number:02}.1001"
        tree(code)
        Region.objects.filter(code=code).update(latitude=-6.36 + number / 100, longitude=106.7 + number / 150)
    tree("31.75.01.1001")  # nobody knows where it lies
    return 30


def test_layers_are_the_same_each_time_and_fill_their_classes(villages: int) -> None:
    first, again = invented_layers(TODAY), invented_layers(TODAY)
    assert [series.values for series in first] == [series.values for series in again]
    assert {len(series.values) for series in first} == {villages}
    load_layers(several=first, by=None, is_sample=True)
    for indicator in Indicator.objects.all():
        assert indicator.is_sample
        layer = indicator_layer(indicator)
        assert sum(row.count for row in layer.legend) == villages
        assert sum(row.count > 0 for row in layer.legend) >= 3, indicator.code
        assert all(value >= 0 for value in indicator.values.values_list("value", flat=True))
