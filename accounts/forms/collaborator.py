"""Who gives: the questions that sign-up and the registration of a further organisation share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import CollaboratorKind
from accounts.naming import name_as_written
from accounts.phones import normalise, readable
from regions.codes import Level
from regions.models import Region


def offices() -> list[Region]:
    """Where an organisation may have its office: the province first, then its cities."""
    places = Region.objects.current().filter(level__in=(Level.PROVINCE, Level.CITY))
    return list(places.order_by("code"))


class CollaboratorForm(forms.Form):
    """Kind, name, whether it may be named, where it is, how to reach it."""

    kind = forms.ChoiceField(
        label=_("Anda memberi sebagai"),
        choices=CollaboratorKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu.")},
    )
    name = forms.CharField(
        label=_("Nama organisasi atau nama Anda"),
        help_text=_("Seperti tertulis dalam surat pernyataan dan berita acara."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Tulis namanya.")},
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        help_text=_("Asesor menghubungi Anda sesudah Anda berikrar. Tidak ditampilkan kepada umum."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    region = forms.ChoiceField(
        label=_("Kota Anda"),
        required=False,
        help_text=_("Supaya kami menunjukkan kebutuhan yang dekat."),
    )
    may_be_named = forms.BooleanField(
        label=_("Nama ini boleh disebut kepada umum"),
        help_text=_(
            "Kalau tidak, ikrar tampil sebagai “Tidak ingin disebut”. Dapat dipilih lagi tiap berikrar."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in offices()}
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [
            ("", _("Di mana saja di Jakarta")),
            *((code, place.official_name) for code, place in self.places.items() if "." in code),
        ]

    def clean_name(self) -> str:
        return name_as_written(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        try:
            return readable(normalise(phone)).replace("\u00a0", " ") if phone else ""
        except ValueError as error:
            raise ValidationError(
                _("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890."), code="phone"
            ) from error

    def collaborator(self) -> dict[str, Any]:
        """What `register_collaborator` wants to know, out of a valid form."""
        data = self.cleaned_data
        chosen = self.places.get(data["region"]) or next(iter(self.places.values()), None)
        if chosen is None:
            raise LookupError("The tree of regions is empty: load it first (manage.py load_regions).")
        return {
            "kind": data["kind"],
            "name": data["name"],
            "may_be_named": data["may_be_named"],
            "region": chosen,
            "phone": data["phone"],
        }
