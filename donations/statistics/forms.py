from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import AidType, Program
from regions.notation import when

YEARS_BACK = 3


class StatisticsFilter(forms.Form):
    """Program, form of aid, city and months of the statistics page; what does not fit is left at its default."""

    program = forms.ChoiceField(label=_("Program"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk bantuan"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    masa = forms.ChoiceField(label=_("Masa, untuk grafik bulanan"), required=False)

    def __init__(self, asked: Any, *, programs: list[Program], cities: dict[str, str], now: datetime) -> None:
        super().__init__(asked)
        self.programs = {program.code: program for program in programs}
        self.now = now
        self.offered: dict[str, list[str]] = {}
        self.cities = cities
        self._choices("program", [*((p.code, p.title) for p in programs), ("semua", _("semua program"))])
        self.chosen_program: Program | None = self.programs.get(
            self._asked("program", programs[0].code if programs else "semua")
        )
        self.aid_types = list(self.chosen_program.aid_types.all()) if self.chosen_program else []
        self._choices(
            "bentuk",
            [*((a.code, a.title) for a in self.aid_types), ("semua", _("semua bentuk, dalam rupiah"))],
        )
        self._choices("wilayah", [("semua", _("seluruh Jakarta")), *cities.items()])
        year = now.year
        self._choices(
            "masa",
            [
                ("terakhir", _("dua belas bulan terakhir")),
                *((str(y), str(y)) for y in range(year, year - YEARS_BACK, -1)),
            ],
        )
        first = self.aid_types[0].code if self.aid_types else "semua"
        code = self._asked("bentuk", first)
        self.aid_type: AidType | None = next((a for a in self.aid_types if a.code == code), None)
        self.city = self._asked("wilayah", "semua")
        self.period = self._asked("masa", "terakhir")
        self.initial = {
            "program": self.chosen_program.code if self.chosen_program else "semua", "bentuk": code, "wilayah": self.city,
            "masa": self.period,
        }  # fmt: skip
        # What is shown is what holds, also where an address asks for something else.
        self.is_bound = False

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.offered[name] = [str(key) for key, _label in choices]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _asked(self, name: str, default: str) -> str:
        asked = str(self.data.get(name, ""))
        return asked if asked in self.offered[name] else default

    @property
    def months(self) -> list[str]:
        """The months of the chart: "2025-12" …"""
        if self.period == "terakhir":
            whole = self.now.year * 12 + self.now.month - 1
            return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(whole - 11, whole + 1)]
        return [f"{self.period}-{month:02d}" for month in range(1, 13)]

    @property
    def month_labels(self) -> list[str]:
        return [when(datetime.strptime(f"{m}-01", "%Y-%m-%d").date(), "month") for m in self.months]  # noqa: DTZ007
