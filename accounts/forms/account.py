from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """One's own name and language."""

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": _("Nama"), "language": _("Bahasa")}
        help_texts = {
            "name": _("Terlihat oleh orang yang bekerja dengan Anda, tidak oleh umum."),
            "language": _("Bahasa surel yang kami kirim kepada Anda."),
        }
        error_messages = {"name": {"required": _("Tulis nama Anda.")}}

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Tulis namanya dengan huruf."), code="name")
        return name
