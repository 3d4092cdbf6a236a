from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import PhoneField


class PersonForm(forms.Form):
    """A name and a phone number to correct, and why."""

    name = forms.CharField(label=_("Nama"), max_length=150, error_messages={"required": _("Tulis namanya.")})
    phone = PhoneField(
        required=False, help_text=_("Kode masuk yang sudah diserahkan untuk nomor lama tidak berlaku lagi.")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Disimpan di riwayat, misalnya: nomor lama hilang."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Tulis namanya dengan huruf."), code="name")
        return name
