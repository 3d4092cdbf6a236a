"""Uploads that may never lie in a file unencrypted, not even while a form is read."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest

MOST_BYTES = 50 * 1024 * 1024
# Reports of misconduct; the step of a handover report that takes lists of recipients.
PATHS = ("/lapor/", "/keluarga/")


class InMemory(MemoryFileUploadHandler):
    """Keeps what is sent to these pages in memory whatever its size.

    The first of FILE_UPLOAD_HANDLERS, so that no middleware reads a form before it is there; other pages it leaves to
    the next. What is more than `MOST_BYTES` is left unread (`too_much`).
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        path = self.request.path if self.request is not None else ""
        self.is_ours = any(part in path for part in PATHS)
        self.activated = self.is_ours and content_length <= MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.is_ours and not self.activated:
            raise SkipFile
        super().new_file(*args, **kwargs)


def too_much(request: HttpRequest) -> bool:
    """Whether what was sent is more than is kept in memory, so that its files were left unread."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
