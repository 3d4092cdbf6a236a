"""What visitors choose on the pages of statistics; checked."""

from donations.statistics.forms.compare import CompareFilters
from donations.statistics.forms.page import ALL, StatisticsFilters, city_meant, program_meant
from donations.statistics.forms.rows import RowFilters

__all__ = ["ALL", "CompareFilters", "RowFilters", "StatisticsFilters", "city_meant", "program_meant"]
