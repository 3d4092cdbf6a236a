"""Writing a message."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Refused
from accounts.typed import WITHOUT_FILES
from donations.messages.files import Clean, clean
from donations.messages.models.attachments import MOST
from donations.messages.models.threads import LONGEST


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is read and written anew, or refused by its name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Clean]:  # type: ignore[override]
        uploads = [one for one in (data if isinstance(data, list) else [data]) if one]
        if len(uploads) > MOST:
            raise forms.ValidationError(
                _("Paling banyak %(most)s lampiran dalam satu pesan.") % {"most": MOST}, code="too_many"
            )
        cleaned, errors = [], []
        for upload in uploads:
            try:
                cleaned.append(clean(upload, upload.name, upload.size))
            except Refused as refused:
                errors += refused.messages
        if errors:
            raise forms.ValidationError(errors)
        return cleaned


class MessageForm(forms.Form):
    """`key` is drawn with the form: sent twice, it is one message."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Pesan"), required=False, max_length=LONGEST, strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": gettext_lazy("Pesan ini lebih dari %(limit_value)d huruf. Bagi menjadi beberapa pesan.")
        },
    )  # fmt: skip
    attached = FilesField(
        label=gettext_lazy("Lampiran"), required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=gettext_lazy(
            "Foto atau PDF, paling banyak 5, PDF paling besar 10 MB. Berkas ditulis ulang: lokasi foto, skrip, dan tanda "
            "tangan digital di dalamnya tidak ikut."
        ),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        # A list of several uploads goes to the one field; Django's own type knows one upload for each.
        several: Any = {"attached": files.getlist("attached")} if files else None
        super().__init__(data, several, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.files_were_lost = bool(data and data.get(WITHOUT_FILES))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.files_were_lost:
            self.add_error(
                "attached",
                _(
                    "Lampirannya tidak ikut tersimpan saat sesi Anda berakhir. Pilih lagi berkasnya, lalu kirim."
                ),
            )
        elif not self.errors and not data.get("text") and not data.get("attached"):
            self.add_error("text", _("Tuliskan pesannya, atau lampirkan berkas."))
        return data
