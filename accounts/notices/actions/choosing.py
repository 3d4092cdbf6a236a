"""How somebody wants to be told."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from accounts.notices.models import NoticePreference


def choose(
    person: User,
    *,
    language: str,
    pace: str,
    shown: Collection[str],
    email: Collection[str],
    whatsapp: Collection[str],
    contact_phone: str,
) -> None:
    """Keep what was chosen for the groups that the form showed; those of other roles stay as they were."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(language=language)
        kept = locked(person)
        kept.pace, kept.contact_phone = pace, contact_phone
        kept.email_off = sorted((set(kept.email_off) - set(shown)) | (set(shown) - set(email)))
        kept.whatsapp_on = sorted((set(kept.whatsapp_on) - set(shown)) | (set(shown) & set(whatsapp)))
        kept.save()


@transaction.atomic
def stop_mail(person: User, groups: Collection[str]) -> None:
    """Send no more e-mail of these groups."""
    kept = locked(person)
    kept.email_off = sorted(set(kept.email_off) | set(groups))
    kept.save(update_fields=["email_off"])


@transaction.atomic
def go_on_with_mail(person: User, groups: Collection[str]) -> None:
    """Take that back."""
    kept = locked(person)
    kept.email_off = sorted(set(kept.email_off) - set(groups))
    kept.save(update_fields=["email_off"])


def locked(person: User) -> NoticePreference:
    """The person's row, made where there is none, locked: two pages that save at once do not undo each other."""
    NoticePreference.objects.bulk_create([NoticePreference(person=person)], ignore_conflicts=True)
    return NoticePreference.objects.select_for_update().get(person=person)
