"""What the templates of documents are given: every word and figure as text, in the document's language."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from accounts import clock
from accounts.typesetting import Picture, qr_picture, typeset
from donations.handovers.copies import small_copy
from donations.handovers.models import HandoverPhoto
from donations.pledges.models import Commitment, Pledge, PledgeDraftLine
from donations.pledges.wording import statement
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.figures import Figures
from programs.models import AidKind, AidType, PeopleKind, Program
from programs.wording import figure_of, quantity_in_unit, quantity_of
from regions.notation import number, percent, rupiah, rupiah_short, when
from regions.queries import has_sample_data

Cells = list[list[str]]


def set_paper(proof: Proof, figures: Figures, giver: str, moment: datetime) -> bytes:
    """The PDF of a document that says these figures. Raises `NotSet`."""
    makers = {ProofKind.LETTER: _letter, ProofKind.CERTIFICATE: _certificate, ProofKind.REPORT: _report}
    data, pictures = makers[ProofKind(proof.kind)](proof, figures, giver, moment)
    return typeset(proof.kind, data, moment=moment, pictures=(qr_picture(proof.check_url), *pictures))


def title_of(proof: Proof) -> str:
    """In the active language."""
    if proof.kind == ProofKind.REPORT:
        return _("Laporan dampak %(year)s") % {"year": proof.year}
    if proof.kind == ProofKind.CERTIFICATE:
        return _("Piagam bantuan")
    return _("Surat pernyataan ikrar bantuan")


def _about(proof: Proof, moment: datetime) -> dict[str, str]:
    host = proof.check_url.split("//", 1)[-1].split("/", 1)[0]
    return {
        "title": title_of(proof),
        "language": proof.language,
        "code": proof.code_in_groups,
        "number": f"{proof.reference} · {when(moment, 'day')}",
        "platform": _("Kolaborasi Sosial Berskala Besar, Provinsi DKI Jakarta"),
        "foot": _("Periksa di %(host)s/cek, kode %(code)s") % {"host": host, "code": proof.code_in_groups},
        "page": _("halaman"),
        "sample": _("DATA CONTOH. Nama dan angka di dokumen ini karangan.") if has_sample_data() else "",
        "check": _("Siapa pun dapat memeriksa dokumen ini. Pindai, atau tulis kodenya:"),
        "check_url": proof.check_url,
        "qr_label": _("Kode QR menuju halaman pemeriksaan dokumen ini"),
    }


def _certificate(
    proof: Proof, figures: Figures, giver: str, moment: datetime
) -> tuple[dict[str, Any], list[Picture]]:
    assert proof.commitment is not None
    commitment = proof.commitment
    aid = commitment.aid_type
    pictures, photos = _pictures(proof_photos(figures))
    promised, received, verified = (figures[name] for name in ("promised", "received", "verified"))
    places = [
        [
            row["recipient"],
            row["place"],
            f"{row['bast']}, {_day(row['day'])}",
            figure_of(aid, row["good"]),
            _checked(row),
        ]
        for row in figures["rows"]
    ]
    data = {
        "about": _about(proof, moment),
        "given_to": _("Diberikan kepada"),
        "giver": giver,
        "sentence": (
            _("Seluruh %(promised)s yang diikrarkan sudah diterima baik oleh penerimanya dan diperiksa petugas yang "
              "bukan pelapornya.")
            if promised == verified
            else _(
                "Dari %(promised)s yang diikrarkan, %(received)s sudah diterima baik oleh penerimanya, dan "
                "%(verified)s di antaranya sudah diperiksa petugas yang bukan pelapornya."
            )
        )
        % {
            "promised": quantity_of(aid, promised),
            "received": quantity_in_unit(aid, received),
            "verified": quantity_in_unit(aid, verified),
        },
        "figures": [
            {"value": figure_of(aid, promised), "label": _("diikrarkan")},
            {"value": figure_of(aid, received), "label": _("diterima baik"), "good": True},
            {"value": figure_of(aid, verified), "label": _("terverifikasi"), "good": True},
            {"value": percent(verified, promised, 0) or "–", "label": _("bagian yang terverifikasi")},
        ],
        "bar": _bar(verified, received, promised),
        "facts_title": _("Bantuan"),
        "facts": _certificate_facts(commitment, figures),
        "places_title": _("Sampai di mana"),
        "places": {
            "columns": [
                _column(_("Penerima")), _column(_("Kecamatan")), _column(_("Berita acara")),
                _column(_("Diterima baik"), number=True), _column(_("Diperiksa")),
            ],
            "rows": places,
        },
        "proofs": _("Setiap berita acara dapat dibaca umum di platform, dengan nomornya."),
        "photos": photos,
        "closing": _closing(moment),
    }  # fmt: skip
    return data, pictures


def _certificate_facts(commitment: Commitment, figures: Figures) -> list[dict[str, str]]:
    rows = [
        {"label": _("Komitmen"), "value": f"{commitment.number}, {commitment.aid_type.title}"},
        {"label": _("Program"), "value": f"KSBB {commitment.program.title}"},
        {"label": _("Sumber dana"), "value": str(commitment.get_source_display())},
        {"label": _("Menjangkau"), "value": people_text(figures["people"])},
    ]
    if figures["value"] is not None:
        rows.append({
            "label": _("Nilai yang terverifikasi"), "value": rupiah(figures["value"]),
            "sub": _("menurut nilai acuan ketika diikrarkan")
            if commitment.aid_type.kind != AidKind.MONEY else "",
        })  # fmt: skip
    if commitment.aggregator is not None:
        rows.append(
            {"label": _("Melalui"), "value": commitment.aggregator.name, "sub": commitment.permit_text}
        )
    return rows


def _report(
    proof: Proof, figures: Figures, giver: str, moment: datetime
) -> tuple[dict[str, Any], list[Picture]]:
    programs = Program.objects.in_bulk(field_name="code")
    aids = AidType.objects.in_bulk(_aid_types(figures))
    photos = list(proof_photos(figures))
    pictures, shown = _pictures(photos)
    logo = _logo(proof)
    data = {
        "about": _about(proof, moment),
        "logo": logo.name if logo else "",
        "logo_label": _("Logo %(name)s") % {"name": giver},
        "sentence": report_sentence(giver, figures),
        "figures": [{**item, "good": "arrived" in item} for item in report_items(figures)],
        "bar": _bar(figures["verified_value"], figures["received_value"], figures["received_value"], of_received=True),
        "note": _("Nilai menurut nilai acuan ketika diikrarkan. Satu keluarga dapat terhitung lebih dari sekali.")
        + (" " + _("Hanya ikrar yang pemberinya boleh disebut.") if proof.named_only else ""),
        "programs_title": _("Menurut program dan bentuk bantuan"),
        "programs": {
            "columns": [
                _column(_("Bentuk bantuan")), _column(_("Program")), _column(_("Diikrarkan"), number=True),
                _column(_("Diterima baik"), number=True), _column(_("Terverifikasi"), number=True),
            ],
            "rows": [
                [aid.title, programs[row["program"]].title, quantity_in_unit(aid, row["promised"]),
                 figure_of(aid, row["received"]), figure_of(aid, row["verified"])]
                for row in figures["programs"] for aid in (aids[row["aid_type"]],)
            ],
        },
        "places_title": _("Menurut tempat"),
        "places": {
            "columns": [
                _column(_("Kecamatan")), _column(_("Penerima"), number=True),
                _column(_("Diterima baik"), number=True), _column(_("Terverifikasi"), number=True),
            ],
            "rows": [
                [row["place"] or "–", number(row["recipients"]),
                 rupiah(row["received_value"]), rupiah(row["verified_value"])]
                for row in figures["places"]
            ],
        },
        "photos_title": _("Foto"),
        "photos_note": _("Foto dari berita acara yang sudah diperiksa, dan sudah dilihat petugas sebelum tampil."),
        "photos": shown,
        "rows_title": _("Berita acara satu per satu"),
        "rows": {
            "columns": [
                _column(_("Penerima")), _column(_("Berita acara")), _column(_("Tanggal")),
                _column(_("Diterima baik"), number=True), _column(_("Diperiksa")),
            ],
            "rows": [
                [f"{row['recipient']}, {row['place']}", row["bast"], _day(row["day"], "day_short"),
                 quantity_in_unit(aids[row["aid_type"]], row["good"]), _checked(row)]
                for row in figures["rows"]
            ],
        },
        "closing": " ".join(filter(None, [_more(figures), _closing(moment)])),
    }  # fmt: skip
    return data, [*pictures, *([logo] if logo else [])]


def report_sentence(giver: str, figures: Figures) -> str:
    """The first sentence of a report, on paper and on its page."""
    return _(
        "Pada %(year)s bantuan dari %(giver)s sampai di %(recipients)s penerima di Jakarta, dibuktikan %(handovers)s "
        "berita acara; %(checked)s di antaranya sudah diperiksa petugas yang bukan pelapornya."
    ) % {
        "year": figures["year"],
        "giver": giver,
        "recipients": number(figures["recipients"]),
        "handovers": number(figures["handovers"]),
        "checked": number(figures["handovers_verified"]),
    }


def report_items(figures: Figures) -> list[dict[str, str]]:
    """The leading figures of a report."""
    families = next((one["count"] for one in figures["people"] if one["kind"] == PeopleKind.FAMILIES), 0)
    return [
        {"value": rupiah_short(figures["promised_value"]), "label": _("diikrarkan dan diterima asesor")},
        {"value": rupiah_short(figures["received_value"]), "label": _("diterima baik"), "arrived": "1"},
        {"value": rupiah_short(figures["verified_value"]), "label": _("terverifikasi"), "arrived": "1"},
        {"value": number(families), "label": _("keluarga dijangkau")},
    ]


def people_text(people: Iterable[dict[str, Any]]) -> str:
    """ "640 keluarga, 32 guru"."""
    parts = [f"{number(one['count'])} {PeopleKind(one['kind']).label}" for one in people]
    return ", ".join(parts) or "–"


def proof_photos(figures: Figures) -> Iterable[HandoverPhoto]:
    """The photos of a document that are still cleared, in its order."""
    found = HandoverPhoto.objects.cleared().select_related(
        "handover__delivery__region", "handover__delivery__site"
    )
    photos = found.in_bulk(figures.get("photos", []))
    return [photos[pk] for pk in figures.get("photos", []) if pk in photos]


def _pictures(photos: Iterable[HandoverPhoto]) -> tuple[list[Picture], list[dict[str, str]]]:
    pictures, shown = [], []
    for place, photo in enumerate(photos):
        try:
            picture = Picture(f"photo{place}.jpg", small_copy(photo))
        except FileNotFoundError:
            continue
        pictures.append(picture)
        caption = f"{photo.handover.recipient_name} · BAST {photo.handover.number}"
        shown.append({"file": picture.name, "alt": photo.caption or caption, "caption": caption})
    return pictures, shown


def _logo(proof: Proof) -> Picture | None:
    if not proof.organisation.logo:
        return None
    try:
        with proof.organisation.logo.open("rb") as stream:
            return Picture("logo.png", stream.read())
    except FileNotFoundError:
        return None


def _letter(
    proof: Proof, figures: Figures, giver: str, moment: datetime
) -> tuple[dict[str, Any], list[Picture]]:
    """Indonesian first, English beside it; one of the two is what was agreed to, the other is read from the ledger."""
    pledge = proof.pledge
    assert pledge is not None
    agreed = pledge.statement_language or "id"
    other = reading(pledge, "en" if agreed == "id" else "id")
    pairs = list(zip_longest(_paragraphs(pledge.statement), other, fillvalue=""))
    data = {
        "about": _about(proof, moment),
        "second_language": "en",
        "paragraphs": pairs if agreed == "id" else [(second, first) for first, second in pairs],
        "agreed_title": _("Persetujuan elektronik"),
        "agreed": [
            {"label": _("Disetujui oleh"), "value": str(pledge.submitted_by or giver), "sub": giver},
            {"label": _("Pada"), "value": when(pledge.agreed_at or pledge.submitted_at)},
            {"label": _("Ikrar"), "value": ", ".join([pledge.number, *figures["commitments"]])},
            {"label": _("Bunyi surat"), "value": pledge.statement_version or "–"},
        ],
        "closing": _("Surat ini disetujui secara elektronik di platform KSBB; tanda tangan basah tidak diperlukan.")
        + " "
        + (
            _("Yang disetujui teks bahasa Indonesia; bahasa Inggris di sampingnya terjemahan.")
            if agreed == "id"
            else _("Yang disetujui teks bahasa Inggris; bahasa Indonesia di sampingnya terjemahan.")
        ),
    }  # fmt: skip
    return data, []


def reading(pledge: Pledge, language: str) -> list[str]:
    """The letter of a pledge in a language, composed anew of what the ledger keeps of it."""
    draft = _as_draft(pledge)
    if draft is None:
        return []
    with override(language), clock.at(pledge.agreed_at or pledge.submitted_at):
        return _paragraphs(statement(draft, pledge.collaborator, draft.permit))


def _paragraphs(text: str) -> list[str]:
    """Without its heading, which the document has already."""
    first, *rest = text.split("\n\n")
    return rest if first.isupper() else [first, *rest]


def _as_draft(pledge: Pledge) -> Any:
    """What the letter's words read of a draft, as the commitments keep it."""
    commitments = list(
        pledge.commitments.select_related("aid_type", "region", "site", "aggregator", "permit")
        .prefetch_related("allocations__need__site", "allocations__need__region")
        .order_by("pk")
    )
    if not commitments:
        return None
    lines = [_as_line(one) for one in commitments]
    first, line = commitments[0], lines[0]
    draft = getattr(pledge, "draft", None)
    return SimpleNamespace(
        need=line.need, aid_type=line.aid_type, quantity=line.quantity, value=line.value, aim_name=line.aim_name,
        is_offer=line.is_offer, promised=lambda: lines, may_be_named=pledge.may_be_named, route=first.route,
        aggregator=first.aggregator, permit=first.permit, schedule=first.schedule, source=first.source,
        repeat=draft.repeat if draft else "",
    )  # fmt: skip


def _as_line(commitment: Commitment) -> PledgeDraftLine:
    allocations = list(commitment.allocations.all())
    need = allocations[0].need if allocations else None
    return PledgeDraftLine(
        need=need, aid_type=commitment.aid_type, quantity=commitment.quantity,
        region=None if need else commitment.region, site=None if need else commitment.site,
        is_offer=commitment.is_offer and need is None,
    )  # fmt: skip


def _bar(verified: int, received: int, whole: int, *, of_received: bool = False) -> dict[str, Any]:
    share = percent(verified, whole, 0) or "0%"
    label = (
        _("%(share)s dari yang diterima baik sudah terverifikasi") % {"share": share}
        if of_received
        else _("%(share)s dari yang diikrarkan sudah terverifikasi") % {"share": share}
    )
    return {"label": label, "verified": verified, "received": received, "whole": whole}


def _aid_types(figures: Figures) -> set[int]:
    return {row["aid_type"] for row in [*figures["programs"], *figures["rows"]]}


def _column(label: str, *, number: bool = False) -> dict[str, Any]:
    return {"label": label, "number": number}


def _checked(row: dict[str, Any]) -> str:
    return _("sudah") if row["verified"] else pgettext("check", "belum")


def _day(iso: str, style: str = "day") -> str:
    return when(date.fromisoformat(iso), style)


def _more(figures: Figures) -> str:
    more = figures["more_rows"]
    return (
        _("Dan %(count)s baris lagi, semuanya terhitung di atas.") % {"count": number(more)} if more else ""
    )


def _closing(moment: datetime) -> str:
    return _(
        "Diterbitkan platform dari catatannya pada %(moment)s. Angkanya dapat bertambah; halaman pemeriksaan mengatakan "
        "yang berlaku sekarang."
    ) % {"moment": when(moment)}
