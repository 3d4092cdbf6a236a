"""The slips of a draw as a PDF: eight on a sheet of A4, to be cut apart."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.notices.wording import absolute
from accounts.typesetting import Picture, qr_picture, typeset
from donations.confirmations.models import Confirmation, Draw
from donations.confirmations.wording import about
from regions.notation import when
from regions.queries import has_sample_data


def set_slips(draw: Draw, slips: list[Confirmation]) -> bytes:
    """In Indonesian, for whoever lives there. Raises `NotSet`."""
    with override("id"):
        data = _data(draw, slips)
        pictures = tuple(_qr(slip) for slip in slips)
    return typeset("slips", data, moment=clock.now(), pictures=pictures)


def address_of(slip: Confirmation) -> str:
    with override("id"):
        return absolute(slip.get_absolute_url())


def _qr(slip: Confirmation) -> Picture:
    return qr_picture(address_of(slip), f"qr-{slip.position}.svg")


def _data(draw: Draw, slips: list[Confirmation]) -> dict[str, Any]:
    report = draw.handover
    told = about(report)
    office = told.office
    host = absolute("").split("//", 1)[-1]
    phone = (
        _("Bertanya: %(name)s, %(phone)s") % {"name": office.name, "phone": office.phone} if office else ""
    )
    if office and office.chat:
        phone += " (WhatsApp)"
    arrived = when(report.arrived_at, "weekday") if report.arrived_at else ""
    return {
        "title": _("Slip konfirmasi BAST %(number)s") % {"number": report.number},
        "sheet": _("BAST %(number)s · %(place)s · daftar %(households)s keluarga")
        % {"number": report.number, "place": report.recipient_name, "households": draw.households},
        "sample": _("DATA CONTOH") if has_sample_data() else "",
        "platform": _("Konfirmasi bantuan KSBB"),
        "position": _("Nomor urut"),
        "question": _("Apakah bantuan ini Anda terima?"),
        "told": _("%(what)s untuk %(place)s, dilaporkan tiba %(day)s di %(spot)s.")
        % {"what": told.what, "place": report.recipient_name, "day": arrived, "spot": report.place},
        "how": _("Pindai dengan kamera telepon, atau buka %(host)s/konfirmasi lalu tulis kode ini:")
        % {"host": host},
        "until": _("Jawab sampai %(day)s. Tanpa nama, tanpa mendaftar.")
        % {"day": when(draw.expires_on, "day")},
        "free": _("Bantuan ini gratis. Pengurus tidak tahu jawaban Anda."),
        "phone": phone,
        "qr_label": _("Kode QR menuju halaman jawaban"),
        "slips": [{"position": slip.position, "code": slip.code_in_groups} for slip in slips],
    }
