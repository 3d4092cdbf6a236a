"""People as administrators keep them: with verbs and a journal."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.models.assignments import Assignment
from accounts.models.invitations import Invitation
from accounts.models.journal import Move
from accounts.models.users import User
from accounts.roles import Permission
from accounts.scope import Paths
from accounts.verbs import Table, Verb, states
from regions.codes import common


class PersonState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("person", "aktif")
    INACTIVE = "inactive", pgettext_lazy("person", "dinonaktifkan")


class KeptPerson(User):
    """The same row as a `User`; its state is `is_active` in the words of a table of verbs.

    People come in by an invitation or by signing up, so no verb here starts from nothing.
    """

    VERBS: ClassVar[Table] = Table(
        "person",
        PersonState,
        Verb("correct", states("active", "inactive"), None, Permission.PEOPLE_MANAGE,
             _("Betulkan data"), _("Nama atau nomor telepon dibetulkan"), needs_reason=True),
        Verb("deactivate", states("active"), PersonState.INACTIVE, Permission.PEOPLE_MANAGE,
             _("Nonaktifkan"), _("Dinonaktifkan"), needs_reason=True, danger=True),
        Verb("reactivate", states("inactive"), PersonState.ACTIVE, Permission.PEOPLE_MANAGE,
             _("Aktifkan lagi"), _("Diaktifkan lagi"), needs_reason=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="area")

    objects: ClassVar[models.Manager["KeptPerson"]] = models.Manager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        ordering = ("name", "pk")

    @property
    def area_id(self) -> str | None:
        """The region that holds everything this person does, or did if nothing is left: one code, or None.

        Only who looks after all of that may keep the person: an account opens every post at once.
        """
        codes = list(Assignment.objects.filter(user=self.pk).not_over().values_list("area_id", flat=True))
        codes += Invitation.objects.filter(
            user=self.pk, state="open", expires_at__gt=clock.now()
        ).values_list("area_id", flat=True)
        codes = codes or list(Assignment.objects.filter(user=self.pk).values_list("area_id", flat=True))
        return common(codes)

    @property
    def state(self) -> str:
        return PersonState.ACTIVE if self.is_active else PersonState.INACTIVE

    @state.setter
    def state(self, value: str) -> None:
        self.is_active = value == PersonState.ACTIVE


class PersonMove(Move):
    subject = models.ForeignKey(KeptPerson, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
