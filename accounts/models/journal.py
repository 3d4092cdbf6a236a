import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.roles import Role
from accounts.verbs import Table


class Move(models.Model):
    """One row a change of state: which verb, from where to where, by whom as what, when and why.

    Rows are only ever added: the database refuses to change or delete one. A concrete journal adds
    `subject`, the foreign key to what was changed (related_name="moves").
    """

    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "id")
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.verb} {self.from_state}→{self.to_state}"

    @property
    def table(self) -> Table:
        return self._meta.get_field("subject").related_model.VERBS  # type: ignore[union-attr, return-value]

    @property
    def done(self) -> str | Promise:
        """What happened, in the timeline's words."""
        verb = self.table.get(self.verb)
        return verb.done if verb else self.verb

    @property
    def acted_as(self) -> str:
        """By role and organisation or place, never by a person's name: fit for public pages."""
        if not self.role:
            return str(_("platform"))
        place = self.organisation or self.site or self.region
        return f"{Role(self.role).label} {place}" if place else str(Role(self.role).label)
