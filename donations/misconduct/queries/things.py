"""What a report may be about, as the links on other pages name it: "bast-K7QF2M9X4TRD", "kebutuhan-12"."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Organisation
from donations.deliveries.models import Delivery
from donations.handovers.models import Handover
from programs.models import Need
from regions.codes import is_code
from regions.models import Region

Thing = Need | Delivery | Handover


@dataclass(frozen=True)
class About:
    """`label` says no more than a public page does; `region` is the first answer to "where"."""

    label: str
    region: Region | None = None
    organisation: Organisation | None = None


def thing_of(name: str) -> Thing | None:
    """The need, delivery or handover report of that name; None for anything else."""
    kind, _dash, key = name.partition("-")
    if kind == "bast":
        return Handover.objects.public().filter(code=key).select_related("delivery__region").first()
    if not key.isdecimal() or len(key) > 15:
        return None
    if kind == "kebutuhan":
        return Need.objects.public().filter(pk=int(key)).select_related("region", "site").first()
    if kind == "pengiriman":
        return Delivery.objects.filter(pk=int(key)).select_related("region").first()
    return None


def about(name: str) -> About | None:
    """What the name means, in words; None where it means nothing."""
    kind, _dash, key = name.partition("-")
    if kind == "wilayah":
        region = Region.objects.filter(code=key).first() if is_code(key) else None
        return About(region.full_name, region) if region else None
    if kind == "organisasi":
        public = Organisation.objects.filter(may_be_named=True, is_confirmed=True)
        found = public.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= 15 else None
        return About(found.name, None, found) if found else None
    thing = thing_of(name)
    if isinstance(thing, Handover):
        where = thing.delivery.region
        return About(_("Berita acara %(number)s") % {"number": thing.number}, where)
    if isinstance(thing, Need):
        words = _("Kebutuhan %(number)s, %(place)s")
        return About(words % {"number": thing.number, "place": thing.recipient_name}, thing.region)
    if isinstance(thing, Delivery):
        # Deliveries have no public page: their number is all that is repeated.
        return About(_("Pengiriman %(number)s") % {"number": thing.number})
    return None
