"""Who is signed in: as Django and allauth find it, with the question that each request asks composed once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.auth.backends import ModelBackend as DjangoBackend

from accounts.models import User
from regions.composed import Composed

_BY_KEY = Composed(User.objects.all, "id")


class _Finder:
    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, unless it was switched off."""
        user = _BY_KEY.first(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None  # type: ignore[attr-defined]


class ModelBackend(_Finder, DjangoBackend):
    """Django's own."""


class AuthenticationBackend(_Finder, AllauthBackend):
    """allauth's, which knows e-mail addresses."""
