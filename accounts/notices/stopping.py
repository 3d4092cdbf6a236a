"""The signed word in a mail that stops further ones without signing in."""

from django.core import signing

from accounts.models import User

SALT = "accounts.notices.stop"


def token(person: User, groups: list[str]) -> str:
    """Names the person and what to stop: these groups, by e-mail. It does not end: old mails can be stopped, too."""
    return signing.dumps([person.pk, sorted(set(groups))], salt=SALT)


def read(text: str) -> tuple[int, list[str]] | None:
    """The person's primary key and the groups; None for what we did not sign."""
    try:
        person, groups = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return person, groups
