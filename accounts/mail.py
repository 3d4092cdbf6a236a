"""Mail that this app sends itself; allauth sends its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions.invitations import Sent
from accounts.models import Invitation

log = logging.getLogger(__name__)


@dataclass
class Sending:
    failed: bool = False


@contextmanager
def tried(request: HttpRequest) -> Iterator[Sending]:
    """Run a sending of mail; a server that does not answer is a message on the page and a line in the log."""
    sending = Sending()
    try:
        yield sending
    except (OSError, SMTPException):
        sending.failed = True
        log.exception("mail could not be sent")
        messages.error(
            request, _("Surel sedang tidak dapat dikirim. Isian Anda tersimpan; coba kirim ulang nanti.")
        )


def mail_link(request: HttpRequest, sent: Sent) -> bool:
    """Mail the link of an invitation; False, and a message on the page, if the server does not answer."""
    with translation.override(sent.invitation.language):
        url = request.build_absolute_uri(reverse("invitation", args=[sent.token]))
    with tried(request) as sending:
        send_invitation(sent.invitation, url)
    return not sending.failed


def send_invitation(invitation: Invitation, url: str) -> None:
    """Send the link to the address invited, in the language chosen for it."""
    context = {"invitation": invitation, "url": url}
    with translation.override(invitation.language):
        subject = " ".join(render_to_string("accounts/email/invitation_subject.txt", context).split())
        body = render_to_string("accounts/email/invitation_message.txt", context).strip() + "\n"
    send_mail(
        settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email]
    )
