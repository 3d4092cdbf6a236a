"""Whether one can pledge to a need now, and if not, why, in the words of public pages."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from programs.models import Need
from programs.states import NeedState


class Standing(StrEnum):
    OPEN = "open"
    FULL = "full"
    LATE = "late"
    PAUSED = "paused"
    CLOSED = "closed"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]

    @property
    def mark(self) -> str:
        """The mark of components/status.html."""
        return _MARKS[self]

    @property
    def headline(self) -> str | Promise:
        return _SENTENCES[self][0]

    @property
    def explanation(self) -> str | Promise:
        return _SENTENCES[self][1]


_LABELS = {
    Standing.OPEN: _("terbuka"),
    Standing.FULL: _("sudah penuh"),
    Standing.LATE: _("lewat batas waktu"),
    Standing.PAUSED: _("dijeda"),
    Standing.CLOSED: _("ditutup"),
}
_MARKS = {
    Standing.OPEN: "open",
    Standing.FULL: "allocated",
    Standing.LATE: "late",
    Standing.PAUSED: "draft",
    Standing.CLOSED: "closed",
}
_SENTENCES: dict[Standing, tuple[str | Promise, str | Promise]] = {
    Standing.OPEN: ("", ""),
    Standing.FULL: (
        _("Kebutuhan ini sudah penuh."),
        _("Seluruh target sudah ada pemberinya. Kalau ada ikrar yang batal, sisanya terbuka lagi di sini."),
    ),
    Standing.LATE: (
        _("Batas waktunya sudah lewat."),
        _("Ikrar baru tidak diterima lagi, kecuali asesor memundurkan batas waktunya."),
    ),
    Standing.PAUSED: (
        _("Kebutuhan ini sedang dijeda."),
        _("Ikrar baru belum diterima. Yang sudah diikrarkan tetap diantar."),
    ),
    Standing.CLOSED: (
        _("Kebutuhan ini sudah ditutup."),
        _("Ikrar baru tidak diterima lagi. Catatannya tetap bisa dibaca."),
    ),
}


def standing_of(need: Need) -> Standing:
    """One word for a published need: open only where a pledge would be taken at this moment."""
    if need.state == NeedState.CLOSED:
        return Standing.CLOSED
    if need.state == NeedState.PAUSED:
        return Standing.PAUSED
    if need.missing == 0:
        return Standing.FULL
    return Standing.OPEN if need.deadline >= clock.today() else Standing.LATE
