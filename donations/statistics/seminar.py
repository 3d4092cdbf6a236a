"""The shares that the seminar of 2021 published about KSBB Pangan, to stand beside the platform's own. Pure.

Source: Future Cities Seminar Vol. 3, Jakarta Smart City, 21 May 2021. Where it says "the rest", the whole less what it
names is set down for all that it does not name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.statistics.definitions import AID_TYPE, COLLABORATOR_KIND, RECIPIENT_KIND

PROGRAM, MEASURE = "pangan", "committed_packages"
SOURCE, PUBLISHED = "Jakarta Smart City, Future Cities Seminar Vol. 3", "2021-05-21"
CITY = "city"


@dataclass(frozen=True, slots=True)
class Chart:
    """One of the seminar's charts: shares in per cent by key, and how its rest is called ("" where it has none)."""

    dimension: str
    title: Promise
    shares: Mapping[str, int]
    rest: Promise | str = ""

    @property
    def rest_share(self) -> int:
        return 100 - sum(self.shares.values())


CHARTS = (
    Chart(
        CITY, _("Komitmen menurut kota"),
        {"31.74": 32, "31.75": 21, "31.72": 16, "31.71": 15, "31.73": 14, "31.01": 2},
    ),
    Chart(
        COLLABORATOR_KIND, _("Komitmen menurut kolaborator"),
        {"social": 51, "enterprise": 31, "individual": 9, "community": 5}, _("Instansi pemerintah (sisanya)"),
    ),
    Chart(RECIPIENT_KIND, _("Komitmen menurut penerima"), {"rw": 85}, _("Lembaga (sisanya)")),
    Chart(AID_TYPE, _("Komitmen menurut bentuk"), {"sembako": 90}, _("Makanan siap saji dan paket hari raya (sisanya)")),
)  # fmt: skip
