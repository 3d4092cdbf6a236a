"""Who answers, and what. Pure."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    DELIVERER = "deliverer", _("Pihak pengirim")
    FACILITATOR = "facilitator", _("Fasilitator wilayah")
    RECIPIENT = "recipient", _("Penerima")


class Received(models.TextChoices):
    ALL = "all", _("Diterima semua")
    SOME = "some", _("Sebagian")
    NONE = "none", _("Tidak sama sekali")


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `received` may be left open by who only says that something was asked for it."""

    received: str = ""
    paid: bool = False
    count: int | None = None
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.received and not self.paid
