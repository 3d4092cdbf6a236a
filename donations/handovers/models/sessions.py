"""Sessions of a service: how many came, when and where; never who."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.handovers.models.reports import HandoverLine

MOST_PEOPLE = 100_000


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HandoverSession(models.Model):
    """One session of the service that a line of a report is of."""

    line = models.ForeignKey(HandoverLine, models.CASCADE, related_name="sessions")
    held_on = models.DateField(_("tanggal"))
    begins = models.TimeField(_("mulai"))
    ends = models.TimeField(_("selesai"))
    # Where it was not at the report's own place.
    place = models.CharField(_("tempat"), max_length=200, blank=True)
    attended = models.PositiveIntegerField(_("hadir"))
    # Both, or neither where only all together were counted.
    women = models.PositiveIntegerField(_("perempuan"), null=True, blank=True)
    men = models.PositiveIntegerField(_("laki-laki"), null=True, blank=True)
    trainer = models.CharField(_("lembaga pelatih"), max_length=150, blank=True)

    class Meta:
        ordering = ("held_on", "begins", "id")
        constraints = (
            models.CheckConstraint(
                name="handover_session_ends_after_it_begins", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="handover_session_attendance_adds_up",
                condition=Q(attended__lte=MOST_PEOPLE)
                & (
                    Q(women=None, men=None)
                    | Q(women__isnull=False, men__isnull=False, attended=F("women") + F("men"))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.held_on} {self.begins:%H.%M}: {self.attended}"
