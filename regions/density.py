"""People per km² where the tree knows both: the one context layer that needs no file."""

from datetime import date

from django.db.models import Sum
from django.db.models.functions import Left
from django.utils.translation import gettext_noop

from regions.codes import Level
from regions.indicators import Series
from regions.models import Direction, Region

CODE = "kepadatan"
# The year of the people in the gazetteer; areas change little.
AS_OF_YEAR = 2025
SOURCE = gettext_noop("%(people)s; luas dari batas kelurahan yang digeneralisasi")


def density() -> Series | None:
    """Every city whose people and villages' areas are all known; None where there is none. Two queries."""
    villages = Region.objects.current().at_level(Level.VILLAGE)
    unknown = set(villages.filter(area_km2=None).values_list(Left("code", 5), flat=True))
    areas = dict(villages.values_list(Left("code", 5)).annotate(Sum("area_km2")).order_by())
    cities = Region.objects.current().at_level(Level.CITY).exclude(population=None).order_by("code")
    known = [city for city in cities if areas.get(city.code) and city.code not in unknown]
    if not known:
        return None
    sources = sorted({city.population_source for city in known if city.population_source})
    return Series(
        code=CODE,
        facts={
            "name_id": "Kepadatan penduduk",
            "name_en": "Population density",
            "unit_id": "jiwa/km²",
            "unit_en": "people/km²",
            "source": (SOURCE % {"people": "; ".join(sources)})[:200],
            "direction": Direction.NEUTRAL,
            "breaks": "",
        },
        as_of=date(AS_OF_YEAR, 12, 31),
        values={city.code: round((city.population or 0) / areas[city.code]) for city in known},
    )
