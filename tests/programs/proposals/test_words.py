"""Words made comparable."""

import pytest

from programs.proposals.words import normalised, telling, terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anak-anak yg difabel", "anak disabilitas"),
        ("Utk UMKM dgn wifi", "usaha mikro internet"),
        ("Dapur bersama di Papanggo", "dapur bersama papango"),
        ("RW 03, RT 005!", "rw 03 rt 005"),
        ("", ""),
        ("yang dan di ke", ""),
    ],
)
def test_text_is_folded_spelled_in_full_and_rid_of_the_commonest_words(text: str, words: str) -> None:
    assert normalised(text) == words


def test_terms_are_letters_and_digits_each_once_and_not_too_many() -> None:
    assert terms("Sepeda & sepeda | (bengkel):* <-> '; DROP") == ["sepeda", "bengkel", "drop"]
    assert len(terms(" ".join(f"kata{n}x" for n in range(50)))) == 12


def test_what_is_said_of_everything_does_not_tell_unless_there_is_nothing_else() -> None:
    assert telling("Program bantuan sepeda warga Jakarta 2026") == ["sepeda"]
    assert telling("Bantuan warga") == ["bantuan", "warga"]
