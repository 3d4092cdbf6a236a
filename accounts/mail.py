"""Mail that this app sends itself; allauth sends its own."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Invitation


def send_invitation(invitation: Invitation, url: str) -> None:
    """Send the link to the address invited, in the language chosen for it."""
    context = {"invitation": invitation, "url": url}
    with translation.override(invitation.language):
        subject = " ".join(render_to_string("accounts/email/invitation_subject.txt", context).split())
        body = render_to_string("accounts/email/invitation_message.txt", context).strip() + "\n"
    send_mail(
        settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email]
    )
