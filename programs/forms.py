"""Filters of the list of needs: what a visitor chose, checked; a wrong choice is said beside its field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import AidType, Need, Priority, Program
from programs.models.needs import NeedQuerySet
from regions.codes import is_code
from regions.models import Region, SiteKind
from regions.queries import search

RECIPIENTS = (
    ("", _("semua penerima")),
    ("rw", _("RW")),
    ("lembaga", _("semua lembaga")),
    *SiteKind.choices,
)
ORDER_CHOICES = (
    ("", _("paling mendesak")),
    ("kurang", _("paling banyak kurang")),
    ("batas", _("batas waktu terdekat")),
    ("baru", _("terbaru")),
)


class NeedFilters(forms.Form):
    """All optional. `needs()` applies them; `place` is the region that the text of `wilayah` was read as."""

    wilayah = forms.CharField(
        label=_("Wilayah"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("nama atau kode"), "autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ModelChoiceField(Program.objects.all(), label=_("Program"), required=False)
    bantuan = forms.ModelChoiceField(AidType.objects.none(), label=_("Bentuk bantuan"), required=False)
    penerima = forms.ChoiceField(choices=RECIPIENTS, label=_("Penerima"), required=False)
    prioritas = forms.TypedChoiceField(
        choices=[("", _("semua prioritas")), *Priority.choices], coerce=int, empty_value=None,
        label=_("Prioritas"), required=False,
    )  # fmt: skip
    keadaan = forms.ChoiceField(
        choices=(("", _("masih terbuka")), ("semua", _("semua"))), label=_("Keadaan"), required=False
    )
    urut = forms.ChoiceField(choices=ORDER_CHOICES, label=_("Urut"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Region | None = None
        program = self.fields["program"]
        program.empty_label = _("semua program")  # type: ignore[attr-defined]
        aid = self.fields["bantuan"]
        aid.empty_label = _("semua bentuk")  # type: ignore[attr-defined]
        types = AidType.objects.select_related("program").order_by("program__position", "position")
        chosen = self.data.get("program")
        aid.queryset = types.filter(program=chosen) if chosen else types  # type: ignore[attr-defined]

    def clean_wilayah(self) -> str:
        text = self.cleaned_data["wilayah"].strip()
        if not text:
            return ""
        self.place = place_called(text)
        if self.place is None:
            raise forms.ValidationError(
                _("Wilayah “%(text)s” tidak ditemukan. Coba nama kelurahan, kecamatan, atau kodenya."),
                params={"text": text},
            )
        return text

    def needs(self) -> NeedQuerySet:
        """The needs that fit. A wrong choice, named beside its field, is left out of account."""
        self.is_valid()
        chosen = self.cleaned_data
        needs = Need.objects.public() if chosen.get("keadaan") == "semua" else Need.objects.open()
        for field in ("program", "prioritas", "bantuan"):
            if chosen.get(field):
                needs = needs.filter(**{FIELDS[field]: chosen[field]})
        if kind := chosen.get("penerima"):
            needs = needs.filter(**(RECIPIENT_KINDS.get(kind) or {"site__kind": kind}))
        return needs.within(self.place.code) if self.place else needs


FIELDS = {"program": "program", "bantuan": "aid_type", "prioritas": "priority"}
RECIPIENT_KINDS: dict[str, dict[str, Any]] = {"rw": {"site": None}, "lembaga": {"site__isnull": False}}


def place_called(text: str) -> Region | None:
    """The region that a code or a typed name means best; None where nothing fits."""
    if is_code(text):
        return Region.objects.filter(code=text).select_related("parent__parent__parent__parent").first()
    return search(text).select_related("parent__parent__parent__parent").first()
