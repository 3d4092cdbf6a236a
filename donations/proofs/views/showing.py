"""What every page of a document shows, in the reader's language, and its file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.proofs import papers
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.figures import Figures
from programs.models import AidType, Program
from programs.wording import figure_of, quantity_in_unit, quantity_of
from regions.notation import number, percent, rupiah, rupiah_short


def shown(proof: Proof, figures: Figures | None = None) -> dict[str, Any]:
    """The figures of a document as it was issued (or those given), ready for templates/proofs/figures.html."""
    figures = proof.figures if figures is None else figures
    makers = {ProofKind.CERTIFICATE: _certificate, ProofKind.REPORT: _report, ProofKind.LETTER: _letter}
    return {"proof": proof, "title": papers.title_of(proof), **makers[ProofKind(proof.kind)](proof, figures)}


def file_response(proof: Proof, cache_control: str = "private, no-store") -> HttpResponse:
    """The PDF; 404 where there is none (not made yet, or its giver's account was erased)."""
    if not proof.file:
        raise Http404
    try:
        with proof.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ksbb-{proof.kind}-{proof.code}.pdf"'
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response


def photos_of(proof: Proof) -> list[dict[str, Any]]:
    """Its photos that are still in the gallery, each leading to its report."""
    return [
        {
            "url": reverse("gallery_photo", args=[photo.pk]),
            "alt": photo.caption or _("Foto dari %(where)s") % {"where": photo.handover.recipient_name},
            "caption": photo.handover.recipient_name,
            "href": photo.handover.get_absolute_url(),
            "width": photo.width,
            "height": photo.height,
        }
        for photo in papers.proof_photos(proof.figures)
    ]


def _certificate(proof: Proof, figures: Figures) -> dict[str, Any]:
    assert proof.commitment is not None
    aid = proof.commitment.aid_type
    promised, received, verified = (figures[name] for name in ("promised", "received", "verified"))
    return {
        "lead": quantity_of(aid, verified),
        "lead_label": _("terverifikasi dari %(promised)s yang diikrarkan (%(share)s)")
        % {"promised": quantity_in_unit(aid, promised), "share": percent(verified, promised, 0)},
        "items": [
            {"value": figure_of(aid, promised), "label": _("diikrarkan"), "swatch": "target"},
            {"value": figure_of(aid, received), "label": _("diterima baik"), "swatch": "d"},
            {"value": figure_of(aid, verified), "label": _("terverifikasi"), "swatch": "v"},
            {"value": papers.people_text(figures["people"]), "label": _("dijangkau")},
        ],
        "rows": _rows(figures, {aid.pk: aid}),
    }


def _report(proof: Proof, figures: Figures) -> dict[str, Any]:
    aids = AidType.objects.in_bulk({row["aid_type"] for row in [*figures["programs"], *figures["rows"]]})
    programs = Program.objects.in_bulk({row["program"] for row in figures["programs"]})
    return {
        "lead": rupiah_short(figures["verified_value"]),
        "lead_label": _("terverifikasi dari %(received)s yang diterima baik (%(share)s)")
        % {
            "received": rupiah_short(figures["received_value"]),
            "share": percent(figures["verified_value"], figures["received_value"], 0) or "–",
        },
        "items": [{"value": item["value"], "label": item["label"]} for item in papers.report_items(figures)],
        "people": papers.people_text(figures["people"]),
        "programs": [
            {
                "program": programs[row["program"]],
                "aid": aids[row["aid_type"]].title,
                "promised": quantity_in_unit(aids[row["aid_type"]], row["promised"]),
                "received": figure_of(aids[row["aid_type"]], row["received"]),
                "verified": figure_of(aids[row["aid_type"]], row["verified"]),
            }
            for row in figures["programs"]
        ],
        "places": [
            {**row, "received": rupiah(row["received_value"]), "verified": rupiah(row["verified_value"])}
            for row in figures["places"]
        ],
        "rows": _rows(figures, aids),
        "more_rows": number(figures["more_rows"]) if figures["more_rows"] else "",
    }


def _letter(proof: Proof, figures: Figures) -> dict[str, Any]:
    aids = AidType.objects.in_bulk(figures["aid_types"])
    said = [
        quantity_of(aids[aid], quantity)
        for aid, quantity in zip(figures["aid_types"], figures["quantities"], strict=True)
    ]
    return {"lead": "; ".join(said), "lead_label": _("diikrarkan"), "items": [], "rows": []}


def _rows(figures: Figures, aids: dict[int, AidType]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "href": reverse("bast", args=[row["code"]]),
            "arrived": date.fromisoformat(row["day"]),
            "quantity": quantity_in_unit(aids[row["aid_type"]], row["good"]),
        }
        for row in figures["rows"]
    ]
