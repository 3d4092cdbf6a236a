"""The report as a document: what its template is given, all of it from a sealed record.

Its words are Indonesian whatever the reader's language, and so are not marked for translation: an official report of
this kind is written in Indonesian, and signed as it stands.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from accounts.typesetting import Picture, qr_picture, typeset
from donations.handovers import document_parts
from donations.handovers.contents import Content
from donations.handovers.copies import small_copy
from donations.handovers.document_words import Handing, words_for
from donations.handovers.models import CODE_LENGTH, HandoverPhoto, HandoverSheet, Signing
from regions.notation import number, rupiah, when, words
from regions.queries import has_sample_data


def set_document(
    content: Content,
    digest: str,
    photos: Iterable[HandoverPhoto],
    url: str,
    sheets: Iterable[HandoverSheet] = (),
) -> bytes:
    """The PDF of a record; `url` is its public page. The same record gives the same bytes. Raises `NotSet`."""
    with override("id"):
        pictures, shown = _pictures(content, photos)
        pages, pages_shown = document_parts.sheets(content, sheets)
        data = {
            "about": _about(content, digest, url),
            "photos": shown,
            **_opening(content),
            **_parties(content),
            **_goods(content),
            **document_parts.sessions(content),
            "recipients": document_parts.recipients(content),
            **_ending(content, len(shown), len(pages_shown)),
            "annexes": document_parts.annexes(len(shown), len(pages_shown)),
            "sheets": pages_shown,
            "sheets_title": "Lampiran: lembar yang ditandatangani",
        }
    moment = datetime.fromisoformat(content["facts"]["submitted_at"])
    return typeset(
        "bast",
        data,
        moment=moment,
        pictures=(qr_picture(url), *document_parts.drawn(content), *pictures, *pages),
    )


def day_in_words(moment: datetime) -> str:
    """ "Senin, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam", in Jakarta's time."""
    day = timezone.localtime(moment)
    with override("id"):
        weekday = when(day, "weekday").partition(",")[0]
        month = when(day, "month_year_long").partition("\u00a0")[0]
        return f"{weekday}, tanggal {words(day.day)} bulan {month} tahun {words(day.year)}"


def _about(content: Content, digest: str, url: str) -> dict[str, Any]:
    facts = content["facts"]
    code = "-".join(facts["code"][i : i + 4] for i in range(0, CODE_LENGTH, 4))
    host = url.split("//", 1)[-1].split("/", 1)[0]
    return {
        "title": f"Berita Acara Serah Terima Nomor {facts['number']}",
        "language": "id",
        "code": code,
        # Part of the file alone: nobody finds a name by setting documents until the published fingerprint fits.
        "salt": content["salt"],
        "platform": "Kolaborasi Sosial Berskala Besar, Provinsi DKI Jakarta",
        "foot": f"BAST {facts['number']}, versi {number(facts['version'])}. Siapa pun dapat memeriksanya: "
        f"{host}/cek, kode {code}",
        "page": "halaman",
        "sample": "DATA CONTOH. Nama dan angka di dokumen ini karangan." if has_sample_data() else "",
        "qr_label": "Kode QR menuju halaman umum berita acara ini",
        "digest_label": "Sidik isi:",
        "digest": " ".join(digest[i : i + 4] for i in range(0, len(digest), 4)),
    }


def _opening(content: Content) -> dict[str, Any]:
    facts, named = content["facts"], content["words"]
    arrived, version = datetime.fromisoformat(facts["arrived_at"]), facts["version"]
    return {
        "heading": "BERITA ACARA SERAH TERIMA",
        "subheading": f"Bantuan Program KSBB {named['program']}",
        "number": f"Nomor: {facts['number']}",
        "version": f"Versi {number(version)} ({words(version)}): perbaikan, menggantikan versi sebelumnya"
        if version > 1
        else "",
        "opening": f"Pada hari ini, {day_in_words(arrived)}, pukul {when(arrived, 'clock')} WIB, bertempat di "
        f"{facts['place']}, {', '.join(named['where'])}, kami yang bertanda tangan di bawah ini:",
    }


def _parties(content: Content) -> dict[str, Any]:
    facts, named = content["facts"], content["words"]
    receiver, position = facts["receiver"]
    place = ", ".join(filter(None, [named["recipient"], named["address"], *named["where"][:2]]))
    # A person who gives brings it themselves; who stands for an organisation is written by hand.
    drawn = [name for role, name, _at, _strokes in facts.get("signatures", ()) if role == "deliverer"]
    if facts.get("signing") == Signing.SHEET:
        drawn = ["sebagaimana tercantum pada lembar yang ditandatangani"]
    by_hand = [] if named["is_person"] else [["Diwakili oleh", *(drawn or [""])]]
    first = [["Nama", named["executor"]], ["Selaku", named["executor_as"]], *by_hand]
    second = [["Nama", receiver], ["Jabatan", position], ["Bertindak untuk", place]]
    called = "selanjutnya disebut"
    return {
        "parties": [
            {"ordinal": "I.", "rows": first, "called": called, "name": "PIHAK PERTAMA"},
            {"ordinal": "II.", "rows": second, "called": called, "name": "PIHAK KEDUA"},
        ],
        "basis_title": "Dasar",
        "basis": _basis(content),
    }


