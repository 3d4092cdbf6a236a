"""Benchmarks of the rooms; this module is found as every app's `bench`."""

from donations.pledges import bench as pledges
from donations.proofs import bench as proofs
from donations.statistics import bench as statistics

__all__ = ["pledges", "proofs", "statistics"]
