"""Marks that other parts leave: stale statistics, invented data."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from regions import codes


class StaleMark(models.Model):
    """The statistics of a city no longer hold: one row a change, added with the change.

    Rows are only ever added and deleted, so two writers never wait for each other. `city_code` may be a
    province's (not placed in a city) or empty (no wish at all).
    """

    city_code = models.CharField(max_length=codes.MAX_LENGTH, db_collation="C", blank=True)
    marked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["city_code", "id"], name="stale_mark_city")]

    def __str__(self) -> str:
        return self.city_code


class SampleData(models.Model):
    """The single row that says that this database holds invented data."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    loaded_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="sample_data_single_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.note
