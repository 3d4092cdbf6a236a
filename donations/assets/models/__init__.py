"""Assets, their photos and their way to somebody else."""

from donations.assets.models.assets import Asset, AssetMove, AssetQuerySet
from donations.assets.models.photos import AssetPhoto
from donations.assets.models.transfers import AssetTransfer, AssetTransferMove

__all__ = ["Asset", "AssetMove", "AssetPhoto", "AssetQuerySet", "AssetTransfer", "AssetTransferMove"]
