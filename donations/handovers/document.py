"""The report as a document: what its template is given, all of it from a sealed record. Always in Indonesian."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.typesetting import Picture, qr_picture, typeset
from donations.handovers.contents import Content
from donations.handovers.copies import small_copy
from donations.handovers.models import CODE_LENGTH, HandoverPhoto
from regions.notation import number, rupiah, when, words
from regions.queries import has_sample_data


def set_document(content: Content, digest: str, photos: Iterable[HandoverPhoto], url: str) -> bytes:
    """The PDF of a record; `url` is its public page. The same record gives the same bytes. Raises `NotSet`."""
    with override("id"):
        pictures, shown = _pictures(content, photos)
        data = {
            "about": _about(content, digest, url),
            "photos": shown,
            **_opening(content),
            **_parties(content),
            **_goods(content),
            **_ending(content, len(shown)),
        }
    moment = datetime.fromisoformat(content["facts"]["submitted_at"])
    return typeset("bast", data, moment=moment, pictures=(qr_picture(url), *pictures))


def day_in_words(moment: datetime) -> str:
    """ "Senin, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam", in Jakarta's time."""
    day = timezone.localtime(moment)
    with override("id"):
        weekday, *_rest = when(day, "weekday").partition(",")
        month = when(day, "month_year_long").split("\u00a0")[0]
        return _("%(weekday)s, tanggal %(day)s bulan %(month)s tahun %(year)s") % {
            "weekday": weekday, "day": words(day.day), "month": month, "year": words(day.year),
        }  # fmt: skip


def _about(content: Content, digest: str, url: str) -> dict[str, Any]:
    facts = content["facts"]
    code = "-".join(facts["code"][i : i + 4] for i in range(0, CODE_LENGTH, 4))
    host = url.split("//", 1)[-1].split("/", 1)[0]
    version = _("versi %(n)s") % {"n": number(facts["version"])}
    return {
        "title": _("Berita Acara Serah Terima Nomor %(number)s") % {"number": facts["number"]},
        "language": "id",
        "code": code,
        # Part of the file alone: nobody finds a name by setting documents until the published fingerprint fits.
        "salt": content["salt"],
        "platform": _("Kolaborasi Sosial Berskala Besar, Provinsi DKI Jakarta"),
        "foot": _("BAST %(number)s, %(version)s. Siapa pun dapat memeriksanya: %(host)s/cek, kode %(code)s")
        % {"number": facts["number"], "version": version, "host": host, "code": code},
        "page": _("halaman"),
        "sample": _("DATA CONTOH. Nama dan angka di dokumen ini karangan.") if has_sample_data() else "",
        "qr_label": _("Kode QR menuju halaman umum berita acara ini"),
        "digest_label": _("Sidik isi:"),
        "digest": " ".join(digest[i : i + 8] for i in range(0, len(digest), 8)),
    }  # fmt: skip


def _opening(content: Content) -> dict[str, Any]:
    facts, named = content["facts"], content["words"]
    arrived = datetime.fromisoformat(facts["arrived_at"])
    return {
        "heading": _("BERITA ACARA SERAH TERIMA"),
        "subheading": _("Bantuan Program KSBB %(program)s") % {"program": named["program"]},
        "number": _("Nomor: %(number)s") % {"number": facts["number"]},
        "version": _("Versi %(n)s (%(words)s): perbaikan, menggantikan versi sebelumnya dengan nomor yang sama")
        % {"n": number(facts["version"]), "words": words(facts["version"])}
        if facts["version"] > 1
        else "",
        "opening": _("Pada hari ini, %(day)s, pukul %(time)s WIB, bertempat di %(place)s, %(where)s, kami yang "
                     "bertanda tangan di bawah ini:")
        % {
            "day": day_in_words(arrived), "time": when(arrived, "clock"), "place": facts["place"],
            "where": ", ".join(named["where"]),
        },
    }  # fmt: skip


def _parties(content: Content) -> dict[str, Any]:
    facts, named = content["facts"], content["words"]
    receiver, position = facts["receiver"]
    place = ", ".join(filter(None, [named["address"], *named["where"][:2]]))
    return {
        "parties": [
            {
                "ordinal": "I.",
                "rows": [
                    [_("Nama"), named["executor"]],
                    [_("Selaku"), named["executor_as"]],
                    [_("Diwakili oleh"), ""],
                ],
                "called": _("selanjutnya disebut"),
                "name": _("PIHAK PERTAMA"),
            },
            {
                "ordinal": "II.",
                "rows": [
                    [_("Nama"), receiver],
                    [_("Jabatan"), position],
                    [_("Untuk"), f"{named['recipient']}, {place}" if place else named["recipient"]],
                ],
                "called": _("selanjutnya disebut"),
                "name": _("PIHAK KEDUA"),
            },
        ],
        "basis_title": _("Dasar"),
        "basis": _basis(content),
    }  # fmt: skip


def _basis(content: Content) -> list[str]:
    named = content["words"]
    lines = [named["lines"][str(line[0])] for line in content["facts"]["lines"]]
    # Each once, in the order of the goods.
    needs = dict.fromkeys(line["need"] for line in lines)
    pledges = dict.fromkeys(
        _("%(pledge)s tanggal %(day)s (%(commitment)s)")
        % {"pledge": line["pledge"], "day": _day(line["pledged_at"]), "commitment": line["commitment"]}
        for line in lines
    )
    sent = named["dispatched_at"]
    return [
        _("Program KSBB %(program)s, penanggung jawab %(agency)s;")
        % {"program": named["program"], "agency": named["agency"]},
        _("Kebutuhan %(needs)s yang diterbitkan asesor untuk %(recipient)s;")
        % {"needs": ", ".join(needs), "recipient": named["recipient"]},
        _("Ikrar %(pledges)s;") % {"pledges": ", ".join(pledges)},
        _("Pengiriman %(delivery)s, berangkat tanggal %(day)s.")
        % {"delivery": named["delivery"], "day": _day(sent)},
    ]


