"""Benchmarks of the pages, and the frame in which every app's `bench` module is run."""
