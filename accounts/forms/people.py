from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.phone import PhoneField
from accounts.naming import name_as_written


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
        return name_as_written(self.cleaned_data["name"])
