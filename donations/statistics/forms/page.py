"""What a visitor chose on the statistics page, checked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.statistics.wording import month_name
from programs.models import AidType, Program
from programs.wording import aid_in_sentence

ALL = "semua"
"""All programs, or all forms of aid: then in rupiah."""
MOST_MONTHS, USUAL_MONTHS = 36, 12


def program_meant(asked: QueryDict, programs: Sequence[Program]) -> Program | None:
    """The program of the address, else the first; None for all, or while there is none."""
    code = asked.get("program", "")
    first = programs[0] if programs else None
    return None if code == ALL else next((program for program in programs if program.code == code), first)


class StatisticsFilters(forms.Form):
    """All optional; a wrong choice is said beside its field, and the usual one is shown in its place."""

    program = forms.ChoiceField(label=_("Program"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk bantuan"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    dari = forms.ChoiceField(label=_("Diterima dari bulan"), required=False)
    sampai = forms.ChoiceField(label=_("Sampai bulan"), required=False)

    def __init__(
        self, asked: QueryDict, *, programs: Sequence[Program], program: Program | None,
        types: Sequence[AidType], cities: dict[str, str], months: Sequence[str],
    ) -> None:  # fmt: skip
        """`types`: of every program. `months`: all that can be chosen, oldest first; may be empty."""
        own = [aid for aid in types if program and aid.program_id == program.code]
        self.aids = {aid.code: aid for aid in own}
        self.months = list(months)
        self.usual = {
            "program": program.code if program else ALL,
            "bentuk": own[0].code if own else ALL,
            "wilayah": "",
            "dari": self.months[-USUAL_MONTHS:][0] if months else "",
            "sampai": self.months[-1] if months else "",
        }
        data = {name: asked.get(name, "").strip() or usual for name, usual in self.usual.items()}
        if data["bentuk"] not in self.aids and data["bentuk"] in {aid.code for aid in types}:
            # Another program was chosen, and the form still named a form of aid of the one before.
            data["bentuk"] = self.usual["bentuk"]
        if data["program"] == ALL:
            data["bentuk"] = ALL
        super().__init__(data)
        named = [(code, month_name(code)) for code in self.months]
        choices: dict[str, list[tuple[str, Any]]] = {
            "program": [*((each.code, each.title) for each in programs), (ALL, _("semua program"))],
            "bentuk": [*((aid.code, aid_in_sentence(aid)) for aid in own), (ALL, _("semua bentuk, dalam rupiah"))],
            "wilayah": [("", _("seluruh Jakarta")), *cities.items()],
            "dari": named,
            "sampai": named,
        }  # fmt: skip
        for name, options in choices.items():
            field = self.fields[name]
            field.choices = options  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = str(UNKNOWN[name])
        if not months:
            del self.fields["dari"], self.fields["sampai"]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        since, until = chosen.get("dari"), chosen.get("sampai")
        if since and until:
            if since > until:
                self.add_error(
                    "sampai", _("Bulan ini mendahului bulan awalnya. Yang tampil masa yang biasa.")
                )
            elif len(self.span(since, until)) > MOST_MONTHS:
                self.add_error(
                    "dari", _("Paling banyak 36 bulan sekali tampil. Yang tampil masa yang biasa.")
                )
        return chosen

    def span(self, since: str, until: str) -> list[str]:
        """The months from one to the other."""
        return [month for month in self.months if since <= month <= until]

    def chosen(self, name: str) -> str:
        """The choice of a field, or the usual one where it was wrong."""
        self.is_valid()
        value = self.cleaned_data.get(name)
        return self.usual[name] if value is None else value

    @property
    def aid(self) -> AidType | None:
        """The form of aid; None for all, in rupiah."""
        return self.aids.get(self.chosen("bentuk"))

    @property
    def chosen_months(self) -> list[str]:
        if not self.months:
            return []
        self.is_valid()
        names = ("dari", "sampai")
        wrong = any(name in self.errors for name in names)
        since, until = (self.usual[name] if wrong else self.chosen(name) for name in names)
        return self.span(since, until)


UNKNOWN: dict[str, Promise] = {
    "program": _("Program itu tidak ada. Yang tampil program pertama."),
    "bentuk": _("Program ini tidak punya bentuk bantuan itu. Yang tampil bentuk pertamanya."),
    "wilayah": _("Kota itu tidak ada. Yang tampil seluruh Jakarta."),
    "dari": _("Bulan itu di luar masa yang ada. Yang tampil masa yang biasa."),
    "sampai": _("Bulan itu di luar masa yang ada. Yang tampil masa yang biasa."),
}
