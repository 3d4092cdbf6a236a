import pytest
from django.core.exceptions import ImproperlyConfigured

from ksbb.policies import CONTENT_SECURITY_POLICY, policy_with_images_from
from ksbb.tile_sources import tile_sources

TILES = "https://tiles.example.id/{z}/{x}/{y}.png"


def test_policy_is_widened_by_the_one_host_and_only_for_pictures():
    widened = policy_with_images_from(tile_sources(TILES, "Peta contoh"))["DIRECTIVES"]
    before = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert widened["img-src"] == [*before["img-src"], "https://tiles.example.id"]
    assert {**widened, "img-src": before["img-src"]} == before
    assert policy_with_images_from(tile_sources("", ""))["DIRECTIVES"] == before


def test_own_tiles_need_no_host():
    assert tile_sources("/tiles/{z}/{x}/{y}.png", "Peta contoh") == []


@pytest.mark.parametrize(
    ("address", "credit"),
    [
        (TILES, ""),
        ("https://tiles.example.id/{z}/{x}.png", "Peta"),
        ("http://tiles.example.id/{z}/{x}/{y}.png", "Peta"),
        ("https://{s}.example.id/{z}/{x}/{y}.png", "Peta"),
        ("https://*/{z}/{x}/{y}.png", "Peta"),
        ("https://a.id; script-src */{z}/{x}/{y}.png", "Peta"),
    ],
)
def test_address_that_would_open_more_stops_the_start(address: str, credit: str):
    with pytest.raises(ImproperlyConfigured):
        tile_sources(address, credit)
