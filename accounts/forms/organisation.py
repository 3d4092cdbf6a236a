from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.appointment import day_input
from accounts.models import CollaboratorKind, User
from accounts.naming import name_as_written
from accounts.queries import reach
from accounts.roles import Permission
from regions.codes import Level
from regions.models import Region

DAY_ERRORS = {
    "required": _("Pilih tanggalnya."),
    "invalid": _("Tanggal ini tidak terbaca. Contoh: 2026-12-31"),
}


class OrganisationForm(forms.Form):
    """What administrators know about an organisation."""

    name = forms.CharField(label=_("Nama"), max_length=200, error_messages={"required": _("Tulis namanya.")})
    collaborator_kind = forms.ChoiceField(
        label=_("Jenis kolaborator"),
        required=False,
        choices=[("", _("bukan kolaborator")), *CollaboratorKind.choices],
    )
    is_aggregator = forms.BooleanField(
        label=_("Agregator"), help_text=_("Menerima dana; perlu izin PUB yang berlaku."), required=False
    )
    is_executor = forms.BooleanField(
        label=_("Pelaksana"), help_text=_("Mengirim bantuan untuk kolaborator lain."), required=False
    )
    is_agency = forms.BooleanField(label=_("Instansi pemerintah daerah"), required=False)
    may_be_named = forms.BooleanField(
        label=_("Boleh disebut namanya kepada umum"),
        help_text=_("Hanya dengan persetujuannya."),
        required=False,
    )
    region = forms.ChoiceField(
        label=_("Wilayah kantor"),
        help_text=_("Administrator wilayah ini yang mengurusnya."),
        error_messages={"required": _("Pilih wilayahnya.")},
    )
    phone = forms.CharField(label=_("Telepon"), max_length=30, required=False)
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        error_messages={"invalid": _("Alamat surel ini belum lengkap. Contoh: nama@organisasi.id")},
    )
    website = forms.URLField(
        label=_("Situs"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Alamat situs ini belum lengkap. Contoh: organisasi.id")},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Region.objects.current().filter(
            reach.regions(by, Permission.ORGANISATION_MANAGE), level__in=(Level.PROVINCE, Level.CITY)
        )
        self.places = {place.code: place for place in places.order_by("code")}
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [
            ("", _("pilih")),
            *((code, place.official_name) for code, place in self.places.items()),
        ]

    def clean_name(self) -> str:
        return name_as_written(self.cleaned_data["name"])

    def clean_region(self) -> Region:
        return self.places[self.cleaned_data["region"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(
            data.get(name) for name in ("collaborator_kind", "is_aggregator", "is_executor", "is_agency")
        ):
            self.add_error("collaborator_kind", _("Pilih jenis kolaborator, atau tandai perannya di bawah."))
        return data


class PermitForm(forms.Form):
    number = forms.CharField(
        label=_("Nomor izin"), max_length=100, error_messages={"required": _("Tulis nomornya.")}
    )
    issuer = forms.CharField(
        label=_("Penerbit"), max_length=200, error_messages={"required": _("Tulis penerbitnya.")}
    )
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=day_input(), error_messages=DAY_ERRORS)
    valid_until = forms.DateField(label=_("Berlaku sampai"), widget=day_input(), error_messages=DAY_ERRORS)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Izin berakhir sebelum mulai berlaku. Periksa kedua tanggalnya."))
        return data


class PermitEditForm(PermitForm):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Disimpan di riwayat."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )


DAY_LABELS = {
    "suspend": _("Dibekukan mulai"),
    "reinstate": _("Berlaku lagi mulai"),
    "revoke": _("Dicabut mulai"),
}


class PermitDayForm(forms.Form):
    """Since when a permit is no longer, or is again, in force, and why."""

    day = forms.DateField(
        help_text=_("Tanggal dalam surat keputusannya; boleh sudah lewat."),
        widget=day_input(),
        error_messages=DAY_ERRORS,
    )
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Disimpan di riwayat. Sebutkan nomor surat keputusannya kalau ada."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tuliskan alasannya.")},
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = DAY_LABELS[verb]
