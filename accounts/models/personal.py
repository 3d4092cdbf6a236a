"""What people ask about their own data: a copy of everything, or that it be erased."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.models.journal import Move
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states


class CopyState(models.TextChoices):
    WAITING = "waiting", _("sedang disusun")
    READY = "ready", _("siap diunduh")
    FAILED = "failed", _("gagal")
    ENDED = "ended", pgettext_lazy("copy", "sudah dihapus")


def copy_path(copy: "PersonalCopy", filename: str) -> str:
    return f"salinan/{copy.key}.zip"


class PersonalCopy(models.Model):
    """A copy of everything that is kept about a person, for that person, for three days."""

    VERBS: ClassVar[Table] = Table(
        "copy of personal data",
        CopyState,
        Verb("ask", states(NEW), CopyState.WAITING, None, _("Minta salinan"), _("Salinan diminta"), by_owner=True),
        Verb("finish", states("waiting"), CopyState.READY, None, "", _("Salinan siap"), by_platform=True),
        Verb("fail", states("waiting"), CopyState.FAILED, None, "", _("Salinan gagal disusun"), by_platform=True),
        Verb("end", states("ready"), CopyState.ENDED, None, "", _("Salinan dihapus"), by_platform=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths()

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="copies")
    key = models.CharField(max_length=43, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=CopyState, default=CopyState.WAITING)
    file = models.FileField(upload_to=copy_path, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(state="waiting"), name="personal_copy_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & Q(expires_at__isnull=False)),
                name="personal_copy_ready_has_a_file_and_an_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def owner_id(self) -> int:
        return self.user_id

    @property
    def is_open(self) -> bool:
        """Whether it can be fetched now."""
        return self.state == CopyState.READY and self.expires_at is not None and clock.now() < self.expires_at


class PersonalCopyMove(Move):
    subject = models.ForeignKey(PersonalCopy, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


class ErasureState(models.TextChoices):
    WAITING = "waiting", _("menunggu")
    UNDONE = "undone", _("diurungkan")
    DONE = "done", pgettext_lazy("erasure", "selesai")


class Erasure(models.Model):
    """Somebody's wish that their account go: carried out after a time in which it can be undone."""

    VERBS: ClassVar[Table] = Table(
        "erasure of an account",
        ErasureState,
        Verb("ask", states(NEW), ErasureState.WAITING, None,
             _("Hapus akun saya"), _("Penghapusan akun diminta"), by_owner=True, danger=True),
        Verb("undo", states("waiting"), ErasureState.UNDONE, None,
             _("Urungkan"), _("Penghapusan diurungkan"), by_owner=True),
        Verb("hold", states("waiting"), None, None, "", _("Ditunda: masih ada yang terbuka"), by_platform=True),
        Verb("erase", states("waiting"), ErasureState.DONE, None, "", _("Nama dan kontak dihapus"), by_platform=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths()

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasures")
    state = models.CharField(max_length=20, choices=ErasureState, default=ErasureState.WAITING)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    due_at = models.DateTimeField()
    # Why it could not be carried out when it was due, in the person's words; looked at again each day.
    held_by = models.TextField(blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(state="waiting"), name="erasure_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def owner_id(self) -> int:
        return self.user_id


class ErasureMove(Move):
    subject = models.ForeignKey(Erasure, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
