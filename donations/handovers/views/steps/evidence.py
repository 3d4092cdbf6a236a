"""The photos of a report."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Refused
from accounts.http import MemberRequest
from accounts.photos import clean
from donations.handovers import actions
from donations.handovers.forms import PhotosForm
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.queries import lines_of
from donations.handovers.sending import Told
from donations.handovers.views.phones import only_file
from donations.handovers.views.steps.frame import lead_on, naming, page


def photos_step(request: MemberRequest, handover: Handover) -> HttpResponseBase:
    errors: list[dict[str, str]] = []
    say = naming(lines_of(handover))
    if request.method == "POST":
        files = request.FILES.getlist("photos")
        kept = 0
        for place, upload in enumerate(files):
            if kept and handover.photos.count() >= actions.MOST_PHOTOS:
                # No photo after these is opened any more.
                errors.append(_too_many(len(files) - place))
                break
            try:
                _keep(request, handover, upload)
                kept += 1
            except Refused as error:
                errors.append({"name": str(upload.name), "text": " ".join(error.messages)})
        actions.caption_photos(handover=handover, by=request.user, captions=_captions(request, handover))
        if not errors and (files or handover.photos.exists()):
            if only_file(request):
                return redirect("report_step", handover.pk, "foto")
            if "add" in request.POST:
                messages.success(
                    request, ngettext("%(n)s foto tersimpan.", "%(n)s foto tersimpan.", kept) % {"n": kept}
                )
                return redirect("report_step", handover.pk, "foto")
            return lead_on(handover, "foto")
        if not errors:
            errors.append({"name": "", "text": str(say.photos_needed)})
    photos = list(handover.photos.all())
    return page(
        request,
        handover,
        "foto",
        422 if errors else 200,
        form=PhotosForm(say=say, kept=len(photos)),
        photos=photos,
        most=actions.MOST_PHOTOS,
        errors=errors,
    )


def _too_many(left: int) -> dict[str, str]:
    text = _("Paling banyak %(most)s foto. Yang pertama sudah tersimpan; %(left)s lainnya tidak ikut.")
    return {"name": "", "text": text % {"most": actions.MOST_PHOTOS, "left": left}}


def _keep(request: MemberRequest, handover: Handover, upload: UploadedFile) -> HandoverPhoto:
    assert upload.file is not None  # an upload that came with a request has one
    told = Told.of(request.POST)
    return actions.add_photo(
        handover=handover,
        by=request.user,
        photo=told.beside(clean(upload.file, size=upload.size)),
        caption=caption_of(request.POST.get("photos_caption", "")),
        original_sha256=told.original_sha256,
    )


def _captions(request: MemberRequest, handover: Handover) -> dict[int, str]:
    """Captions that came with the form."""
    names = {photo: f"caption_{photo}" for photo in handover.photos.values_list("pk", flat=True)}
    return {photo: caption_of(request.POST[name]) for photo, name in names.items() if name in request.POST}


def caption_of(text: str) -> str:
    """A caption without characters that no text may hold."""
    return text.replace("\x00", "").strip()[:150]
