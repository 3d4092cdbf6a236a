from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnPlaceKind, User
from accounts.naming import name_as_written
from regions.models import Region
from regions.queries import called


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
        return name_as_written(self.cleaned_data["name"])


class OwnPlacesForm(forms.Form):
    """Where one lives and works: a name or a code each, empty to forget it. `places`: what each was read as."""

    def __init__(self, data: Any = None, *, known: dict[str, Region]) -> None:
        super().__init__(data)
        self.known, self.places = known, dict[str, Region | None]()
        for kind, label in OwnPlaceKind.choices:
            field = forms.CharField(label=label, required=False, max_length=100)
            field.widget.attrs["autocomplete"] = "off"
            self.fields[kind] = field
            self.initial[kind] = known[kind].full_name if kind in known else ""
        self.fields[OwnPlaceKind.HOME].help_text = _(
            "RW atau kelurahan: nama atau kodenya, misalnya RW 03 Manggarai."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind, text in list(data.items()):
            # Names may be shared: what was not changed stays the place that it was.
            unchanged = kind in self.known and text == self.known[kind].full_name
            self.places[kind] = (
                self.known[kind] if unchanged else called(text.strip()) if text.strip() else None
            )
            if text.strip() and self.places[kind] is None:
                self.add_error(
                    kind, _("Wilayah itu tidak ditemukan. Coba nama kelurahan, kecamatan, atau kodenya.")
                )
        return data
