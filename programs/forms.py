"""Filters of the list of needs: what a visitor chose, checked; a wrong choice is said beside its field."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programs.models import AidType, Need, Program
from programs.models.needs import NeedQuerySet
from programs.narrowing import Narrowing
from programs.queries import in_order, near
from programs.queries.fitting import in_order_of_fit
from programs.queries.nearby import near_point
from regions.areas import Area, box
from regions.queries import called

ORDER_CHOICES = (
    ("", _("paling mendesak")),
    ("kurang", _("paling banyak kurang")),
    ("batas", _("batas waktu terdekat")),
    ("baru", _("terbaru")),
    ("dekat", _("terdekat dari wilayah yang ditulis")),
)
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)")


class NeedFilters(Narrowing):
    """All optional. `needs()` applies them; `place` is the region that the text of `wilayah` was read as.

    `titik` (a visitor's own position) and `kotak` (the part of the map that was seen) come from scripts.
    """

    wilayah = forms.CharField(
        label=_("Wilayah"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("nama atau kode"), "autocomplete": "off"}),
    )  # fmt: skip
    program = forms.ModelChoiceField(Program.objects.all(), label=_("Program"), required=False)
    bantuan = forms.ModelChoiceField(AidType.objects.none(), label=_("Bentuk bantuan"), required=False)
    keadaan = forms.ChoiceField(
        choices=(("", _("masih terbuka")), ("semua", _("semua"))), label=_("Keadaan"), required=False
    )
    urut = forms.ChoiceField(choices=ORDER_CHOICES, label=_("Urut"), required=False)
    titik = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    kotak = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    # The place is read before what reaches around it.
    field_order = (
        "punya",
        "wilayah",
        "jarak",
        "program",
        "bantuan",
        "penerima",
        "prioritas",
        "keadaan",
        "urut",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        program = self.fields["program"]
        program.empty_label = _("semua program")  # type: ignore[attr-defined]
        aid = self.fields["bantuan"]
        aid.empty_label = _("semua bentuk")  # type: ignore[attr-defined]
        types = AidType.objects.select_related("program").order_by("program__position", "position")
        chosen = self.data.get("program")
        self.data = _with_key_of_aid(self.data, types)
        aid.queryset = types.filter(program=chosen) if chosen else types  # type: ignore[attr-defined]

    def clean_wilayah(self) -> str:
        text = self.cleaned_data["wilayah"].strip()
        if not text:
            return ""
        self.place = called(text)
        if self.place is None:
            raise forms.ValidationError(
                _("Wilayah “%(text)s” tidak ditemukan. Coba nama kelurahan, kecamatan, atau kodenya."),
                params={"text": text},
            )
        return text

    def clean_titik(self) -> tuple[float, float] | None:
        found = POINT.fullmatch(self.cleaned_data["titik"])
        return (float(found[1]), float(found[2])) if found else None

    def clean_kotak(self) -> Area | None:
        west, _mark, rest = self.cleaned_data["kotak"].partition(",")
        south, _mark, rest = rest.partition(",")
        corners = [POINT.fullmatch(f"{south},{west}"), POINT.fullmatch(",".join(reversed(rest.split(","))))]
        if not all(corners):
            return None
        west, south, east, north = (float(text) for text in self.cleaned_data["kotak"].split(","))
        return box(west, south, east, north)

    def middle(self, data: dict[str, Any]) -> tuple[float, float] | None:
        """Of the place that was written, else where the visitor is."""
        return super().middle(data) or (data.get("titik") if self.place is None else None)

    @property
    def area(self) -> Area | None:
        return super().area or self.cleaned_data.get("kotak")

    def ordered(self) -> NeedQuerySet:
        """The needs that fit, in the order that was asked for; without a wish by how well they fit."""
        found, wish = self.needs(), self.cleaned_data.get("urut", "")
        if self.meant is not None and not wish:
            return in_order_of_fit(found, self.meant)
        point = self.cleaned_data.get("titik")
        if point and not wish:
            return near_point(found, *point)
        return near(found, self.place) if wish == "dekat" and self.place else in_order(found, wish)

    def needs(self) -> NeedQuerySet:
        """The needs that fit. A wrong choice, named beside its field, is left out of account."""
        self.is_valid()
        chosen = self.cleaned_data
        needs = Need.objects.public() if chosen.get("keadaan") == "semua" else Need.objects.open()
        for field, column in FIELDS.items():
            if chosen.get(field):
                needs = needs.filter(**{column: chosen[field]})
        needs = self.narrowed(needs)
        # What lies around a place goes beyond it.
        if self.place is None or chosen.get("urut") == "dekat" or chosen.get("jarak"):
            return needs
        return needs.within(self.place.code)

    def map_query(self) -> str:
        """The same choice on the map, which shows one aid type at a time."""
        chosen = self.cleaned_data
        aid = chosen.get("bantuan")
        if aid is None and self.meant is not None and self.meant.having.words:
            aid = self.meant.aid_types[0]
        program = aid.program if aid else chosen.get("program")
        parts = self.query() | {
            "program": program.code if program else "",
            "bantuan": aid.code if aid else "",
            "wilayah": self.place.code if self.place else "",
        }
        if self.place is None and self.area:
            parts |= {"jarak": "", "daerah": self.area.text}
        return urlencode({name: value for name, value in parts.items() if value})


def _with_key_of_aid(data: Any, types: QuerySet[AidType]) -> Any:
    """The map names an aid type by its program and code, as in "program=pangan&bantuan=sembako"."""
    code = data.get("bantuan", "")
    if not code or code.isdecimal():
        return data
    found = types.filter(program=data.get("program", ""), code=code).values_list("pk", flat=True).first()
    copy = data.copy()
    # A code of nothing stays as it is, so that it is said beside its field.
    copy["bantuan"] = str(found or code)
    return copy


FIELDS = {"program": "program", "bantuan": "aid_type"}
