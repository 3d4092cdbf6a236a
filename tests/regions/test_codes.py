import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions import codes
from regions.codes import Level

PARTS = st.tuples(
    st.integers(10, 99).map("{:02}".format),
    st.integers(0, 99).map("{:02}".format),
    st.integers(0, 99).map("{:02}".format),
    st.integers(0, 9999).map("{:04}".format),
    st.integers(0, 999).map("{:03}".format),
)
CODES = st.tuples(PARTS, st.integers(1, 5)).map(lambda drawn: ".".join(drawn[0][: drawn[1]]))


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("31", Level.PROVINCE),
        ("31.74", Level.CITY),
        ("31.74.01", Level.DISTRICT),
        ("31.74.01.1001", Level.VILLAGE),
        ("31.74.01.1001.003", Level.RW),
    ],
)
def test_level_of_counts_the_parts(code, level):
    assert codes.level_of(code) is level
    assert level.depth == code.count(".")


@pytest.mark.parametrize(
    "text",
    ["", "3", "03", "31.", "31.7", "31.74.1", "31.74.01.101", "31.74.01.1001.3", "3174010001", "31.74.01.1001.003.1",
     " 31", "31\n", "31.74.01.1001.0a3", "３１"],
)  # fmt: skip
def test_level_of_rejects_what_is_no_code(text):
    assert not codes.is_code(text)
    with pytest.raises(ValueError, match="Not a Kemendagri code"):
        codes.level_of(text)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("31.74", "31.74", True),
        ("31.74", "31.74.01.1001", True),
        ("31.7", "31.74", False),
        ("31.74.01.1001.003", "31.74.01.1001", False),
        ("31.75", "31.74.01", False),
        ("", "31", False),
        ("31.74", "", False),
    ],
)
def test_contains_follows_the_dots(outer, inner, expected):
    assert codes.contains(outer, inner) is expected


@pytest.mark.parametrize(
    ("given_codes", "expected"),
    [
        (["31.74.01.1001.003", "31.74.01.1001.004"], "31.74.01.1001"),
        (["31.74.01", "31.74"], "31.74"),
        (["31.74", "31.75"], "31"),
        (["31.74"], "31.74"),
        (["31.74", "32.04"], None),
        ([], None),
    ],
)
def test_common_is_the_innermost_that_holds_all(given_codes, expected):
    assert codes.common(given_codes) == expected


@given(CODES)
def test_ancestors_contain_the_code_and_end_with_its_parent(code):
    above = codes.ancestors_of(code)
    assert len(above) == codes.level_of(code).depth
    assert all(codes.contains(outer, code) and not codes.contains(code, outer) for outer in above)
    assert (above[-1] if above else None) == codes.parent_of(code)


@given(CODES)
def test_city_of_contains_the_code(code):
    assert codes.contains(codes.city_of(code), code)
    assert codes.city_of(codes.city_of(code)) == codes.city_of(code)


@given(CODES, CODES)
def test_two_codes_contain_each_other_only_when_equal(one, other):
    assert (codes.contains(one, other) and codes.contains(other, one)) is (one == other)


@given(st.integers(1, 999))
def test_rw_number_returns_what_rw_code_was_given(number):
    assert codes.rw_number(codes.rw_code("31.74.01.1001", number)) == number


@pytest.mark.parametrize(
    ("village", "number"), [("31.74.01", 1), ("31.74.01.1001", 0), ("31.74.01.1001", 1000)]
)
def test_rw_code_rejects_other_places_and_numbers(village, number):
    with pytest.raises(ValueError, match="No RW"):
        codes.rw_code(village, number)


def test_rw_number_rejects_a_village():
    with pytest.raises(ValueError, match="Not the code of an RW"):
        codes.rw_number("31.74.01.1001")