def _goods(content: Content) -> dict[str, Any]:
    rows = [
        _row(f"{place}.", content["words"]["lines"][str(pk)], sent, counts)
        for place, (pk, sent, *counts) in enumerate(content["facts"]["lines"], 1)
    ]
    return {
        "handing": _("PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK PERTAMA, bantuan "
                     "yang dikirim dan dihitung sebagai berikut:"),
        "columns": [_("No."), _("Jenis bantuan"), _("Satuan"), _("Dikirim"), _("Baik"), _("Rusak"), _("Tidak ada")],
        "goods": [*rows, *_sum(content)],
    }  # fmt: skip


def _sum(content: Content) -> list[dict[str, Any]]:
    """What it is together, where the same aid comes from several commitments."""
    lines, named = content["facts"]["lines"], list(content["words"]["lines"].values())
    if len(lines) < 2 or len({(line["aid"], line["unit"]) for line in named}) > 1:
        return []
    _pks, sent, *counts = (sum(column) for column in zip(*lines, strict=True))
    return [_row("", {**named[0], "aid": _("Jumlah")}, sent, counts)]


def _row(place: str, named: Content, sent: int, counts: list[int]) -> dict[str, Any]:
    def figure(value: int) -> str:
        return rupiah(value) if named["is_money"] else number(value)

    unit = "rupiah" if named["is_money"] else named["unit"]
    labels = (_("diterima baik"), _("rusak"), _("tidak ada"))
    said = [
        f"{label} {words(count, unit)}"
        for label, count in zip(labels, counts, strict=True)
        if count or label == labels[0]
    ]
    return {
        "cells": [place, named["aid"], unit, figure(sent), *(figure(count) for count in counts)],
        "words": _("Terbilang: %(words)s.") % {"words": "; ".join(said)},
    }


def _ending(content: Content, photos: int) -> dict[str, Any]:
    facts = content["facts"]
    witness, position = facts["witness"]
    short = any(damaged or missing for _pk, _sent, _good, damaged, missing in facts["lines"])
    rest = any(sent > sum(counts) for _pk, sent, *counts in facts["lines"])
    return {
        "statements": [
            _("Jumlah, foto, dan keterangan dalam Berita Acara ini sesuai dengan yang dilihat dan dihitung sendiri oleh "
              "PIHAK KEDUA ketika bantuan tiba."),
            _("Yang diterima PIHAK KEDUA hanya jumlah pada kolom Baik."),
            *([_("Yang rusak atau tidak ada bukan bagian dari yang diterima, dan diselesaikan tersendiri: dikirim ulang, "
                 "atau dilepas kembali ke kebutuhannya.")] if short else []),
            *([_("Jumlah yang dikirim dan tidak tercantum pada kolom mana pun dicatat dalam berita acara lain untuk "
                 "pengiriman yang sama.")] if rest else []),
        ],
        "closing": _("Demikian Berita Acara Serah Terima ini dibuat dengan sebenarnya, untuk dipergunakan sebagaimana "
                     "mestinya."),
        "signatures": _signatures(content),
        "no_witness": "" if witness else _("Tanpa saksi: %(why)s") % {"why": position},
        "annex_title": _("Lampiran: foto"),
        "annex_note": _("Berita Acara Serah Terima Nomor %(number)s, %(count)s foto dari laporan penerima.")
        % {"number": facts["number"], "count": number(photos)},
    }  # fmt: skip


def _signatures(content: Content) -> list[dict[str, Any]]:
    """Who signs, in the order of the rows; a name that nobody typed is written by hand."""
    named = content["words"]
    receiver, witness = content["facts"]["receiver"], content["facts"]["witness"]
    found = [
        (_("PIHAK KEDUA"), _("yang menerima"), *receiver),
        (_("PIHAK PERTAMA"), _("yang menyerahkan"), "", named["executor"]),
    ]
    if witness[0]:
        found.append((_("Saksi"), _("yang menyaksikan"), *witness))
    signed = [
        {"role": role, "sub": sub, "name": name, "position": position, "number": False}
        for role, sub, name, position in found
    ]
    if named["head"]:
        signed.append(
            {"role": _("Mengetahui"), "sub": named["head"], "name": "", "position": _("NIP "), "number": True}
        )
    return signed


def _pictures(
    content: Content, photos: Iterable[HandoverPhoto]
) -> tuple[list[Picture], list[dict[str, str]]]:
    """Those of this version, in their order; one whose file is gone since is left out."""
    kept = {photo.pk: photo for photo in photos}
    pictures, shown = [], []
    for place, (pk, _hash, caption) in enumerate(content["facts"]["photos"], 1):
        try:
            picture = Picture(f"photo{place}.jpg", small_copy(kept[pk]))
        except (KeyError, FileNotFoundError):
            continue
        pictures.append(picture)
        label = _("Foto %(n)s") % {"n": number(place)}
        shown.append(
            {
                "file": picture.name,
                "alt": caption or label,
                "caption": f"{label}. {caption}" if caption else label,
            }
        )
    return pictures, shown


def _day(moment: str | None) -> str:
    return when(timezone.localtime(datetime.fromisoformat(moment)).date(), "day") if moment else "–"
