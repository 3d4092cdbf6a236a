"""Benchmarks of the pages; this package is found as `ksbb.bench`, like every app's `bench` module."""

from ksbb.bench import pages

__all__ = ["pages"]
