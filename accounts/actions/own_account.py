"""What people change about themselves."""

from django.db import transaction
from django.db.models import F

from accounts.models import User


@transaction.atomic
def end_other_sessions(user: User) -> None:
    """No session of this person is good any longer; the caller renews the one at hand."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])
