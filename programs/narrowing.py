"""What list and map of needs both narrow down to, read from the same words of an address."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.having import LONGEST, read
from programs.models import Priority
from programs.models.needs import NeedQuerySet
from programs.queries.fitting import Meant, fitting, meant_by
from programs.queries.nearby import inside
from regions.areas import LONGEST as LONGEST_AREA
from regions.areas import Area, around, read_area
from regions.models import Region, SiteKind
from regions.queries import position_of

RECIPIENTS = (
    ("", _("semua penerima")),
    ("rw", _("RW")),
    ("lembaga", _("semua lembaga")),
    *SiteKind.choices,
)
RECIPIENT_KINDS: dict[str, dict[str, Any]] = {"rw": {"site": None}, "lembaga": {"site__isnull": False}}
DISTANCES: tuple[tuple[str, str | Promise], ...] = (
    ("", _("hanya di dalamnya")),
    ("1", _("sampai 1 km darinya")),
    ("2", _("sampai 2 km darinya")),
    ("5", _("sampai 5 km darinya")),
    ("10", _("sampai 10 km darinya")),
)
NARROWING = ("punya", "penerima", "prioritas", "jarak", "daerah")


def name_unknown(form: forms.Form) -> None:
    """A choice that there is not is named beside its field in our words, and nothing of the address comes back."""
    for field in form.fields.values():
        if "invalid_choice" in field.error_messages:
            field.error_messages["invalid_choice"] = _("Pilihan ini tidak dikenal, jadi tidak dipakai.")


class Narrowing(forms.Form):
    """All optional; a wrong choice is said beside its field and left out of account.

    `meant`: the aid that `punya` was read as. `place`: the region around which `jarak` reaches, set by who knows it
    before the form is read. `area`: what is drawn (`daerah`), or lies that far around it.
    """

    # Asked on its own above the other filters, which carry it along.
    punya = forms.CharField(
        label=_("Saya punya"), required=False, max_length=LONGEST, widget=forms.HiddenInput
    )
    penerima = forms.ChoiceField(choices=RECIPIENTS, label=_("Penerima"), required=False)
    prioritas = forms.TypedChoiceField(
        choices=[("", _("semua prioritas")), *Priority.choices], coerce=int, empty_value=None,
        label=_("Prioritas"), required=False,
    )  # fmt: skip
    jarak = forms.TypedChoiceField(
        choices=DISTANCES, coerce=int, empty_value=None, label=_("Jarak dari wilayah"), required=False
    )
    daerah = forms.CharField(required=False, max_length=LONGEST_AREA, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: Region | None = None
        self.meant: Meant | None = None
        name_unknown(self)

    def clean_punya(self) -> str:
        text: str = self.cleaned_data["punya"].strip()
        self.meant = meant_by(read(text)) if text else None
        if text and self.meant is None:
            raise forms.ValidationError(
                _("“%(text)s” tidak kami kenali. Tulis nama barang atau jasanya, atau jumlah rupiahnya."),
                params={"text": text},
            )
        return text

    def clean_daerah(self) -> Area | None:
        text = self.cleaned_data["daerah"].strip()
        area = read_area(text) if text else None
        if text and area is None:
            raise forms.ValidationError(_("Daerah yang digambar tidak terbaca. Gambar sekali lagi di peta."))
        return area

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("jarak") and self.reached(data) is None and "wilayah" not in self.errors:
            self.add_error("jarak", _("Tulis dulu wilayahnya, supaya jaraknya dapat dihitung."))
        return data

    def middle(self, data: dict[str, Any]) -> tuple[float, float] | None:
        """From where `jarak` reaches."""
        latitude, longitude = position_of(self.place) if self.place else (None, None)
        return None if latitude is None or longitude is None else (latitude, longitude)

    def reached(self, data: dict[str, Any]) -> Area | None:
        """What lies within the chosen distance."""
        middle, km = self.middle(data), data.get("jarak")
        return around(*middle, km) if middle and km else None

    @property
    def area(self) -> Area | None:
        """What is drawn, or else what lies within the chosen distance; once the form was read."""
        return self.cleaned_data.get("daerah") or self.reached(self.cleaned_data)

    def narrowed(self, needs: NeedQuerySet) -> NeedQuerySet:
        """Those of the needs that fit; once the form was read."""
        chosen = self.cleaned_data
        if chosen.get("prioritas"):
            needs = needs.filter(priority=chosen["prioritas"])
        if kind := chosen.get("penerima"):
            needs = needs.filter(**(RECIPIENT_KINDS.get(kind) or {"site__kind": kind}))
        if self.meant is not None:
            needs = fitting(needs, self.meant)
        return inside(needs, self.area) if self.area else needs

    def query(self) -> dict[str, str]:
        """The parts of an address that say the same again; empty where nothing was chosen."""
        chosen = {name: self.cleaned_data.get(name) for name in NARROWING}
        drawn = chosen.pop("daerah")
        parts = {name: str(value or "") for name, value in chosen.items()}
        return parts | {"daerah": drawn.text if drawn else ""}
