import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from regions.amounts import AmountField, Flaw, NotAnAmount, parse_amount

MARKS = (".", ",", " ", "'", "\u00a0", "\u2019")
AMOUNTS = st.integers(min_value=1, max_value=10**15)


@given(
    AMOUNTS,
    st.sampled_from(MARKS),
    st.sampled_from(("", "Rp", "Rp ", "rp. ", " ")),
    st.sampled_from(("", ",-")),
)
def test_parse_amount_reads_every_usual_spelling(value: int, mark: str, before: str, behind: str) -> None:
    assert parse_amount(f"{before}{value:,}".replace(",", mark) + behind) == value


@given(AMOUNTS)
def test_parse_amount_reads_plain_digits_and_cents_of_zero(value: int) -> None:
    assert parse_amount(str(value)) == parse_amount(f"{value},00") == parse_amount(f" +{value} ") == value


@given(AMOUNTS, st.sampled_from(("-", "\u2212", "- ", "-Rp", "Rp -")))
def test_parse_amount_never_loses_a_minus(value: int, minus: str) -> None:
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(f"{minus}{value}")
    assert caught.value.flaw is Flaw.NOT_POSITIVE


@given(st.text(max_size=60))
def test_parse_amount_gives_an_amount_above_zero_or_says_no(text: str) -> None:
    with contextlib.suppress(NotAnAmount):
        assert parse_amount(text) > 0


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.EMPTY),
        ("  ", Flaw.EMPTY),
        ("Rp", Flaw.EMPTY),
        ("0", Flaw.NOT_POSITIVE),
        ("-5", Flaw.NOT_POSITIVE),
        ("1,5", Flaw.FRACTION),
        ("1.000,5", Flaw.FRACTION),
        ("12.50", Flaw.FRACTION),
        ("seribu", Flaw.NOT_A_NUMBER),
        ("1e3", Flaw.NOT_A_NUMBER),
        ("1.000,000", Flaw.FRACTION),
        ("1.00.000", Flaw.FRACTION),
        ("١٢٣", Flaw.NOT_A_NUMBER),
        ("9" * 50, Flaw.NOT_A_NUMBER),
    ],
)
def test_parse_amount_says_what_is_wrong(text: str, flaw: Flaw) -> None:
    with pytest.raises(NotAnAmount) as caught:
        parse_amount(text)
    assert caught.value.flaw is flaw


@pytest.mark.parametrize("text", ["1000000000000", "99.999.999.999.999"])
def test_amount_field_refuses_a_trillion(text: str) -> None:
    with pytest.raises(ValidationError, match="triliun"):
        AmountField().clean(text)


def test_amount_field_names_its_own_most() -> None:
    with pytest.raises(ValidationError, match=r"Paling banyak 20\.000\."):
        AmountField(max_value=20_000).clean("20.001")
    with pytest.raises(ValidationError, match="Periksa"):
        AmountField(max_value=20_000, error_messages={"max_value": "Periksa."}).clean("20.001")


def test_amount_field_reads_groups_and_wants_an_answer() -> None:
    assert AmountField().clean("1.000") == 1000
    with pytest.raises(ValidationError, match="Tulis jumlahnya"):
        AmountField().clean(" ")
