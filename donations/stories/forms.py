"""Forms of officers who clear photos and tell stories, and the filters of gallery and stories."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from donations.handovers.models import HandoverPhoto
from programs.models import Program
from regions.codes import Level
from regions.models import Region


class ClearForm(forms.Form):
    """Which photos everybody may see: one box a photo, ticked where it was let through before."""

    photos = forms.MultipleChoiceField(
        label=_("Foto"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Centang foto yang hanya memperlihatkan barang dan tempat. Wajah, nama, dan nomor rumah tidak boleh "
                    "terlihat."),
    )  # fmt: skip

    def __init__(self, data: Any, photos: Iterable[HandoverPhoto]) -> None:
        self.kept = list(photos)
        chosen = [str(photo.pk) for photo in self.kept if photo.cleared_at]
        super().__init__(data, initial={"photos": chosen})
        self.fields["photos"].choices = [  # type: ignore[attr-defined]
            (str(photo.pk), photo.caption or _now("Foto %(n)s") % {"n": number})
            for number, photo in enumerate(self.kept, start=1)
        ]

    def clean_photos(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["photos"]]


class StoryForm(forms.Form):
    title = forms.CharField(label=_("Judul"), max_length=120)
    text = forms.CharField(
        label=_("Kisah"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Tanpa nama orang dan alamat rumah. Jumlah, tempat, dan waktu tampil sendiri dari berita acaranya."),
    )  # fmt: skip
    title_en = forms.CharField(label=_("Judul (Inggris)"), max_length=120)
    text_en = forms.CharField(
        label=_("Kisah (Inggris)"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class NewStoryForm(StoryForm):
    """One sending is one story."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"] or "")


class ShownFilters(forms.Form):
    """By GET; what is not understood is left out, and said (`is_unknown`). `chosen` holds what was."""

    is_unknown = False

    program = forms.ModelChoiceField(Program.objects.all(), label=_("Program"), required=False)
    kota = forms.ModelChoiceField(
        Region.objects.none(), label=_("Kota atau kabupaten"), required=False, to_field_name="code"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["program"].empty_label = _("semua program")  # type: ignore[attr-defined]
        cities = self.fields["kota"]
        cities.queryset = Region.objects.current().at_level(Level.CITY).order_by("code")  # type: ignore[attr-defined]
        cities.empty_label = _("semua kota")  # type: ignore[attr-defined]
        cities.label_from_instance = lambda city: city.name  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        self.full_clean()
        found = {name: getattr(self.cleaned_data.get(name), "pk", "") for name in ("program", "kota")}
        self.is_unknown = bool(self.errors)
        self.errors.clear()
        return found
