"""Invented data for demonstrations: deterministic, and walked with the real verbs (ADR 6)."""
