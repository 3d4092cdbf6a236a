from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.phones import readable


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail or by phone number."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password one can sign in by a one-time code only."""
        user = self.model(email=self.normalize_email(email).lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. Signs in by e-mail and password, or by phone number and a one-time code."""

    email = models.EmailField(_("surel"), unique=True, null=True, blank=True)
    phone = models.CharField(_("nomor telepon"), max_length=16, unique=True, null=True, blank=True)
    name = models.CharField(_("nama"), max_length=150)
    language = models.CharField(
        _("bahasa"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Name and contact are gone, by the person's own wish; what they did stays in the journals, by role.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Raised by "sign out everywhere": sessions of an earlier round are no longer good.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("pengguna")
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(erased_at__isnull=False),
                name="user_has_email_or_phone",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(email__isnull=True, phone__isnull=True, name="", is_active=False),
                name="user_erased_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__regex=r"^\+[0-9]{8,15}$"),
                name="user_phone_is_e164",
            ),
        )

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("Akun yang dihapus")
        return self.name or self.email or self.phone or str(self.pk)

    @property
    def phone_readable(self) -> str:
        return readable(self.phone) if self.phone else ""

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be this person's: changes with the password and the round."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        value = f"{self.password}:{self.session_round}"
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()
