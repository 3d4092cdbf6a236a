"""How a need is said in a line."""

import pytest
from django.utils import translation

from programs.models import AidType
from programs.wording import aid_counted, figure_of, in_sentence, partial_day, quantity_in_unit, quantity_of

PACKAGE = AidType(name="Paket sembako", name_en="Staple-food package", unit="paket", unit_en="packages")
LAPTOP = AidType(name="Laptop", unit="unit")
MONEY = AidType(name="THR tunai", unit="rupiah", kind="money")


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


def test_quantities_with_their_aid():
    assert quantity_of(PACKAGE, 1640) == "1.640 paket sembako"
    assert quantity_of(LAPTOP, 20) == "20 unit laptop"
    assert quantity_of(MONEY, 2_000_000) == "Rp2.000.000 untuk THR tunai"
    assert [aid_counted(aid, 1640) for aid in (PACKAGE, LAPTOP, MONEY)] == [
        "paket sembako",
        "unit laptop",
        "untuk THR tunai",
    ]


def test_quantities_in_english():
    with translation.override("en"):
        assert quantity_of(PACKAGE, 640) == "640 staple-food packages"
        assert quantity_of(PACKAGE, 1) == "1 staple-food package"
        assert aid_counted(PACKAGE, 640) == "staple-food packages"
        assert quantity_in_unit(PACKAGE, 1) == "1 package"


def test_quantities_in_units():
    assert quantity_in_unit(PACKAGE, 300) == "300 paket"
    assert quantity_in_unit(MONEY, 300) == "Rp300"
    assert figure_of(MONEY, 520_000_000) == "Rp520\u00a0juta"


@pytest.mark.parametrize(
    ("title", "said"),
    [("Paket sembako", "paket sembako"), ("THR tunai", "THR tunai"), ("", ""), ("A b", "a b")],
)
def test_titles_inside_a_sentence(title, said):
    assert in_sentence(title) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("2020", "2020"), ("2020-04", "April\u00a02020"), ("2020-04-29", "29\u00a0April 2020"), ("", "")],
)
def test_partial_days(text, said):
    assert partial_day(text) == said
