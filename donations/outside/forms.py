"""Writing a figure from outside the platform down, and the filters of their list."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Grant, Scope
from donations.outside.models import OutsideFigure, OutsideQuerySet
from donations.outside.states import OUTSIDE_STATE_LABELS
from programs.models import AidType, Program
from regions.amounts import AmountField
from regions.codes import Level
from regions.models import Region, RegionQuerySet


class AidTypeField(forms.ModelChoiceField):
    """Aid types of several programs, each named with its own."""

    def label_from_instance(self, obj: AidType) -> str:
        return f"{obj.program.title}: {obj.title}"


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OutsideForm(forms.ModelForm):
    """All that a figure says. Places are those in which the person may record one."""

    quantity = AmountField(label=_("Jumlah"), required=False)
    rupiah = AmountField(label=_("Nilai dalam rupiah"), required=False, max_value=10**15)
    link = forms.URLField(label=_("Tautan ke sumber"), max_length=500, required=False, assume_scheme="https")
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    class Meta:
        model = OutsideFigure
        fields = (
            "program", "region", "measure", "aid_type", "quantity", "unit", "rupiah", "since", "until", "source",
            "source_date", "link", "document", "note",
        )  # fmt: skip
        widgets = {
            **dict.fromkeys(("since", "until", "source_date"), DAY),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "aid_type": _("Kosongkan kalau bukan salah satu bentuk bantuan program ini."),
            "unit": _("Kalau bentuk bantuannya kosong: paket, orang, unit."),
            "source": _("Siapa yang menghitung: lembaga, laporan, atau berita."),
            "document": _("Tautan atau dokumen: paling sedikit salah satu."),
            "note": _("Misalnya: bagian mana yang mungkin terhitung juga di platform."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = Scope.of(user)
        grants = scope.with_permission(Permission.OUTSIDE_RECORD)
        self.fields["region"] = forms.ModelChoiceField(
            _places(grants), label=_("Wilayah"), empty_label=_("pilih wilayah")
        )
        programs = Program.objects.all()
        own = {grant.program for grant in grants}
        if own and "" not in own:
            programs = programs.filter(code__in=own)
        self.fields["program"] = forms.ModelChoiceField(programs, label=_("Program"))
        aid_types = AidType.objects.filter(program__in=programs).select_related("program")
        self.fields["aid_type"] = AidTypeField(
            aid_types, label=_("Bentuk bantuan"), required=False, help_text=self.fields["aid_type"].help_text,
            empty_label=_("bentuk lain"),
        )  # fmt: skip

    def figure_fields(self) -> dict[str, Any]:
        """What the actions take; only of a valid form."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self) -> None:
        """The actions check and write: the form never touches the object."""


def _places(grants: Iterable[Grant]) -> RegionQuerySet:
    """Provinces, cities and districts in which a figure may be recorded under one of the grants."""
    reach = Q(pk__in=())
    for grant in grants:
        if grant.region:
            reach |= Q(code=grant.region) | Q(code__startswith=f"{grant.region}.")
    levels = (Level.PROVINCE, Level.CITY, Level.DISTRICT)
    return Region.objects.current().filter(reach, level__in=levels).order_by("code")


class OutsideFilters(forms.Form):
    """The list's filters; what is not understood is left out of account."""

    program = forms.ModelChoiceField(
        Program.objects.all(), label=_("Program"), required=False, empty_label=_("semua program")
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False,
        choices=[("", _("semua keadaan")), *((state.value, label) for state, label in OUTSIDE_STATE_LABELS.items())],
    )  # fmt: skip

    def narrow(self, rows: OutsideQuerySet) -> OutsideQuerySet:
        self.is_valid()
        if program := self.cleaned_data.get("program"):
            rows = rows.filter(program=program)
        if state := self.cleaned_data.get("keadaan"):
            rows = rows.filter(state=state)
        return rows


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text=_("Tersimpan dalam riwayat angka ini."),
    )  # fmt: skip
