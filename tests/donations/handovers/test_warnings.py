"""The table of warnings: each with what is just below its threshold, and what is just above."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from donations.handovers.checking import as_kept
from donations.handovers.warned_words import TEXTS, told
from donations.handovers.warnings import (
    WEIGHTS,
    Counted,
    Facts,
    Other,
    Picture,
    Twin,
    warnings_of,
)

DAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
# Left at two, arrived at four, handed in at five: nothing to say of it.
ARRIVED, SUBMITTED = DAY + timedelta(hours=2), DAY + timedelta(hours=3)
HERE = (-6.2, 106.8)
KM = 1 / 111.32  # degrees of latitude


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def line(sent: int = 97, good: int = 97, damaged: int = 0, missing: int = 0, aid: int = 1) -> Counted:
    return Counted(aid, sent, good, damaged, missing)


def photo(number: int = 1, **more: Any) -> Picture:
    return Picture(number, **more)


def other(
    km: float = 0, after: timedelta = timedelta(hours=-10), lines: tuple[Counted, ...] = (line(),)
) -> Other:
    return Other("7/31.74/2026", ARRIVED + after, (HERE[0] + km * KM, HERE[1]), lines)


PLAIN = Facts(
    SUBMITTED, ARRIVED, DAY, (line(),), position=HERE, outside=0, pictures=(photo(position=HERE, outside=0),)
)
SHORT, PLURAL = (line(aid=1), line(aid=2)), (line(good=96, damaged=1),)


def pictured(*pictures: Picture) -> dict[str, Any]:
    return {"pictures": pictures}


def taken(*moments: datetime) -> dict[str, Any]:
    return pictured(*(photo(number, taken_at=at) for number, at in enumerate(moments, 1)))


# (code, facts that do not warn, facts that do, the figure that is told)
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("photo_same", pictured(photo()), pictured(photo(3, twins=(Twin("9/31.74/2026", None),))),
     "Foto 3: berkasnya sama persis dengan foto pada BAST 9/31.74/2026."),
    ("photo_same", pictured(photo()), pictured(photo(twins=(Twin("8/31.74/2026", None), Twin("8/31.74/2026", None, True),
     Twin("9/31.74/2026", None, True)))), "BAST 8/31.74/2026 dan BAST 9/31.74/2026 (versi lama)."),
    ("photo_alike", pictured(photo()), pictured(photo(twins=(Twin("9/31.74/2026", 6),))), "58 dari 64"),
    ("party", {}, {"parties": ("PT Contoh",)}, "anggota PT Contoh"),
    ("two_places", {"by_reporter": (other(10, minutes(-10)),)}, {"by_reporter": (other(10.2, minutes(-10)),)}, "10,2 km"),
    ("two_places", {"by_reporter": (other(2),)}, {"by_reporter": (other(2.1, minutes(1)),)}, "berselisih 1 menit"),
    ("place_outside", {"outside": 150}, {"outside": 151}, "151 m di luar batas penerima."),
    ("place_outside", {"outside": 400, "is_approximate": True}, {"outside": 401, "is_approximate": True},
     "Batasnya perkiraan."),
    ("place_outside", {"outside": 1000, "by_centre": True}, {"outside": 1001, "by_centre": True}, "dari pusatnya"),
    ("place_zero", {"position": (0.011, 0.0)}, {"position": (0.009, -0.009)}, "0,0"),
    ("photo_outside", pictured(photo(position=HERE, outside=150)), pictured(photo(position=HERE, outside=151)), "151 m"),
    ("photo_zero", {}, pictured(photo(2, position=(0.0, 0.0), outside=11_000_000)), "Foto 2 berposisi 0,0"),
    ("photo_elsewhere", pictured(photo(position=(HERE[0] + 0.99 * KM, HERE[1]), outside=0)),
     pictured(photo(position=(HERE[0] + 1.01 * KM, HERE[1]), outside=0)), "1.010 m"),
    ("photo_early", taken(DAY - minutes(60)), taken(DAY - minutes(61)), "61 menit sebelum"),
    ("photo_late", taken(SUBMITTED + minutes(10)), taken(SUBMITTED + minutes(11)), "11 menit"),
    ("photo_clock", taken(SUBMITTED - timedelta(days=365)), taken(SUBMITTED - timedelta(days=731)), "2,0 tahun"),
    ("clock", {"clock_off": timedelta(days=1)}, {"clock_off": -timedelta(days=3)}, "3 hari"),
    ("photo_burst", taken(*(ARRIVED + timedelta(seconds=n) for n in (0, 5, 11))),
     taken(*(ARRIVED + timedelta(seconds=n) for n in (0, 5, 10))), "3 foto diambil dalam 10 detik"),
    ("photo_dark", pictured(photo(brightness=30, contrast=20)), pictured(photo(brightness=29, contrast=20)), "Foto 1"),
    ("photo_empty", pictured(photo(brightness=90, contrast=8)), pictured(photo(brightness=90, contrast=7)), "Foto 1"),
    ("arrival_early", {"arrived_at": DAY - minutes(5)}, {"arrived_at": DAY - minutes(6)}, "6 menit lebih awal"),
    ("before_arrival", {"submitted_at": ARRIVED - minutes(1)}, {"submitted_at": ARRIVED - minutes(2)}, "2 menit sebelum"),
    ("soon", {"submitted_at": DAY + minutes(10)}, {"submitted_at": DAY + minutes(9)}, "9 menit sesudah"),
    ("same_counts", {"before_here": other(lines=(line(),))},
     {"lines": SHORT, "before_here": other(lines=SHORT[::-1])}, "2 barang persis sama"),
    ("same_counts", {"lines": SHORT, "before_here": other(lines=(line(aid=1), line(good=96, aid=2)))},
     {"lines": PLURAL, "before_here": other(lines=PLURAL)}, "BAST 7/31.74/2026"),
    ("round", {"lines": (line(97, 90, 5),)}, {"lines": (line(150, 100, 50),)}, "yang dikirim."),
    ("round", {"lines": (line(97, 80, 10),)}, {"lines": (line(97, 70, 10, 10),), "by_reporter": (
        other(), other(lines=(line(150, 100, 50),)))}, "1 dari 2 laporan"),
    # As round as the gift.
    ("round", {"lines": (line(500, 500), line(200, 200))}, {"lines": (line(500, 480), line(200, 200))}, "puluhan"),
    ("nothing_wrong", {"by_reporter": (other(),) * 8}, {"by_reporter": (other(),) * 9}, "10 laporan berturut-turut"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fine", "odd", "figure"), TABLE, ids=[row[0] for row in TABLE])
def test_warning_begins_at_its_threshold(
    code: str, fine: dict[str, Any], odd: dict[str, Any], figure: str
) -> None:
    assert code not in [one.code for one in warnings_of(replace(PLAIN, **fine))]
    warned = [one for one in warnings_of(replace(PLAIN, **odd)) if one.code == code]
    with override("id"):
        (said,) = told(as_kept(warned))
    assert figure in said.text.replace("\u00a0", " ")


def test_nothing_is_said_of_a_plain_report() -> None:
    assert warnings_of(PLAIN) == []


def test_weightiest_comes_first_and_each_kind_once() -> None:
    pictures = (
        photo(1, brightness=5, contrast=3, twins=(Twin("9/31.74/2026", None), Twin("8/31.74/2026", None))),
        photo(2, brightness=5, contrast=20, twins=(Twin("9/31.74/2026", 2),)),
    )
    found = warnings_of(replace(PLAIN, pictures=pictures, parties=("A", "B"), outside=5000))
    codes = [one.code for one in found]
    assert codes == ["photo_same", "party", "photo_alike", "place_outside", "photo_empty", "photo_dark"]
    assert found[0].figures["reports"] == ["8/31.74/2026", "9/31.74/2026"]


def test_a_clock_that_is_wrong_by_years_is_neither_early_nor_late() -> None:
    codes = {one.code for one in warnings_of(replace(PLAIN, **taken(DAY - timedelta(days=3000))))}
    assert codes == {"photo_clock"}


def test_every_code_has_a_weight_and_words_in_both_languages() -> None:
    assert set(TEXTS) == set(WEIGHTS)
    kept = [
        one for _code, _fine, odd, _figure in TABLE for one in as_kept(warnings_of(replace(PLAIN, **odd)))
    ]
    assert {one["code"] for one in kept} == set(WEIGHTS)
    for language in ("id", "en"):
        with override(language):
            assert all("%(" not in said.text and said.text for said in told(kept))
    assert told([{"code": "of_old", "figures": {}}]) == []
