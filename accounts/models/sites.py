"""Sites as administrators keep them: with verbs and a journal, which `regions` cannot know of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.journal import Move
from accounts.roles import Permission
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states
from regions.models import Site


class SiteState(models.TextChoices):
    ACTIVE = "active", _("aktif")
    INACTIVE = "inactive", _("tidak aktif")


class KeptSite(Site):
    """The same row as a `Site`; its state is `is_active` in the words of a table of verbs."""

    VERBS: ClassVar[Table] = Table(
        "site",
        SiteState,
        Verb("add", states(NEW), SiteState.ACTIVE, Permission.SITE_MANAGE,
             _("Tambah lembaga"), _("Lembaga ditambahkan")),
        Verb("edit", states("active", "inactive"), None, Permission.SITE_MANAGE,
             _("Ubah"), _("Data diubah")),
        Verb("deactivate", states("active"), SiteState.INACTIVE, Permission.SITE_MANAGE,
             _("Nonaktifkan"), _("Dinonaktifkan"), needs_reason=True, danger=True),
        Verb("reactivate", states("inactive"), SiteState.ACTIVE, Permission.SITE_MANAGE,
             _("Aktifkan lagi"), _("Diaktifkan lagi"), needs_reason=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region")

    class Meta:
        proxy = True
        ordering = ("region_id", "name", "pk")

    @property
    def state(self) -> str:
        return SiteState.ACTIVE if self.is_active else SiteState.INACTIVE

    @state.setter
    def state(self, value: str) -> None:
        self.is_active = value == SiteState.ACTIVE

    def get_state_display(self) -> str:
        return str(SiteState(self.state).label)


class SiteMove(Move):
    subject = models.ForeignKey(KeptSite, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
