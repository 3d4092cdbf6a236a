import pytest
from django.core.exceptions import ValidationError

from accounts.naming import name_as_written, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Dapur\n Tebet ", "Dapur Tebet"),
        ("Dapur\u202eevil\u202c", "Dapurevil"),
        ("Yayasan\u200b Con\u2060toh\x07", "Yayasan Contoh"),
        (
            "\u0645\u0624\u0633\u0633\u0629 \u0627\u0644\u062e\u064a\u0631",
            "\u0645\u0624\u0633\u0633\u0629 \u0627\u0644\u062e\u064a\u0631",
        ),
        ("\U0001f468\u200d\U0001f33e Tani", "\U0001f468\u200d\U0001f33e Tani"),
        ('"><script>', '"><script>'),
    ],
)
def test_name_keeps_its_letters_and_turns_nothing_around_it(typed: str, kept: str) -> None:
    assert one_line(typed) == name_as_written(typed) == kept


@pytest.mark.parametrize("typed", ["", "\u200b", "12 34", "\u202e"])
def test_name_without_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        name_as_written(typed)
