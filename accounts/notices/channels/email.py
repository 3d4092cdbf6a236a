"""Notices by e-mail: plain text with simple HTML beside it, to be stopped with one click (RFC 8058)."""

from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from accounts.notices.channels.trouble import NotSent, Unclear
from accounts.notices.models import Channel
from accounts.notices.stopping import token
from accounts.notices.wording import Said, absolute

# How many notices one mail tells of before it only counts the rest.
SHOWN = 30


class Email:
    name = Channel.EMAIL.value

    @property
    def is_open(self) -> bool:
        return True

    def reaches(self, person: User, proved: set[tuple[int, str]]) -> bool:
        return bool(person.email) and (person.pk, (person.email or "").lower()) in proved

    def send(self, person: User, notices: list[Said], key: UUID, groups: list[str]) -> None:
        message = self.letter(person, notices, key, groups)
        connection = get_connection()
        try:
            connection.open()
        except (OSError, SMTPException) as error:
            raise NotSent(error) from error
        try:
            connection.send_messages([message])
        except SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            raise NotSent(error, for_good=all(code >= 500 for code in codes)) from error
        except SMTPResponseException as error:
            raise NotSent(error, for_good=error.smtp_code >= 500) from error
        except (OSError, SMTPException) as error:
            raise Unclear(str(error)) from error
        finally:
            connection.close()

    def letter(
        self, person: User, notices: list[Said], key: UUID, groups: list[str]
    ) -> EmailMultiAlternatives:
        """The mail, in the active language."""
        stop = absolute(reverse("notices_stop", args=[token(person, groups)]))
        context = {
            "person": person, "notices": notices[:SHOWN], "rest": max(len(notices) - SHOWN, 0), "stop": stop,
            "choices": absolute(reverse("notice_preferences")), "list": absolute(reverse("notices")),
        }  # fmt: skip
        subject = notices[0].title if len(notices) == 1 else many(notices)
        message = EmailMultiAlternatives(
            settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(subject.split()),
            render_to_string("notices/email.txt", context).strip() + "\n",
            settings.DEFAULT_FROM_EMAIL,
            [person.email or ""],
            headers={
                "Message-ID": f"<{key}@{domain()}>",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                # Answers of absence are not wanted.
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string("notices/email.html", context), "text/html")
        return message


def many(notices: list[Said]) -> str:
    """The subject over several notices: the first of them, and how many more."""
    rest = len(notices) - 1
    return ngettext("%(first)s, dan %(n)s kabar lain", "%(first)s, dan %(n)s kabar lain", rest) % {
        "first": notices[0].title,
        "n": rest,
    }


def domain() -> str:
    """Where the site's mails say that they come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
