"""Filters of the lists of administration: by GET, never an error; what is not understood is left out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CollaboratorKind, InvitationState, OrganisationState, SiteState
from accounts.roles import Role
from regions.models import Region, SiteKind

ANY = ("", _("semua"))


class Filters(forms.Form):
    """`values` are the choices that were understood; the rest is empty."""

    q = forms.CharField(
        label=_("Cari"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, data: Any, areas: Iterable[Region] = (), **kwargs: Any) -> None:
        super().__init__(data, auto_id="saring_%s", **kwargs)
        if "area" in self.fields:
            field = self.fields["area"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *((region.code, region.name) for region in areas)]

    @property
    def values(self) -> dict[str, str]:
        self.full_clean()
        found = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        self.errors.clear()
        return found


class PeopleFilters(Filters):
    role = forms.ChoiceField(
        label=_("Peran"), required=False, choices=[ANY, *((role.value, role.label) for role in Role)]
    )
    area = forms.ChoiceField(label=_("Wilayah"), required=False)
    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ANY,
            ("held", _("bertugas")),
            ("waiting", _("belum pernah masuk")),
            ("ended", _("sudah berakhir")),
            ("inactive", _("dinonaktifkan")),
        ],
    )


class InvitationFilters(Filters):
    state = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ANY,
            (InvitationState.OPEN.value, InvitationState.OPEN.label),
            ("lapsed", _("lewat waktunya")),
            (InvitationState.ACCEPTED.value, InvitationState.ACCEPTED.label),
            (InvitationState.REVOKED.value, InvitationState.REVOKED.label),
        ],
    )


class OrganisationFilters(Filters):
    kind = forms.ChoiceField(
        label=_("Sebagai"),
        required=False,
        choices=[
            ANY,
            ("collaborator", _("kolaborator")),
            *CollaboratorKind.choices,
            ("aggregator", _("agregator")),
            ("executor", _("pelaksana")),
            ("agency", _("instansi pemerintah daerah")),
            ("unconfirmed", _("instansi yang menunggu konfirmasi")),
        ],
    )
    state = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ANY, *OrganisationState.choices])


class SiteFilters(Filters):
    kind = forms.ChoiceField(label=_("Jenis"), required=False, choices=[ANY, *SiteKind.choices])
    area = forms.ChoiceField(label=_("Wilayah"), required=False)
    state = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[ANY, *SiteState.choices])
