"""What an address of the statistics asks for: the form, and the sheet of published rows that answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock
from donations.statistics.charts import Sheet
from donations.statistics.forms import StatisticsFilters, city_meant, program_meant
from donations.statistics.queries import Reading, first_month, reading_of
from programs.models import AidType, Program
from regions.codes import Level
from regions.models import Region
from regions.queries import city_names

MOST_CHOICES = 120
"""Months that can be chosen: ten years."""


@dataclass(frozen=True)
class Asked:
    """The form (valid or not), and what is needed to answer it."""

    form: StatisticsFilters
    program: Program | None
    reading: Reading
    names: Mapping[str, str]
    districts: Mapping[str, str]
    types: Sequence[AidType]

    @cached_property
    def sheet(self) -> Sheet:
        """Only of a valid form."""
        form = self.form
        return Sheet(
            self.reading, form.aid, form.city, self.names, program=self.program.code if self.program else "",
            district=form.district, districts=self.districts, since=form.chosen("dari"), until=form.chosen("sampai"),
            chosen=form.chosen("ukuran"),
        )  # fmt: skip

    @property
    def forms(self) -> dict[str, AidType]:
        """The program's forms of aid by code."""
        return {aid.code: aid for aid in self.types if self.program and aid.program_id == self.program.code}

    @property
    def place(self) -> str:
        sheet = self.sheet
        if sheet.district:
            return _("Kecamatan %(name)s") % {"name": sheet.name_of(sheet.district)}
        return sheet.name_of(sheet.city) if sheet.city else _("seluruh Jakarta")

    @property
    def title(self) -> str:
        """ "Paket sembako, Jakarta Selatan"."""
        aid = self.form.aid
        if aid:
            what = aid.title
        else:
            what = _("KSBB %(name)s") % {"name": self.program.title} if self.program else _("Semua program")
        return f"{what}, {self.place}"


def ask(request: HttpRequest, form_class: type[Any]) -> Asked:
    """Read what is needed for a page of statistics; the number of queries does not depend on what is asked."""
    programs = list(Program.objects.all())
    types = list(AidType.objects.filter(is_active=True))
    program = program_meant(request.GET, programs)
    city = city_meant(request.GET)
    reading = reading_of(
        program.code if program else "",
        place=request.GET.get("wilayah", "").strip() if city else "",
        months=bool(request.GET.get("dari") or request.GET.get("sampai")),
    )
    names, own = city_names(), district_names(city)
    form = form_class(
        request.GET, programs=programs, program=program, types=types, cities=names, districts=own,
        months=months_known(reading),
    )  # fmt: skip
    return Asked(form, program, reading, names, own, types)


def district_names(city: str) -> dict[str, str]:
    """The districts of a city by code; none without a city."""
    found = Region.objects.current().at_level(Level.DISTRICT).within(city) if city else Region.objects.none()
    return dict(found.order_by("code").values_list("code", "name"))


def months_known(reading: Reading) -> list[str]:
    """From the first month of all to that of the rows (or now), and at least a year; none before there is any."""
    first = first_month(reading)
    if not first:
        return []
    end = timezone.localtime(reading.as_of or clock.now())
    last = end.year * 12 + end.month - 1
    begin = min(int(first[:4]) * 12 + int(first[5:]) - 1, last - 11)
    return [
        f"{month // 12}-{month % 12 + 1:02d}"
        for month in range(max(begin, last - MOST_CHOICES + 1), last + 1)
    ]
