"""Numbers of families for demonstrations, where no real ones are known."""

from django.db import transaction
from django.utils.translation import gettext_noop

from regions.codes import Level
from regions.families import PEOPLE_PER_FAMILY, share_out
from regions.models import Region
from regions.public_version import bump_public_version

from .locks import hold_tree

SYNTHETIC = gettext_noop("Angka contoh: penduduk kota dibagi menurut luas, bukan hasil pendataan")
DEFAULT_AREA = 0.2  # km² of an RW whose village's area is not known
_BATCH = 1_000


@transaction.atomic
def synthesise_families(*, within: str = "") -> dict[str, int]:
    """Give every current RW of the cities inside `within` (all when empty) an invented number of families.

    A city's RW add up to its people ÷ 3.9. Real numbers are kept and counted against the sum. Returns the
    number of RW written by city; 0 for a city whose people are not known.
    """
    hold_tree()
    cities = Region.objects.current().at_level(Level.CITY)
    if within:
        cities = cities.within(within)
    written = {city.code: _fill(city) for city in cities.order_by("code")}
    bump_public_version()
    return written


def _fill(city: Region) -> int:
    if not city.population:
        return 0
    places = list(
        Region.objects.current()
        .within(city.code)
        .at_level(Level.RW)
        .select_related("parent")
        .order_by("code")
    )
    real = [rw for rw in places if rw.families is not None and rw.families_source != SYNTHETIC]
    open_places = [rw for rw in places if rw.families is None or rw.families_source == SYNTHETIC]
    counts: dict[str | None, int] = {}
    for rw in places:
        counts[rw.parent_id] = counts.get(rw.parent_id, 0) + 1
    areas = {
        rw.code: ((rw.parent and rw.parent.area_km2) or DEFAULT_AREA * counts[rw.parent_id])
        / counts[rw.parent_id]
        for rw in open_places
    }
    total = round(city.population / PEOPLE_PER_FAMILY) - sum(rw.families or 0 for rw in real)
    shares = share_out(max(0, total), areas)
    for rw in open_places:
        rw.families, rw.families_source = shares[rw.code], SYNTHETIC
    Region.objects.bulk_create(
        open_places,
        _BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["families", "families_source"],
    )
    return len(open_places)
