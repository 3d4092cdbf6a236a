"""What is said to a proposal, and what is reported of it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programs.proposals.forms.flow import OWN_NAME, AuthorForm, public_text
from programs.proposals.rules import Rule


class CommentForm(AuthorForm):
    """A comment. Whoever writes as an officer is asked for no name."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    body = forms.CharField(
        label=_("Tanggapan Anda"), min_length=2, max_length=1500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Setuju, tidak setuju, atau tambahan. Dibaca semua orang; tanpa data pribadi."),
        error_messages={"required": _("Tulis tanggapan Anda.")},
    )  # fmt: skip
    field_order = ("key", "body", "sebagai", "display_name")

    def __init__(self, *args: Any, user: User, as_officer: bool, last_name: str = "", **kwargs: Any) -> None:
        first: dict[str, Any] = {"key": uuid.uuid4(), "display_name": last_name}
        if last_name:
            first["sebagai"] = OWN_NAME
        super().__init__(*args, user=user, first=first, **kwargs)
        self.as_officer = as_officer
        if as_officer:
            self.fields.pop("sebagai", None)
            del self.fields["display_name"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data if self.as_officer else super().clean()
        public_text(self, "body")
        return data

    def author(self) -> dict[str, Any]:
        return {} if self.as_officer else super().author()


class CommentEditForm(forms.Form):
    body = forms.CharField(
        label=_("Tanggapan Anda"), min_length=2, max_length=1500, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Tulis tanggapan Anda.")},
    )  # fmt: skip


class ReportForm(forms.Form):
    """Which rule is broken."""

    rule = forms.ChoiceField(
        label=_("Aturan mana yang dilanggar?"), choices=Rule, widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Penjelasan"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hanya dibaca moderator."),
    )  # fmt: skip
