"""The steps of a report, one question a page. Every step keeps what it holds before it leads on.

A step is a function of request and report in `PAGES`, its words in `STEPS`, and its template `step_<name>.html`; how it
travels from a phone without signal is not its business (`views/phones.py`).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import photos
from accounts.errors import NotNow, Refused
from accounts.http import MemberRequest, performing
from donations.deliveries.wording import amounts
from donations.handovers import actions
from donations.handovers.forms import CountsForm, PartiesForm, PhotosForm, PlaceForm, StatementForm
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.queries import lines_of
from donations.handovers.tasks import set_document
from regions.jobs import publish

STEPS = {
    "foto": gettext_lazy("foto barangnya"),
    "jumlah": gettext_lazy("jumlah yang diterima"),
    "saksi": gettext_lazy("penerima dan saksi"),
    "tempat": gettext_lazy("tempat dan waktu"),
    "periksa": gettext_lazy("periksa dan ajukan"),
}
SLUGS = tuple(STEPS)
# Where a field that the verb refuses is mended.
STEP_OF = {
    "photos": "foto",
    "counts": "jumlah",
    "arrived_at": "tempat",
    "place": "tempat",
    "parties": "saksi",
}


def page(
    request: MemberRequest, handover: Handover, step: str, status: int = 200, **context: Any
) -> HttpResponse:
    place = SLUGS.index(step)
    moves = handover.moves.filter(verb="send_back") if handover.state == "returned" else None
    context |= {
        "handover": handover,
        "delivery": handover.delivery,
        "step": step,
        "number": place + 1,
        "total": len(SLUGS),
        "label": STEPS[step],
        "previous": SLUGS[place - 1] if place else "",
        "returned": moves.order_by("-pk").first() if moves is not None else None,
    }
    return render(request, f"handovers/step_{step}.html", context, status=status)


def lead_on(handover: Handover, step: str) -> HttpResponse:
    return redirect("report_step", handover.pk, SLUGS[SLUGS.index(step) + 1])


def _photos(request: MemberRequest, handover: Handover) -> HttpResponseBase:
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        files = request.FILES.getlist("photos")
        kept = 0
        for upload in files:
            try:
                _keep(request, handover, upload)
                kept += 1
            except Refused as error:
                errors.append({"name": str(upload.name), "text": " ".join(error.messages)})
        actions.caption_photos(handover=handover, by=request.user, captions=_captions(request, handover))
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"kept": kept, "errors": errors}, status=422 if errors else 200)
        if not errors and (files or handover.photos.exists()):
            if "add" in request.POST:
                messages.success(
                    request, ngettext("%(n)s foto tersimpan.", "%(n)s foto tersimpan.", kept) % {"n": kept}
                )
                return redirect("report_step", handover.pk, "foto")
            return lead_on(handover, "foto")
        if not errors:
            errors.append({"name": "", "text": _("Tambahkan paling sedikit satu foto barangnya.")})
    return page(
        request,
        handover,
        "foto",
        422 if errors else 200,
        form=PhotosForm(),
        photos=list(handover.photos.all()),
        most=actions.MOST_PHOTOS,
        errors=errors,
    )


def _keep(request: MemberRequest, handover: Handover, upload: UploadedFile) -> HandoverPhoto:
    assert upload.file is not None  # an upload that came with a request has one
    photo = photos.clean(upload.file, size=upload.size)
    return actions.add_photo(handover=handover, by=request.user, photo=photo)


def _captions(request: MemberRequest, handover: Handover) -> dict[int, str]:
    """Captions that came with the form, without characters that no text may hold."""
    names = {photo: f"caption_{photo}" for photo in handover.photos.values_list("pk", flat=True)}
    return {
        photo: request.POST[name].replace("\x00", "").strip()
        for photo, name in names.items()
        if name in request.POST
    }


def _counts(request: MemberRequest, handover: Handover) -> HttpResponse:
    lines = lines_of(handover)
    form = CountsForm(request.POST or None, lines=lines)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.save(handover=handover, by=request.user, counts=form.counts)
            # Kept, whatever is still open: nothing that was typed gets lost.
            if attempt.done:
                form.ask_for_the_rest()
                if form.is_valid():
                    return lead_on(handover, "jumlah")
    return page(request, handover, "jumlah", status, form=form)


def _parties(request: MemberRequest, handover: Handover) -> HttpResponse:
    kept = {name: getattr(handover, name) for name in PartiesForm.Meta.fields}
    initial = {} if handover.receiver_name else {"receiver_name": request.user.name}
    form = PartiesForm(request.POST or None, instance=handover, initial=initial)
    if request.method == "POST" and form.is_valid():
        for name, value in kept.items():
            setattr(handover, name, value)  # the verb writes, not the form
        actions.save(handover=handover, by=request.user, **form.details)
        return lead_on(handover, "saksi")
    return page(request, handover, "saksi", 422 if form.errors else 200, form=form)


def _place(request: MemberRequest, handover: Handover) -> HttpResponse:
    need = lines_of(handover)[0].delivery_line.allocation.need
    form = PlaceForm(request.POST or None, handover=handover, place=need.handover_place)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save(handover=handover, by=request.user, **form.details)
                return lead_on(handover, "tempat")
            except Refused as error:
                form.add_error("day" if error.field == "arrived_at" else None, error)
    return page(request, handover, "tempat", status, form=form)


def _review(request: MemberRequest, handover: Handover) -> HttpResponse:
    form = StatementForm(request.POST or None)
    status, mend = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                handover = actions.submit(handover=handover, by=request.user)
            if attempt.done:
                record = handover.records.get(version=handover.version)
                publish(set_document, record.pk, request.build_absolute_uri("/").rstrip("/"))
            if attempt.done or isinstance(attempt.error, NotNow):
                # A second press: the first one handed it in.
                return redirect("report_receipt", handover.pk)
            field = getattr(attempt.error, "field", None) or ""
            mend = "jumlah" if field.startswith("line_") else STEP_OF.get(field, "")
    lines = lines_of(handover)
    return page(
        request,
        handover,
        "periksa",
        status,
        form=form,
        mend=mend,
        lines=lines,
        good=in_words(lines, "good"),
        photos=list(handover.photos.all()),
        left=amounts(
            (
                line.delivery_line.allocation.commitment.aid_type,
                max(line.delivery_line.uncounted - line.counted, 0),
            )
            for line in lines
        ),
    )


def in_words(lines: list[Any], kind: str) -> str:
    return amounts((line.delivery_line.allocation.commitment.aid_type, getattr(line, kind)) for line in lines)


PAGES: dict[str, Callable[[MemberRequest, Handover], HttpResponseBase]] = {
    "foto": _photos,
    "jumlah": _counts,
    "saksi": _parties,
    "tempat": _place,
    "periksa": _review,
}
