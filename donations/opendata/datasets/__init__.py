"""Every table of open data, in the order in which a reader meets them."""

from donations.opendata.columns import Dataset
from donations.opendata.datasets.arrivals import HANDOVERS
from donations.opendata.datasets.assets import ASSETS
from donations.opendata.datasets.confirmations import CONFIRMATIONS
from donations.opendata.datasets.elsewhere import OUTSIDE_FIGURES, PUBLISHED_FIGURES
from donations.opendata.datasets.gifts import ALLOCATIONS, COMMITMENTS
from donations.opendata.datasets.misconduct import MISCONDUCT_COUNTS
from donations.opendata.datasets.needs import NEEDS
from donations.opendata.datasets.places import REGIONS, SITES
from donations.opendata.datasets.programs import AID_TYPES, PROGRAMS
from donations.opendata.datasets.proposals import PROPOSALS
from donations.opendata.datasets.statistics import STATISTICS

DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        NEEDS, STATISTICS, COMMITMENTS, ALLOCATIONS, HANDOVERS, PROGRAMS, AID_TYPES, REGIONS, SITES,
        PROPOSALS, OUTSIDE_FIGURES, PUBLISHED_FIGURES, MISCONDUCT_COUNTS, ASSETS,
        CONFIRMATIONS,
    )
}  # fmt: skip

__all__ = ["DATASETS"]
