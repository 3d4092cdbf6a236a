"""What is attached, for those who may read the conversation."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.http import MemberRequest
from donations.messages.models import Attachment, AttachmentKind
from donations.messages.queries import talkable


@require_safe
def message_file(request: MemberRequest, pk: int) -> HttpResponse:
    """A picture to look at, or a document to keep; never one whose message was taken back."""
    found = get_object_or_404(
        Attachment.objects.filter(message__thread__commitment__in=talkable(request.user)).exclude(file=""),
        pk=pk,
    )
    try:
        with found.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    is_pdf = found.kind == AttachmentKind.PDF
    response = HttpResponse(content, content_type="application/pdf" if is_pdf else "image/jpeg")
    name = found.name.rpartition(".")[0] or found.name
    shown = content_disposition_header(is_pdf, f"{name}.{'pdf' if is_pdf else 'jpg'}")
    response["Content-Disposition"] = shown or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
