"""What the jobs computed: the only thing that public statistics pages read."""

from django.db import models


class StatisticRow(models.Model):
    """One published number: a measure of one program in one city, whole or split along one dimension.

    `city_code` is a city's, a province's (what is not placed in a city yet), or empty (no wish at all).
    `dimension` "total" has an empty `key`. `value` counts units, rupiah, commitments or people, as the
    measure's definition says. `as_of`: when the job read the rows behind it.
    """

    city_code = models.CharField(max_length=16, blank=True, db_collation="C")
    program_code = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    dimension = models.CharField(max_length=40)
    key = models.CharField(max_length=100, blank=True)
    value = models.BigIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        ordering = ("city_code", "program_code", "measure", "dimension", "key")
        constraints = (
            models.UniqueConstraint(
                fields=("city_code", "program_code", "measure", "dimension", "key"), name="statistic_once"
            ),
        )

    def __str__(self) -> str:
        return (
            f"{self.city_code} {self.program_code} {self.measure} {self.dimension}={self.key}: {self.value}"
        )
