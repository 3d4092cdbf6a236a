"""Signing in by phone number and code, and a field for phone numbers."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.phones import normalise


class PhoneField(forms.CharField):
    """A phone number in any usual spelling; cleaned to E.164, "" when empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Nomor telepon"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        )
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Tulis nomor telepon.")

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return normalise(text)
        except ValueError as error:
            raise ValidationError(
                _("Nomor ini belum lengkap. Contoh: 0812 3456 7890"), code="phone"
            ) from error


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode masuk"),
        help_text=_("Enam angka dari kelurahan."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Tulis kodenya.")},
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s.\-\u00a0]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("Kode terdiri atas enam angka."), code="code")
        return code


class PhoneLoginForm(CodeForm):
    phone = PhoneField(help_text=_("Yang tercatat di kelurahan. Boleh diawali 08 atau +62."))
    field_order = ("phone", "code")
