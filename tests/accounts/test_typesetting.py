"""Documents as PDF: what goes in is shown and never run, and the same goes in twice."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from pypdf import PdfReader

from accounts import clock, typesetting
from accounts.typesetting import NotSet, qr_picture, typeset

ABOUT = {
    "title": "Piagam", "language": "id", "code": "K7QF-2M9X-4TRD", "foot": "Periksa kodenya.", "sample": "",
    "page": "halaman", "platform": "Jakarta", "number": "KM-00012", "check": "Periksa di", "check_url": "https://x.test/",
    "qr_label": "Kode QR",
}  # fmt: skip


def letter(*paragraphs: str, **about: str) -> bytes:
    data: dict[str, Any] = {
        "about": {**ABOUT, **about}, "paragraphs": [[text, "English"] for text in paragraphs],
        "agreed_title": "Persetujuan", "agreed": [{"label": "Oleh", "value": "Siti"}], "closing": "Selesai.",
        "second_language": "en",
    }  # fmt: skip
    return typeset("letter", data, moment=MOMENT, pictures=(qr_picture("https://x.test/"),))


MOMENT = clock.now()


def text_of(content: bytes) -> str:
    """All words of a document, one space between them."""
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_what_was_typed_is_shown_and_never_run() -> None:
    typed = '#read("/etc/passwd") *tebal* $x^2$ @ada <label> \\ #{1+1} "kutip" https://a.test'
    assert typed in text_of(letter(typed))


def test_signs_without_a_letter_and_right_to_left_do_not_stop_a_document() -> None:
    found = text_of(letter("Warung 日本 😀 مرحبا é"))
    assert "مرحبا é English" in found


def test_same_data_at_the_same_moment_give_the_same_file() -> None:
    assert letter("Satu") == letter("Satu")
    assert letter("Satu") != letter("Dua")


def test_document_is_tagged_and_says_its_title_and_language() -> None:
    reader = PdfReader(io.BytesIO(letter("Satu")))
    root: Any = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id")
    assert reader.metadata is not None
    assert reader.metadata.title == "Piagam"
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_ten_thousand_characters_take_the_pages_they_need() -> None:
    pages = PdfReader(io.BytesIO(letter("Kalimat panjang sekali. " * 500))).pages
    assert 2 < len(pages) < 12
    assert f"halaman 1 / {len(pages)}" in pages[0].extract_text()


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.4": canvas',
        '#read("/etc/hostname")',
        '#read("../../../etc/hostname")',
        '#panic("rusak")',
    ],
)
def test_document_reaches_neither_the_network_nor_other_files(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "odd.typ").write_text(source)
    monkeypatch.setattr(typesetting, "documents", lambda: tmp_path)
    with pytest.raises(NotSet, match="odd"):
        typeset("odd", {}, moment=MOMENT)


def test_document_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    (tmp_path / "slow.typ").write_text("#let n = 0\n#while true { n = calc.rem(n + 1, 7) }")
    monkeypatch.setattr(typesetting, "documents", lambda: tmp_path)
    monkeypatch.setattr(typesetting, "SECONDS", 0.5)
    with pytest.raises(NotSet):
        typeset("slow", {}, moment=MOMENT)
