"""Benchmarks of the rooms; this module is found as every app's `bench`."""

from donations.pledges import bench as pledges

__all__ = ["pledges"]
