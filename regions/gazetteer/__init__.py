"""Reading a gazetteer: a CSV of villages with their place, size and number of RW."""

from .rows import Fault, Gazetteer, Row, read_gazetteer
from .tree import grow

__all__ = ["Fault", "Gazetteer", "Row", "grow", "read_gazetteer"]
