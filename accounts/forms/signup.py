"""Sign-up of a collaborator, on allauth's own form: its sessions, limits and signals stay."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions.registration import register_collaborator
from accounts.forms.collaborator import CollaboratorForm
from accounts.models import User


class SignupForm(CollaboratorForm, AllauthSignupForm):
    """E-mail, password, who gives, and consent to the privacy notice."""

    consent = forms.BooleanField(
        error_messages={"required": _("Setujui pemberitahuan ini agar akun dapat dibuat.")}
    )
    field_order = ("kind", "name", "may_be_named", "email", "password1", "phone", "region", "consent")

    def __init__(self, *args: Any, privacy_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password, consent = self.fields["email"], self.fields["password1"], self.fields["consent"]
        email.label, email.help_text = _("Surel"), _("Untuk masuk dan menerima kabar ikrar Anda.")
        email.error_messages |= {
            "required": _("Tulis alamat surel Anda."),
            "invalid": _("Alamat surel ini belum lengkap. Contoh: nama@organisasi.id"),
        }
        email.widget.attrs = {"autocomplete": "email", "maxlength": "254"}
        password.label = _("Kata sandi")
        password.help_text = _("Paling sedikit 9 karakter. Kalimat pendek lebih mudah diingat.")
        password.error_messages["required"] = _("Buat kata sandi.")
        password.widget.attrs.pop("placeholder", None)
        consent.label = _("Saya menyetujui cara data pribadi saya dipakai")
        if privacy_url:
            # A link of its own, so that the label stays one thing to press.
            consent.help_text = format_html(
                '<a href="{}" target="_blank">{}</a>', privacy_url, gettext("Baca pemberitahuan data pribadi")
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        password = data.get("password1")
        if password:
            # Names and addresses typed beside it are no password either.
            typed = User(email=data.get("email"), name=data.get("name", ""))
            try:
                password_validation.validate_password(password, typed)
            except ValidationError as error:
                self.errors.pop("password1", None)
                self.add_error("password1", error)
        return data

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new person; for an address that somebody has, the same answer and a mail to its owner."""
        if self.account_already_exists:
            # The same work as for a new account, so that the time taken does not tell.
            make_password(self.cleaned_data["password1"])
        made: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return made

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """The person, the organisation and the assignment, together or not at all."""
        user: User = super().save(request)
        user.name = self.cleaned_data["name"][:150]
        user.language = get_language() or user.language
        user.save(update_fields=["name", "language"])
        register_collaborator(user=user, **self.collaborator())
        return user
