"""A document that its giver shared, and the check of any document, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donations.handovers.models import Handover
from donations.handovers.queries import code_of, look_up
from donations.proofs.forms import FileForm
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.check import Compared, compared, find, latest_of, standing
from donations.proofs.queries.reports import checked_report, code_of_file, report_with
from donations.proofs.views.showing import file_response, photos_of, shown
from programs.wording import figure_of
from regions.notation import number, rupiah
from regions.public_version import known_parameters, public_page


@login_not_required
@require_safe
@public_page
def shared_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The page that a giver shares: what, where, for how many, photos, how much of it was checked."""
    proof = _shared(code)
    context = {
        **shown(proof),
        "photos": photos_of(proof),
        "has_file": bool(proof.file) and proof.shows_only_cleared_photos,
        "check_url": request.build_absolute_uri(reverse("check_proof", args=[proof.code])),
        "latest": _shared_latest(proof),
    }
    return _unlisted(render(request, "proofs/shared.html", context))


@login_not_required
@require_safe
def shared_proof_file(request: HttpRequest, code: str) -> HttpResponse:
    """Its PDF, unless a photo in it was taken out of the gallery since."""
    proof = _shared(code)
    if not proof.shows_only_cleared_photos:
        raise Http404
    return _unlisted(file_response(proof, "public, max-age=300"))


@login_not_required
@require_safe
@public_page
@known_parameters("kode")
def check(request: HttpRequest) -> HttpResponse:
    """Type or scan a code; one of a handover report leads to that report."""
    text = request.GET.get("kode", "").replace("\x00", "")[:100]
    if proof := find(text) if text.strip() else None:
        return redirect("check_proof", code=proof.code)
    if report := look_up(text) if text.strip() else None:
        return redirect(report)
    missed = "kode" in request.GET
    return render(
        request,
        "proofs/check.html",
        {"text": text, "missed": missed, "form": FileForm()},
        status=404 if missed else 200,
    )


@login_not_required
@require_safe
@public_page
def check_proof(request: HttpRequest, code: str) -> HttpResponse:
    """What the document with this code said, and whether that still holds."""
    if (kept := code_of(code)) != code:
        return redirect("check_proof", code=kept)
    return _page(request, code)


# Nothing is kept or changed, so nobody can be made to send it; and a visitor's page stays without a cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_POST
def check_file(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a file is the one that was issued."""
    return _page(request, code, FileForm(request.POST, request.FILES))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check_any_file(request: HttpRequest) -> HttpResponse:
    """Which document a file is, if it is one of ours, without its code."""
    if request.method == "GET":
        # Somebody who changed the language of the answer.
        return redirect("check")
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and (code := code_of_file(form.fingerprint)):
        return _page(request, code, form)
    context = {"form": form, "unknown_file": form.is_valid()}
    return render(request, "proofs/check.html", context, status=422 if form.errors else 404)


def _page(request: HttpRequest, code: str, form: FileForm | None = None) -> HttpResponse:
    """What is known of the document with this code, and of a file that was sent with it."""
    sent = form.fingerprint if form is not None and form.is_valid() else ""
    status = 422 if form is not None and form.errors else 200
    proof = find(code)
    if proof is None:
        report = report_with(code)
        if report is None:
            raise Http404
        context = _checked_report(report, sent)
        template = "proofs/check_report.html"
    else:
        context = {**_checked(proof), "same": sent == proof.sha256 if sent else None}
        template = "proofs/check_proof.html"
    context |= {"form": form or FileForm(), "code": code}
    return _unlisted(render(request, template, context, status=status))


def _checked_report(handover: Handover, sent: str) -> dict[str, Any]:
    found = checked_report(handover)
    mark, title, text = found.standing
    same = next((record for record in found.records if sent and record.sha256 == sent), None)
    return {
        "handover": handover, "record": found.record, "rows": found.rows, "mark": mark, "title": title, "text": text,
        "same": bool(same) if sent else None, "older": same if same and same != found.record else None,
    }  # fmt: skip


def _checked(proof: Proof) -> dict[str, Any]:
    rows = compared(proof)
    mark, sentence = standing(rows)
    return {
        "proof": proof,
        **shown(proof),
        "giver": proof.giver if proof.is_nameable else "",
        "compared": [_said(proof, row) for row in rows],
        "mark": mark,
        "sentence": sentence,
        "latest": latest_of(proof),
    }


def _said(proof: Proof, row: Compared) -> dict[str, Any]:
    return {"label": row.label, "then": _write(proof, row.name, row.then), "now": _write(proof, row.name, row.now),
            "same": row.same, "less": row.is_less}  # fmt: skip


def _write(proof: Proof, name: str, value: Any) -> str:
    if proof.kind == ProofKind.LETTER:
        return "; ".join(number(one) for one in value or [])
    if proof.commitment is not None:
        return figure_of(proof.commitment.aid_type, value)
    return rupiah(value) if name.endswith("_value") else number(value)


def _shared(code: str) -> Proof:
    found = Proof.objects.shared().select_related(
        "organisation", "commitment__pledge", "commitment__aid_type", "commitment__program"
    )
    proof = get_object_or_404(found, code=code)
    # Who took back the leave to be named is not shown, whatever was shared before.
    if not proof.is_nameable:
        raise Http404
    return proof


def _shared_latest(proof: Proof) -> Proof | None:
    latest = latest_of(proof)
    return latest if latest is not None and latest.is_shared else None


def _unlisted(response: HttpResponse) -> HttpResponse:
    """For who has the link: not for search engines."""
    response["X-Robots-Tag"] = "noindex"
    return response
