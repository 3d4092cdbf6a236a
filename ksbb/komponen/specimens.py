"""Invented values for the sheet of components: believable, and nobody's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from ksbb.icons import PATHS
from programs.coverage import Coverage
from regions.classes import classes_for
from regions.notation import JAKARTA, when
from regions.tiles import tile_places

MOMENT = datetime(2026, 11, 22, 5, 40, tzinfo=JAKARTA)
MONTHS = (
    (12, 1180, 1020),
    (1, 1460, 1330),
    (2, 1730, 1590),
    (3, 2260, 2080),
    (4, 4980, 4610),
    (5, 3240, 3010),
    (6, 2150, 1990),
    (7, 2380, 2200),
    (8, 3120, 2870),
    (9, 3860, 3530),
    (10, 5010, 4420),
    (11, 5130, 3650),
)
MISSING = (440, 500, 90, 80, 210, 80, 100, 40, 130, 750, 1620, 2070, 1060, 2550, 640, 1320, 2290, 1050, 1370)


class Sheet(forms.Form):
    """One field of every kind."""

    phone = forms.CharField(label=_("Nomor telepon"), help_text=_("Boleh diawali 08 atau +62"))
    quantity = forms.IntegerField(
        label=_("Jumlah paket"),
        max_value=300,
        localize=True,
        widget=forms.TextInput(attrs={"data-unit": "paket"}),
        error_messages={
            "max_value": _(
                "5.000 paket lebih dari yang kurang (300). Tulis 300 atau kurang, atau bagi ke RW lain."
            )
        },
    )
    source = forms.ChoiceField(
        label=_("Sumber dana"),
        widget=forms.RadioSelect,
        choices=[
            ("zis", _("Zakat, infak, sedekah, wakaf")),
            ("csr", _("Tanggung jawab sosial perusahaan (CSR)")),
            ("own", _("Dana sendiri")),
        ],
    )
    program = forms.ChoiceField(
        label=_("Program"), choices=[("pangan", "Pangan"), ("umkm", "UMKM")], initial="pangan"
    )
    day = forms.DateField(
        label=_("Tanggal kirim"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("Catatan untuk penerima"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    letter = forms.FileField(label=_("Surat pernyataan"), required=False, help_text=_("PDF atau foto"))
    named = forms.BooleanField(
        label=_("Nama kami boleh disebut"), required=False, help_text=_("Di halaman kebutuhan dan statistik.")
    )


class Count(forms.Form):
    """The three numbers of a report."""

    good = forms.IntegerField(label=_("Baik"), help_text=_("utuh, layak, belum kedaluwarsa"), localize=True)
    damaged = forms.IntegerField(label=_("Rusak"), help_text=_("sobek, basah, basi"), localize=True)
    missing = forms.IntegerField(
        label=_("Tidak ada"), help_text=_("tertulis, tetapi tidak sampai"), localize=True
    )


class Filters(forms.Form):
    """Two selects, as lists of needs have them."""

    program = forms.ChoiceField(label=_("Program"), choices=[("", "semua"), ("pangan", "Pangan")])
    city = forms.ChoiceField(
        label=_("Wilayah"), choices=[("31", "seluruh Jakarta"), ("31.74", "Jakarta Selatan")]
    )


def specimens() -> dict[str, Any]:
    """The context of the sheet."""
    kali_anyar = Coverage(640, held=80, reserved=260, received=160, verified=120, unit="paket")
    tiles = _tiles()
    count = Count({"good": "154", "damaged": "4", "missing": "0"})
    count.add_error(
        "missing", _("Masih 2 paket belum terhitung. Kalau tidak ikut tiba, tulis 2 di “Tidak ada”.")
    )
    return {
        "moment": MOMENT,
        "deadline": date(2026, 12, 15),
        "recently": MOMENT - timedelta(hours=3),
        "coverages": [
            kali_anyar,
            Coverage(1200, held=150, reserved=300, unit="paket"),
            Coverage(910, reserved=130, received=60, verified=60, unit="paket"),
            Coverage(420, reserved=420, received=420, verified=420, unit="paket"),
            Coverage(0, unit="paket"),
        ],
        "coverage": kali_anyar,
        "tiles": tiles,
        "classes": classes_for(tile["value"] for tile in tiles),
        "values": [tile["value"] for tile in tiles] + [None] * 12,
        "months": [
            SimpleNamespace(label=_month(n), received=received, verified=verified)
            for n, received, verified in MONTHS
        ],
        "cities": _cities(),
        "figs": [
            {"value": "32.300", "label": "paket sembako sampai", "term": "terverifikasi", "swatch": "v"},
            {"value": "46.000", "label": "paket masih kurang", "note": "dari target 92.000", "less": True},
            {"value": "412", "label": "RW sudah terjangkau, dari 2.755", "href": "#"},
            {"value": "1.284", "label": "berita acara diperiksa petugas"},
        ],
        "crumbs": [
            {"label": "Jakarta", "href": "#"},
            {"label": "Jakarta Barat", "href": "#"},
            {"label": "Tambora", "href": "#"},
            {"label": "RW 03"},
        ],
        "tabs": [
            {"label": "Semua", "href": "#", "count": 31, "current": True},
            {"label": "Hubungi", "href": "#", "count": 4},
            {"label": "Ikrar", "href": "#", "count": 12},
            {"label": "BAST", "href": "#", "count": 9},
        ],
        "facts": [
            {"label": "Cara", "value": "langsung, mengirim sendiri"},
            {"label": "Sumber dana", "value": "zakat dan infak"},
            {"label": "Surat pernyataan", "value": "disetujui secara elektronik", "href": "#"},
        ],
        "contents": [
            {"label": "Beras", "value": "5 kg"},
            {"label": "Minyak goreng", "value": "2 liter"},
            {"label": "Gula pasir", "value": "1 kg"},
            {"label": "Sarden", "value": "1 kaleng"},
        ],
        "moves": _moves(),
        "table_columns": [{"label": "Kolaborator"}, {"label": "Paket", "number": True}, {"label": "Keadaan"}],
        "table_rows": [
            [
                {"text": "Yayasan Lentera Kampung", "sub": "organisasi sosial", "href": "#"},
                {"text": "120"},
                {"status": "verified"},
            ],
            [{"text": "CV Benang Contoh", "sub": "perusahaan"}, {"text": "40"}, {"status": "delivered"}],
            [{"text": "Tidak ingin disebut", "sub": "perorangan"}, {"text": "80"}, {"status": "held"}],
        ],
        "page": Paginator(range(612), 25).get_page(3),
        "quick": [{"value": n, "label": str(n)} for n in (25, 50, 100)]
        + [{"value": 300, "label": "semua, 300"}],
        "count": count,
        "count_fields": [count[name] for name in ("good", "damaged", "missing")],
        "filters": Filters(),
        "assignment": {
            "role_label": "asesor",
            "place_label": "Jakarta Selatan (31.74)",
            "program_label": "Pangan",
            "ends": date(2026, 12, 31),
        },
        "walk": [
            {"title": "Asesor menetapkan", "text": "Apa yang dibutuhkan, berapa, dan mengapa."},
            {"title": "Anda berikrar", "text": "Barang, jasa, atau uang melalui agregator berizin."},
            {"title": "RW menerima", "text": "Pengurus menghitung yang baik, rusak, dan hilang."},
            {"title": "Petugas memeriksa", "text": "Orang yang melapor tidak pernah memeriksa."},
        ],
        "photos": [
            {
                "url": _picture(400, 300),
                "alt": "",
                "caption": "Paket di teras balai warga",
                "width": 400,
                "height": 300,
            },
            {"url": _picture(300, 400), "alt": "", "caption": "Foto tegak", "width": 300, "height": 400},
            {"url": _picture(600, 300), "alt": "", "caption": "Foto lebar", "width": 600, "height": 300},
        ],
        "kinds": ["open", "held", "allocated", "delivered", "verified", "late", "closed", "draft"],
        "icons": list(PATHS),
        "fields_hidden": {"token": "a1b2"},
    }


def _moves() -> Sequence[dict[str, Any]]:
    return [
        {
            "label": "Menunggu jawaban Anda",
            "detail": "sesudah 22 Nov pukul 14.00 jumlah ini terlepas",
            "next": True,
        },
        {
            "label": "Dikembalikan",
            "who": "asesor Jakarta Selatan",
            "why": "Foto kedua tidak menunjukkan barangnya.",
            "moment": MOMENT - timedelta(hours=3),
        },
        {"label": "Ikrar dikirim", "who": "oleh kolaborator", "moment": MOMENT - timedelta(days=2)},
    ]


def _tiles() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": place.label,
            "href": f"#{code}",
            "value": MISSING[i % len(MISSING)] if i % 9 else None,
        }
        for i, (code, place) in enumerate(sorted(tile_places().items()))
    ]


def _cities() -> list[dict[str, Any]]:
    rows = (
        ("Jakarta Selatan", 32, 20, 21.1, 28.2),
        ("Jakarta Timur", 21, 29, 28.8, -12.1),
        ("Kepulauan Seribu", 2, 2, 0.3, -1.6),
    )
    return [
        {"name": name, "aid": aid, "want": want, "people": people, "difference": aid - want, "beside": beside}
        for name, aid, want, people, beside in rows
    ]


def _month(number: int) -> str:
    return when(date(2026, number, 1), "month")


def _picture(width: int, height: int) -> str:
    """A plain drawing as a data address: the sheet keeps no photos."""
    return (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
        f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'%3E"
        f"%3Crect width='{width}' height='{height}' fill='%23a0d7d4'/%3E"
        f"%3Crect x='{width // 4}' y='{height // 2}' width='{width // 2}' height='{height // 3}' fill='%23c64d0d'/%3E"
        "%3C/svg%3E"
    )
