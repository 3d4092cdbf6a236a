"""allauth's forms in our words: labels, hints, no placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

Words = Any  # a text, translated when it is read
LENGTH = _("Paling sedikit 9 karakter. Kalimat pendek lebih mudah diingat.")


class OurWords:
    """Gives fields the labels, hints and words for emptiness of `WORDS`: name → (label, hint, when empty)."""

    WORDS: dict[str, tuple[Words, Words, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint, empty = self.WORDS.get(name, (field.label or "", field.help_text, ""))
            field.label, field.help_text = label, hint
            if empty:
                field.error_messages["required"] = empty
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _(
                    "Alamat surel ini belum lengkap. Contoh: nama@organisasi.id"
                )


class LoginForm(OurWords, account.LoginForm):  # type: ignore[misc]
    WORDS = {
        "login": (_("Surel"), "", _("Tulis alamat surel Anda.")),
        "password": (_("Kata sandi"), "", _("Tulis kata sandi Anda.")),
    }


class ResetPasswordForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    WORDS = {"email": (_("Surel"), _("Yang Anda pakai untuk masuk."), _("Tulis alamat surel Anda."))}


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    WORDS = {
        "password1": (_("Kata sandi baru"), LENGTH, _("Buat kata sandi.")),
        "password2": (_("Kata sandi baru, sekali lagi"), "", _("Tulis sekali lagi.")),
    }


class SetPasswordForm(OurWords, account.SetPasswordForm):  # type: ignore[misc]
    WORDS = ResetPasswordKeyForm.WORDS


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    WORDS = ResetPasswordKeyForm.WORDS | {
        "oldpassword": (_("Kata sandi sekarang"), "", _("Tulis kata sandi sekarang.")),
    }


class AddEmailForm(OurWords, account.AddEmailForm):  # type: ignore[misc]
    WORDS = {
        "email": (_("Surel baru"), _("Kami mengirim tautan untuk mengonfirmasinya."), _("Tulis surelnya."))
    }


class ReauthenticateForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    WORDS = {"password": (_("Kata sandi"), "", _("Tulis kata sandi Anda."))}


_CODE = (
    _("Kode dari aplikasi"),
    _("Enam angka yang berganti tiap 30 detik, atau satu kode cadangan."),
    _("Tulis kodenya."),
)


class AuthenticateForm(OurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    WORDS = {"code": _CODE}


class ReauthenticateByCodeForm(OurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    WORDS = {"code": _CODE}


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    WORDS = {"code": (_("Kode dari aplikasi"), _("Enam angka yang sekarang tampil di aplikasi."), _CODE[2])}
