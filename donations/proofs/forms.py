import hashlib
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

# A report with twelve photos and twelve signed sheets is no more.
MOST_BYTES = 16 * 1024 * 1024


class ReportForm(forms.Form):
    """Which year of which organisation, and of which of its pledges."""

    organisation = forms.TypedChoiceField(label=_("Organisasi"), coerce=int)
    year = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    named_only = forms.TypedChoiceField(
        label=_("Yang dimuat"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "named",
        choices=[
            ("named", _("Hanya ikrar yang boleh disebut namanya; laporannya dapat dibagikan")),
            ("all", _("Semua ikrar; laporannya hanya untuk Anda")),
        ],
        initial="named",
    )

    def __init__(
        self, data: Any = None, *, organisations: list[Organisation], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        chosen, year = self.fields["organisation"], self.fields["year"]
        assert isinstance(chosen, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        chosen.choices = [(one.pk, one.name) for one in organisations]
        year.choices = [(one, str(one)) for one in years]
        if len(organisations) == 1:
            chosen.initial = organisations[0].pk
            chosen.widget = forms.HiddenInput()


class FileForm(forms.Form):
    """A file that somebody wants to compare with the one that was issued."""

    file = forms.FileField(
        label=_("Berkas PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": _("Pilih berkasnya.")},
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Berkas ini terlalu besar untuk dokumen dari platform (paling besar %(most)s MB).")
                % {"most": MOST_BYTES // 1024**2}
            )
        return upload

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the file. Only of a valid form."""
        found = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            found.update(chunk)
        return found.hexdigest()
