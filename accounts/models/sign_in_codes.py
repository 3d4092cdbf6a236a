from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.models.journal import Move
from accounts.roles import Permission
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states

MAX_ATTEMPTS = 5


class SignInCodeState(models.TextChoices):
    ISSUED = "issued", pgettext_lazy("sign-in code", "diserahkan")
    USED = "used", pgettext_lazy("sign-in code", "terpakai")
    VOID = "void", pgettext_lazy("sign-in code", "tidak berlaku")


class SignInCode(models.Model):
    """A code and a link that the kelurahan hands to somebody who signs in by phone number, good for once."""

    VERBS: ClassVar[Table] = Table(
        "sign-in code",
        SignInCodeState,
        Verb("issue", states(NEW), SignInCodeState.ISSUED, Permission.CODE_ISSUE,
             _("Buat kode masuk"), _("Kode masuk dibuat")),
        Verb("use", states("issued"), SignInCodeState.USED, None,
             _("Masuk"), _("Masuk dengan kode"), by_platform=True),
        Verb("void", states("issued"), SignInCodeState.VOID, None,
             _("Batalkan kode"), _("Kode tidak berlaku lagi"), by_platform=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="area")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_in_codes")
    area = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    code_digest = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=SignInCodeState, default=SignInCodeState.ISSUED)

    class Meta:
        ordering = ("-issued_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(state="issued"), name="sign_in_code_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="sign_in_code_few_attempts"),
            models.CheckConstraint(
                condition=Q(state="used", used_at__isnull=False)
                | (~Q(state="used") & Q(used_at__isnull=True)),
                name="sign_in_code_used_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state == SignInCodeState.ISSUED and clock.now() < self.expires_at


class SignInCodeMove(Move):
    subject = models.ForeignKey(SignInCode, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
