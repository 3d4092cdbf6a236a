"""What an officer fills in when a report goes back."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.handovers.mending import MENDS, written


class MendForm(forms.Form):
    """What is to be mended, chosen or in words; at least one of them."""

    mend = forms.MultipleChoiceField(
        label=_("Yang perlu diperbaiki"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Pilih, atau tulis alasannya di bawah. Pelapor dituntun ke langkah yang Anda pilih."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
    )

    def __init__(self, *args: Any, steps: Collection[str], **kwargs: Any) -> None:
        """`steps`: those that the report has."""
        super().__init__(*args, **kwargs)
        offered = [(mend.code, mend.label) for mend in MENDS.values() if mend.step in steps]
        field = self.fields["mend"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reason = written(cleaned.get("mend") or (), cleaned.get("reason") or "")
        if not reason and not self.errors:
            self.add_error("reason", _("Tuliskan alasannya."))
        return {**cleaned, "reason": reason}
