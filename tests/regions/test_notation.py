from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from regions import notation

MOMENT = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)  # 05.40 of the next day in Jakarta


@pytest.fixture(params=["id", "en"])
def language(request):
    with override(request.param):
        yield request.param


def in_both(function):
    """What a function writes in Indonesian and in English."""
    written = []
    for code in ("id", "en"):
        with override(code):
            written.append(function())
    return tuple(written)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, ("0", "0")),
        (1284, 0, ("1.284", "1,284")),
        (-16.25, 1, ("−16,3", "−16.3")),
        (Decimal("0.425"), 2, ("0,43", "0.43")),
        (10**12, 0, ("1.000.000.000.000", "1,000,000,000,000")),
    ],
)
def test_number_is_grouped_and_rounded_half_up(value, decimals, expected):
    assert in_both(lambda: notation.number(value, decimals)) == expected


def test_number_signs_a_difference():
    assert in_both(lambda: notation.number(28.1, 1, sign=True)) == ("+28,1", "+28.1")
    assert in_both(lambda: notation.number(0, sign=True)) == ("0", "0")


def test_rupiah_is_written_without_a_space():
    assert in_both(lambda: notation.rupiah(20_000_000)) == ("Rp20.000.000", "Rp20,000,000")
    assert in_both(lambda: notation.rupiah(-5_000)) == ("−Rp5.000", "−Rp5,000")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (9_999, ("Rp9.999", "Rp9,999")),
        (45_000, ("Rp45\u00a0ribu", "Rp45\u00a0thousand")),
        (15_000_000_000, ("Rp15\u00a0miliar", "Rp15\u00a0billion")),
        (1_250_000, ("Rp1,3\u00a0juta", "Rp1.3\u00a0million")),
        (999_960_000, ("Rp1\u00a0miliar", "Rp1\u00a0billion")),
        (2_000_000_000_000, ("Rp2\u00a0triliun", "Rp2\u00a0trillion")),
    ],
)
def test_rupiah_short_names_the_scale(value, expected):
    assert in_both(lambda: notation.rupiah_short(value)) == expected


def test_percent_of_a_whole():
    assert in_both(lambda: notation.percent(36_500, 92_000)) == ("39,7%", "39.7%")
    assert in_both(lambda: notation.percent(1, 3, 0)) == ("33%", "33%")


def test_percent_without_a_whole_is_none(language):
    assert notation.percent(0, 0) is None


def test_words_spell_the_sum():
    assert in_both(lambda: notation.words(20_000_000, "rupiah")) == (
        "dua puluh juta rupiah",
        "twenty million rupiah",
    )
    assert in_both(lambda: notation.words(0)) == ("nol", "zero")
    assert in_both(lambda: notation.words(120, "paket"))[0] == "seratus dua puluh paket"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("day", ("22\u00a0November 2026", "22\u00a0November 2026")),
        ("day_month", ("22\u00a0November", "22\u00a0November")),
        ("day_short", ("22\u00a0Nov 2026", "22\u00a0Nov 2026")),
        ("weekday", ("Minggu, 22\u00a0November 2026", "Sunday, 22\u00a0November 2026")),
        ("clock", ("05.40", "05:40")),
        (
            "moment",
            (
                "22\u00a0November 2026 pukul\u00a005.40\u00a0WIB",
                "22\u00a0November 2026 at\u00a005:40\u00a0WIB",
            ),
        ),
        ("moment_short", ("22\u00a0Nov 2026, 05.40", "22\u00a0Nov 2026, 05:40")),
    ],
)
def test_when_writes_jakarta_time(style, expected):
    assert in_both(lambda: notation.when(MOMENT, style)) == expected


def test_when_writes_a_day_as_it_stands():
    assert in_both(lambda: notation.when(date(2026, 8, 17), "day")) == (
        "17\u00a0Agustus 2026",
        "17\u00a0August 2026",
    )


def test_when_refuses_a_moment_without_zone(language):
    with pytest.raises(ValueError, match="time zone"):
        notation.when(MOMENT.replace(tzinfo=None))


def test_machine_value_carries_the_offset():
    assert notation.machine(MOMENT) == "2026-11-22T05:40+07:00"
    assert notation.machine(date(2026, 11, 22)) == "2026-11-22"


def test_ago_says_before_and_after():
    now = MOMENT + timedelta(hours=3)
    assert in_both(lambda: notation.ago(MOMENT, now)) == ("3 jam yang lalu", "3 hours ago")
    assert in_both(lambda: notation.ago(now, MOMENT)) == ("dalam 3 jam", "in 3 hours")
    assert in_both(lambda: notation.duration(timedelta(hours=-3))) == ("3\u00a0jam", "3\u00a0hours")


def test_number_of_an_rw_stays_on_its_line():
    assert notation.tied("untuk RW 06 Pasar Baru, RT 2") == "untuk RW\u00a006 Pasar Baru, RT\u00a02"
    assert notation.tied("RW yang lain, SRW 3") == "RW yang lain, SRW 3"


def test_an_unknown_language_is_written_as_english():
    with override("nl"):
        assert notation.language() == "en"
