"""Outlines: read from files and matched to the tree, or derived where no file exists."""
