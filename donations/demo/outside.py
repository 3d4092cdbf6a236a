"""Invented figures from outside the platform, as assessors wrote them down."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts import clock
from donations.demo.cast import EAST, SOUTH, Cast
from donations.outside import actions
from programs.models import AidType, Program

FIGURES: tuple[tuple[str, str, str, int | None, int | None, str, str, int, bool], ...] = (
    # city, program, aid type, quantity, rupiah, source, document, months ago, whether it is shown
    (SOUTH, "pangan", "sembako", 4_150, 830_000_000, "Forum Masjid (contoh)", "Laporan Ramadan (contoh)", 7, True),
    (EAST, "pangan", "sembako", 6_400, None, "Yayasan Dapur Timur (contoh)", "Laporan tahunan (contoh)", 4, True),
    ("31.73", "pangan", "siap-saji", 9_800, None, "Palang Kemanusiaan (contoh)", "Siaran pers (contoh)", 5, True),
    (SOUTH, "pendidikan", "laptop", 120, 540_000_000, "Ikatan Alumni (contoh)", "Berita acara sekolah (contoh)", 3, True),
    (SOUTH, "umkm", "pelatihan", 300, None, "Koperasi Pasar Selatan (contoh)", "Catatan rapat (contoh)", 2, False),
)  # fmt: skip
NOTE = "Sebagian mungkin terhitung juga di platform (contoh)."


def outside_figures(cast: Cast, until: datetime) -> int:
    """Record all of them, and show most; how many there are."""
    for city, program, aid_type, quantity, rupiah, source, document, ago, shown in FIGURES:
        end = timezone.localdate(until - timedelta(days=30 * ago))
        fields: dict[str, Any] = {
            "program": Program.objects.get(code=program), "region": cast.regions[city],
            "aid_type": AidType.objects.get(program=program, code=aid_type), "measure": "delivered",
            "since": end - timedelta(days=89), "until": end, "quantity": quantity, "rupiah": rupiah, "source": source,
            "source_date": end + timedelta(days=10), "document": document, "note": NOTE if program == "pangan" else "",
        }  # fmt: skip
        officer = cast.assessors[city]
        with clock.at(until - timedelta(days=30 * ago - 14)):
            figure = actions.record(by=officer, **fields)
        if shown:
            with clock.at(until - timedelta(days=30 * ago - 15)):
                actions.publish(figure=figure, by=officer)
    return len(FIGURES)