def _basis(content: Content) -> list[str]:
    named = content["words"]
    lines = [named["lines"][str(line[0])] for line in content["facts"]["lines"]]
    # Each once, in the order of the goods.
    needs = dict.fromkeys(line["need"] for line in lines)
    pledges: dict[str, list[str]] = {}
    for line in lines:
        pledges.setdefault(f"{line['pledge']} tanggal {_day(line['pledged_at'])}", []).append(
            line["commitment"]
        )
    promised = [f"{pledge} ({', '.join(dict.fromkeys(parts))})" for pledge, parts in pledges.items()]
    return [
        f"Program KSBB {named['program']}, penanggung jawab {named['agency']};",
        f"Kebutuhan {', '.join(needs)} yang diterbitkan asesor untuk {named['recipient']};",
        f"Ikrar {', '.join(promised)};",
        words_for(content).basis.format(number=named["delivery"], day=_day(named["dispatched_at"])),
    ]


def _goods(content: Content) -> dict[str, Any]:
    say, named = words_for(content), content["words"]["lines"]
    rows = [
        _row(say, f"{place}.", named[str(pk)], sent, counts, document_parts.why(content, pk))
        for place, (pk, sent, *counts) in enumerate(content["facts"]["lines"], 1)
    ]
    return {
        "handing": say.handing,
        "columns": say.columns,
        "goods": [*rows, *_sum(content)],
    }


def _sum(content: Content) -> list[dict[str, Any]]:
    """What it is together, where the same aid comes from several commitments."""
    lines, named = content["facts"]["lines"], list(content["words"]["lines"].values())
    if len(lines) < 2 or len({(line["aid"], line["unit"]) for line in named}) > 1:
        return []
    _pks, sent, *counts = (sum(column) for column in zip(*lines, strict=True))
    return [_row(words_for(content), "", {**named[0], "aid": "Jumlah"}, sent, counts)]


def _row(
    say: Handing, place: str, named: Content, sent: int, counts: list[int], why: str = ""
) -> dict[str, Any]:
    written = rupiah if named["is_money"] else number
    unit = "rupiah" if named["is_money"] else named["unit"]
    good, damaged, missing = counts
    said = [f"{say.good} {words(good, unit)}"]
    said += [f"{say.damaged} {words(damaged, unit)}"] if damaged else []
    said += [f"{say.missing} {words(missing, unit)}"] if missing else []
    return {
        "cells": [place, named["aid"], unit, *(written(value) for value in (sent, *counts))],
        "words": f"Terbilang: {'; '.join(said)}.{why}",
    }


def _ending(content: Content, photos: int, sheets: int) -> dict[str, Any]:
    facts = content["facts"]
    witness, position = facts["witness"]
    say = words_for(content)
    statements = [say.seen, say.received]
    if any(damaged or missing for _pk, _sent, _good, damaged, missing in facts["lines"]):
        statements.append(say.short)
    if any(sent > sum(counts) for _pk, sent, *counts in facts["lines"]):
        statements.append(say.rest)
    return {
        "declaring": "Dengan Berita Acara ini para pihak menyatakan bahwa:",
        "statements": [f"{line};" for line in statements[:-1]] + [f"{statements[-1]}."],
        "closing": "Demikian Berita Acara Serah Terima ini dibuat dengan sebenarnya, untuk dipergunakan sebagaimana "
        "mestinya.",
        "signatures": _signatures(content),
        "signed": document_parts.signed_elsewhere(content, sheets),
        "no_witness": "" if witness else f"Tanpa saksi: {position}",
        "annex_title": "Lampiran: foto",
        "annex_note": f"Berita Acara Serah Terima Nomor {facts['number']}, {number(photos)} foto dari laporan penerima.",
    }


def _signatures(content: Content) -> list[dict[str, Any]]:
    """Who signs, in the order of the rows; a name that nobody typed is written by hand."""
    facts, named = content["facts"], content["words"]
    # On a sheet that is signed elsewhere nobody writes a name here.
    stands = named["is_person"] or facts.get("signing") == Signing.SHEET
    brought = (named["executor"], named["executor_as"]) if stands else ("", named["executor"])
    drawn = {role: (name, at) for role, name, at, _strokes in facts.get("signatures", ())}
    if not named["is_person"] and "deliverer" in drawn:
        brought = (drawn["deliverer"][0], named["executor"])
    signed = [
        ("receiver", "PIHAK KEDUA", "yang menerima", *facts["receiver"]),
        ("deliverer", "PIHAK PERTAMA", words_for(content).deliverer, *brought),
    ]
    if facts["witness"][0]:
        signed.append(("witness", "Saksi", "yang menyaksikan", *facts["witness"]))
    found = [
        {"role": role, "sub": sub, "name": name, "position": position, "number": False,
         **document_parts.signature(who, drawn)}
        for who, role, sub, name, position in signed
    ]  # fmt: skip
    if named["head"]:
        found.append(
            {
                "role": "Mengetahui",
                "sub": named["head"],
                "name": "",
                "position": "NIP ",
                "number": True,
                "drawn": "",
            }
        )
    return found


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
        label = f"Foto {place}"
        written = f"{label}. {caption}" if caption else label
        shown.append({"file": picture.name, "alt": caption or label, "caption": written})
    return pictures, shown


def _day(moment: str | None) -> str:
    return when(timezone.localtime(datetime.fromisoformat(moment)).date(), "day") if moment else "–"
