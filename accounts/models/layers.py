"""Context layers as administrators keep them: with verbs and a journal, which `regions` cannot know of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.journal import Move
from accounts.roles import Permission
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states
from regions.codes import Level
from regions.models import Indicator, Region


class LayerState(models.TextChoices):
    SHOWN = "shown", _("tampil di peta")
    REMOVED = "removed", _("tidak di peta")


class KeptLayer(Indicator):
    """The same row as an `Indicator`; its state is `is_shown` in the words of a table of verbs."""

    VERBS: ClassVar[Table] = Table(
        "layer",
        LayerState,
        Verb("load", states(NEW), LayerState.SHOWN, Permission.LAYER_MANAGE,
             _("Muat lapisan"), _("Lapisan dimuat")),
        Verb("replace", states("shown", "removed"), LayerState.SHOWN, Permission.LAYER_MANAGE,
             _("Ganti"), _("Diganti dengan berkas lain"), needs_reason=True),
        Verb("remove", states("shown"), LayerState.REMOVED, Permission.LAYER_MANAGE,
             _("Hapus dari peta"), _("Dihapus dari peta"), needs_reason=True, danger=True),
        Verb("restore", states("removed"), LayerState.SHOWN, Permission.LAYER_MANAGE,
             _("Tampilkan lagi"), _("Ditampilkan lagi"), needs_reason=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="province")

    class Meta:
        proxy = True
        ordering = ("name_id", "code")

    @property
    def province_id(self) -> str | None:
        """A layer lies over all of the map: the first of its provinces stands for all (see `keeps_all`)."""
        provinces = Region.objects.at_level(Level.PROVINCE).order_by("code")
        return provinces.values_list("code", flat=True).first()

    @property
    def state(self) -> str:
        return LayerState.SHOWN if self.is_shown else LayerState.REMOVED

    @state.setter
    def state(self, value: str) -> None:
        self.is_shown = value == LayerState.SHOWN

    def get_state_display(self) -> str:
        return str(LayerState(self.state).label)


class LayerMove(Move):
    """`data`: source, as_of, how many values, and of which file (digest); for "replace" also what was `before`."""

    subject = models.ForeignKey(KeptLayer, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
