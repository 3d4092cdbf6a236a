"""Benchmarks of the rooms; this module is found as every app's `bench`."""

from donations.handovers import bench as handovers
from donations.pledges import bench as pledges
from donations.proofs import bench as proofs
from donations.statistics import bench as statistics

__all__ = ["handovers", "pledges", "proofs", "statistics"]
