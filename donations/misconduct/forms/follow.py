"""What a reporter fills in after the report was sent."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations.misconduct import codes
from donations.misconduct.forms.flow import LONGEST_TEXT, FilesField


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode rahasia"), max_length=100, help_text=_("20 huruf dan angka, misalnya K7QF-2M9X-4TRD-8WHB-3NPC."),
        widget=forms.TextInput(attrs={
            "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code",
        }),
        error_messages={"required": _("Tulis kodenya.")},
    )  # fmt: skip

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("Kode ini tidak lengkap. Kode terdiri atas 20 huruf dan angka, tanpa huruf I, L, O, U."),
                code="incomplete",
            )
        return code


class WriteForm(forms.Form):
    """A message, evidence, or both."""

    text = forms.CharField(
        label=_("Pesan untuk pemeriksa"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    bukti = FilesField(
        label=_("Tambah foto atau dokumen"), required=False,
        help_text=_("JPEG, PNG, WebP, atau PDF. Tempat, waktu, dan nama pembuat di dalam berkas dihapus."),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("text") or "").strip() and not data.get("bukti"):
            self.add_error("text", ValidationError(_("Tulis pesan atau pilih berkas."), code="empty"))
        return data


class ContestForm(forms.Form):
    text = forms.CharField(
        label=_("Mengapa perlu diperiksa lagi?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip
