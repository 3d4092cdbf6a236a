"""What a visitor chose on the statistics page, checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.statistics.definitions import MEASURES
from donations.statistics.forms.asked import AskedForm
from donations.statistics.queries import months_between
from donations.statistics.wording import month_name
from programs.models import AidType, Program
from programs.wording import aid_in_sentence, in_sentence
from regions.codes import Level, city_of, is_code, level_of

ALL = "semua"
"""All programs, or all forms of aid: then in rupiah."""
MOST_MONTHS, USUAL_MONTHS = 36, 12
STEPS = ("committed", "allocated", "delivered", "verified")


def program_meant(asked: QueryDict, programs: Sequence[Program]) -> Program | None:
    """The program of the address, else the first; None for all, or while there is none."""
    code = asked.get("program", "")
    first = programs[0] if programs else None
    return None if code == ALL else next((program for program in programs if program.code == code), first)


def city_meant(asked: QueryDict) -> str:
    """The city of the address, also where it names a district; "" for none, or for no city's code."""
    code = asked.get("wilayah", "").strip()
    return (city_of(code) or "") if is_code(code) and level_of(code) in (Level.CITY, Level.DISTRICT) else ""


class StatisticsFilters(AskedForm):
    """All optional. `status` and `problems` say what is wrong with the address; then nothing is shown."""

    program = forms.ChoiceField(label=_("Program"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk bantuan"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    ukuran = forms.ChoiceField(label=_("Bantuan diukur menurut"), required=False)
    dari = forms.ChoiceField(label=_("Dari bulan"), required=False)
    sampai = forms.ChoiceField(label=_("Sampai bulan"), required=False)

    def __init__(
        self, asked: QueryDict, *, programs: Sequence[Program], program: Program | None,
        types: Sequence[AidType], cities: Mapping[str, str], districts: Mapping[str, str], months: Sequence[str],
    ) -> None:  # fmt: skip
        """`types`: of every program. `districts`: of the chosen city. `months`: all there are, oldest first."""
        own = [aid for aid in types if program and aid.program_id == program.code]
        self.aids = {aid.code: aid for aid in own}
        self.months = list(months)
        usual = {
            "program": program.code if program else ALL,
            "bentuk": own[0].code if own else ALL,
            **self.usual_choices(),
        }
        data = {name: asked.get(name, "").strip() or usual.get(name, "") for name in self.base_fields}
        if data["bentuk"] not in self.aids and data["bentuk"] in {aid.code for aid in types}:
            # Another program was chosen, and the form still named a form of aid of the one before.
            data["bentuk"] = usual["bentuk"]
        if data["program"] == ALL:
            data["bentuk"] = ALL
        super().__init__(data)
        for name, options in self.options(programs, own, cities, districts).items():
            field = self.fields[name]
            field.choices = options  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = str(UNKNOWN[name.rstrip("2")])

    def usual_choices(self) -> dict[str, str]:
        """Further choices where an address makes none."""
        return {"ukuran": STEPS[0]}

    def options(
        self, programs: Sequence[Program], own: Sequence[AidType], cities: Mapping[str, str],
        districts: Mapping[str, str],
    ) -> dict[str, list[tuple[Any, Any]]]:  # fmt: skip
        named = [(code, month_name(code)) for code in reversed(self.months)]
        places: list[tuple[Any, Any]] = [("", _("seluruh Jakarta")), *cities.items()]
        if districts:
            places.append((_("Kecamatan di kota ini"), list(districts.items())))
        return {
            "program": [*((each.code, each.title) for each in programs), (ALL, _("semua program"))],
            "bentuk": [*((aid.code, aid_in_sentence(aid)) for aid in own), (ALL, _("semua bentuk, dalam rupiah"))],
            "wilayah": places,
            "ukuran": [(step, in_sentence(str(MEASURES[step].label))) for step in STEPS],
            "dari": [("", _("sejak awal")), *named],
            "sampai": [("", _("sampai kini")), *named],
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.months and (found.get("dari") or found.get("sampai")):
            found["dari"], found["sampai"] = (
                found.get("dari") or self.months[0],
                found.get("sampai") or self.months[-1],
            )
            self.order_span("dari", "sampai")
            if len(months_between(found["dari"], found["sampai"])) > MOST_MONTHS:
                self.add_error(
                    "dari", _("Paling banyak 36 bulan sekali tampil. Pilih masa yang lebih pendek.")
                )
        return found

    def chosen(self, name: str) -> str:
        """The choice of a field; only of a valid form."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def aid(self) -> AidType | None:
        """The form of aid; None for all, in rupiah."""
        return self.aids.get(self.chosen("bentuk"))

    @property
    def city(self) -> str:
        place = self.chosen("wilayah")
        return (city_of(place) or "") if place else ""

    @property
    def district(self) -> str:
        place = self.chosen("wilayah")
        return place if place != self.city else ""

    @property
    def shown_months(self) -> list[str]:
        """The months of the charts: those chosen, else the last twelve."""
        if self.chosen("dari"):
            return months_between(self.chosen("dari"), self.chosen("sampai"))
        return self.months[-USUAL_MONTHS:]


UNKNOWN: dict[str, Promise] = {
    "program": _("Program itu tidak ada."),
    "bentuk": _("Program ini tidak punya bentuk bantuan itu."),
    "wilayah": _("Kota atau kecamatan itu tidak ada di sini."),
    "ukuran": _("Ukuran itu tidak ada: pilih komitmen, dialokasikan, diterima, atau terverifikasi."),
    "dari": _("Bulan itu di luar masa yang ada."),
    "sampai": _("Bulan itu di luar masa yang ada."),
}
