from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regions.actions.indicators import current_codes
from regions.indicators import LARGEST_BYTES, IndicatorFile, read_indicators


class LayerFileForm(forms.Form):
    """A CSV file of indicators. `found` holds what was read; its faults are shown as a list of their own."""

    file = forms.FileField(
        label=_("Berkas CSV"),
        help_text=_("UTF-8, paling besar 8 MB. Satu baris untuk setiap nilai: indicator, region, value."),
        error_messages={
            "required": _("Pilih dulu berkasnya."),
            "empty": _("Berkas ini kosong."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Wajib kalau berkas ini mengganti lapisan yang sudah ada. Disimpan di riwayatnya."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    found: IndicatorFile | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise ValidationError(_("Berkas ini lebih besar dari 8 MB. Bagi per indikator."), code="large")
        self.found = read_indicators(file.read(), current_codes())
        if self.found.faults:
            raise ValidationError(
                _("Ada %(count)s kesalahan dalam berkas ini. Tidak ada yang diubah."),
                code="faults",
                params={"count": len(self.found.faults) + self.found.more},
            )
        return file
