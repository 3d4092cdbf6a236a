import pytest

from accounts.phones import normalise, readable


@pytest.mark.parametrize(
    "written",
    [
        "081234567890", "0812 3456 7890", "0812-3456-7890", "0812.3456.7890", "+6281234567890", "+62 812-3456-7890",
        "6281234567890", "62 812 3456 7890", "+62 (0)812 3456 7890", "00 62 812 3456 7890", "81234567890",
        "(0812) 3456 7890", " 0812\u00a03456\u00a07890 ", "\u202a+62 812-3456-7890\u202c", "tel:+6281234567890",
        "\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10",
    ],
)  # fmt: skip
def test_normalise_reads_every_usual_spelling(written: str) -> None:
    assert normalise(written) == "+6281234567890"


@pytest.mark.parametrize(
    ("written", "phone"),
    [("+65 6123 4567", "+6561234567"), ("0065 6123 4567", "+6561234567"), ("(021) 345-6789", "+62213456789")],
)
def test_normalise_reads_other_numbers(written: str, phone: str) -> None:
    assert normalise(written) == phone


@pytest.mark.parametrize(
    "written", ["", "08", "telepon saya", "0812345678901234567", "+", "0812x3456789", "+0812345678"]
)
def test_normalise_refuses_what_is_no_number(written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        normalise(written)


def test_readable_groups_a_number_of_this_country() -> None:
    assert readable("+6281234567890") == "0812\u00a03456\u00a07890"
    assert readable("+6561234567") == "+6561234567"
