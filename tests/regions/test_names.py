import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.names import fold, plain, search_terms, searchable


@pytest.mark.parametrize(
    ("one", "other"),
    [("Papanggo", "PAPANGO"), ("Café  Lama", "cafe-lama"), ("Rawa Badak", "rawa  badak")],
)
def test_fold_makes_spellings_equal(one, other):
    assert fold(one) == fold(other)


@given(st.text())
def test_fold_is_stable(text):
    assert fold(fold(text)) == fold(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("text", ["RW 03", "rw03", "rw 3", "Rw.003", "RW-3"])
def test_searchable_writes_rw_numbers_one_way(text):
    assert searchable(text) == " rw3 "


@pytest.mark.parametrize("text", ["31", "31.7", "31.74.", "31.74.01.1001.0"])
def test_search_terms_take_the_beginning_of_a_code(text):
    assert search_terms(text).code_prefix == text


def test_search_terms_read_numbers_as_rw():
    assert search_terms("3 Manggarai").patterns == (" rw3 ", " mangarai")


def test_search_terms_leave_out_words_of_level():
    assert search_terms("Kec. Tebet").patterns == (" tebet",)
    assert search_terms("kelurahan").patterns == (" kelurahan",)


@given(st.text(max_size=300))
def test_search_terms_take_any_text(text):
    assert len(search_terms(text).patterns) <= 8
