"""What every form says in the platform's own words."""

import pytest
from django import forms


def test_text_that_is_too_long_is_told_what_to_do() -> None:
    with pytest.raises(forms.ValidationError, match="Terlalu panjang: 5 huruf, paling banyak 3"):
        forms.CharField(max_length=3).clean("a" * 5)
