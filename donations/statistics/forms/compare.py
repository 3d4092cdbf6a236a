"""Which two periods a visitor compares, checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.statistics.forms.page import MOST_MONTHS, StatisticsFilters
from donations.statistics.queries import months_between
from donations.statistics.wording import month_name
from programs.models import AidType, Program

QUARTER = 3
SPAN = ("dari", "sampai", "dari2", "sampai2")


class CompareFilters(StatisticsFilters):
    """Program, aid and place as on the page of statistics; two spans of months. Each is put into its order."""

    ukuran = None  # type: ignore[assignment]
    dari = forms.ChoiceField(label=_("Masa pertama, dari"), required=False)
    sampai = forms.ChoiceField(label=_("Masa pertama, sampai"), required=False)
    dari2 = forms.ChoiceField(label=_("Masa kedua, dari"), required=False)
    sampai2 = forms.ChoiceField(label=_("Masa kedua, sampai"), required=False)

    def usual_choices(self) -> dict[str, str]:
        """The last three whole months, and the three before them."""
        ends = self.months[:-1] or self.months
        second, first = ends[-QUARTER:], ends[-2 * QUARTER : -QUARTER] or ends[-QUARTER:]
        found = (first[:1], first[-1:], second[:1], second[-1:])
        return {name: "".join(month) for name, month in zip(SPAN, found, strict=True)}

    def options(
        self, programs: Sequence[Program], own: Sequence[AidType], cities: Mapping[str, str],
        districts: Mapping[str, str],
    ) -> dict[str, list[tuple[Any, Any]]]:  # fmt: skip
        found = super().options(programs, own, cities, districts)
        del found["ukuran"]
        named: list[tuple[Any, Any]] = [(code, month_name(code)) for code in reversed(self.months)]
        return {**found, **dict.fromkeys(SPAN, named)}

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        self.order_span("dari2", "sampai2")
        if (
            self.months
            and not self.errors
            and len(months_between(found["dari2"], found["sampai2"])) > MOST_MONTHS
        ):
            self.add_error("dari2", _("Paling banyak 36 bulan sekali tampil. Pilih masa yang lebih pendek."))
        return found

    @property
    def spans(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two spans; only of a valid form with months."""
        first, last, second_first, second_last = (self.chosen(name) for name in SPAN)
        return (first, last), (second_first, second_last)
