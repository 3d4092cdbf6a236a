"""What is promised or on the way to a site goes where the site lies."""

from donations.assets.models import Asset, AssetTransfer
from donations.deliveries.models import Delivery
from donations.pledges.models import Commitment
from regions.models import Site


def follow_site(site: Site) -> None:
    """Commitments and deliveries to a site, and the assets there, take over its corrected region.

    Reports read it from the delivery.
    """
    for model in (Commitment, Delivery, Asset, AssetTransfer):
        model._default_manager.filter(site=site.pk).update(region=site.region_id)
