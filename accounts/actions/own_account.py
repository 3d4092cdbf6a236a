"""What people change about themselves."""

from django.db import transaction
from django.db.models import F

from accounts.models import OwnPlace, User
from regions.models import Region


@transaction.atomic
def end_other_sessions(user: User) -> None:
    """No session of this person is good any longer; the caller renews the one at hand."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def keep_place(user: User, kind: str, region: Region | None) -> None:
    """Remember one of a person's places; None forgets it."""
    if region is None:
        user.own_places.filter(kind=kind).delete()
        return
    OwnPlace.objects.update_or_create(user=user, kind=kind, defaults={"region": region})
