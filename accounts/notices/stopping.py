"""The signed word in a mail that stops further ones without signing in."""

from django.core import signing

from accounts.models import User

SALT = "accounts.notices.stop"


def token(person: User, groups: list[str]) -> str:
    """Names the person and what to stop: these groups, by e-mail. It does not end: old mails can be stopped, too.

    Always the same for the same, so that a mail that is sent again is the very same mail.
    """
    return signing.Signer(salt=SALT).sign_object([person.pk, sorted(set(groups))])


def read(text: str) -> tuple[int, list[str]] | None:
    """The person's primary key and the groups; None for what we did not sign."""
    try:
        person, groups = signing.Signer(salt=SALT).unsign_object(text)
    except signing.BadSignature:
        return None
    return person, groups
