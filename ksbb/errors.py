"""The pages for what went wrong: they say what to do next and never ask the database."""

import logging
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # A page names its own address, and there is none here: no name of ours was asked for.
        return HttpResponse(
            f"{_('Situs ini tidak ada di alamat itu.')}\n", "text/plain; charset=utf-8", status=400
        )
    return _page(
        request,
        400,
        _("Permintaan ini tidak dapat kami baca."),
        _("Kembali ke halaman sebelumnya, lalu coba sekali lagi dari tombolnya."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("Peran Anda tidak dapat melakukan ini."),
        str(exception or "")
        or _("Halaman ini ada di wilayah kerja Anda, tetapi tindakannya milik peran lain."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("Halaman ini tidak ada."),
        _("Mungkin alamatnya salah ketik, sudah dipindah, atau berada di luar wilayah kerja Anda."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        429,
        _("Terlalu banyak percobaan."),
        _("Tunggu beberapa menit, lalu coba lagi. Isian Anda di halaman lain tetap tersimpan."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or came from elsewhere."""
    return _page(
        request,
        403,
        _("Formulir ini sudah terlalu lama terbuka."),
        _(
            "Belum ada yang terkirim. Kembali, muat ulang halamannya, lalu kirim sekali lagi; "
            "pastikan kuki diizinkan."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request, since anything behind it may be what broke."""
    context = {
        "status": 500,
        "heading": _("Ada yang rusak di pihak kami."),
        "text": _("Ini bukan kesalahan Anda. Kejadiannya sudah tercatat. Coba lagi beberapa menit lagi."),
    }
    try:
        body: str = render_to_string("error.html", context)
    except Exception:
        log.exception("The error page itself could not be drawn.")
        body = f"{context['heading']} {context['text']}"
    return HttpResponse(body, status=500)


def _page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context: dict[str, Any] = {"status": status, "heading": heading, "text": text}
    return render(request, "error.html", context, status=status)
