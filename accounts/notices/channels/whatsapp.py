"""Notices by WhatsApp through a gateway that the city has, and the link that needs none.

The gateway is asked by HTTP: POST of JSON `{"id", "to", "text"}` with a bearer token. 2xx: it took the message; the
same `id` (also in `Idempotency-Key`) is the same message. In the demo messages lie as files in `var/whatsapp`.
"""

import json
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.notices.channels.trouble import NotSent, Unclear
from accounts.notices.models import Channel, NoticePreference
from accounts.notices.wording import Said, absolute

SECONDS = 10
# How many notices one message tells of before it only counts the rest.
SHOWN = 5
# Worth trying again: the gateway is busy, or broken for now.
LATER = frozenset({408, 425, 429})


class WhatsApp:
    name = Channel.WHATSAPP.value

    @property
    def is_open(self) -> bool:
        return bool(settings.WHATSAPP_URL)

    def reaches(self, person: User, proved: set[tuple[int, str]]) -> bool:
        return bool(number_of(person))

    def send(self, person: User, notices: list[Said], key: UUID, groups: list[str]) -> None:
        send_text(number_of(person), message_of(notices), key)


def number_of(person: User) -> str:
    """Where messages to somebody go: the number proved for that, else the one they sign in with; "" for neither."""
    choice: NoticePreference | None = getattr(person, "notice_preference", None)
    return (choice.whatsapp_phone if choice else "") or person.phone or ""


def send_text(phone: str, text: str, key: UUID) -> None:
    """Hand one message to the gateway. Raises `NotSent`, or `Unclear` where nobody knows."""
    if settings.WHATSAPP_URL.startswith("file:"):
        _write(Path(urlsplit(settings.WHATSAPP_URL).path), phone, text, key)
    else:
        _post({"id": str(key), "to": phone, "text": text})


def message_of(notices: list[Said]) -> str:
    """Short: what happened, and where to look."""
    parts = [f"*{one.title}*\n{one.text}\n{one.url}".replace("\n\n", "\n") for one in notices[:SHOWN]]
    if (rest := len(notices) - SHOWN) > 0:
        parts.append(_("dan %(n)s kabar lain: %(url)s") % {"n": rest, "url": absolute(reverse("notices"))})
    parts.append(
        _("Kabar dari KSBB. Berhenti atau atur: %(url)s") % {"url": absolute(reverse("notice_preferences"))}
    )
    return "\n\n".join(parts)


def chat_link(phone: str, text: str = "") -> str:
    """A link that opens a chat with that number (E.164) in whichever WhatsApp the reader has."""
    query = f"?text={quote(text, safe='')}" if text else ""
    return f"https://wa.me/{phone.removeprefix('+')}{query}"


class _NoRedirects(HTTPRedirectHandler):
    """A gateway that sends us elsewhere is set up wrongly; the token goes to nobody else."""

    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


def _post(body: dict[str, Any]) -> None:
    request = Request(  # noqa: S310 the address is the operator's, https or this machine (ksbb.settings)
        settings.WHATSAPP_URL,
        json.dumps(body).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.WHATSAPP_TOKEN}",
            "Idempotency-Key": body["id"],
        },
        method="POST",
    )
    try:
        with build_opener(_NoRedirects).open(request, timeout=SECONDS):
            return
    except HTTPError as error:
        error.close()
        for_good = error.code < 500 and error.code not in LATER
        raise NotSent(f"HTTP {error.code}", for_good=for_good) from error
    except URLError as error:
        # Only the connection is wrapped so: nothing was said yet, or the other side went silent on the way.
        if isinstance(error.reason, TimeoutError):
            raise Unclear(str(error)) from error
        raise NotSent(error.reason) from error
    except (OSError, HTTPException) as error:
        raise Unclear(str(error)) from error


def _write(folder: Path, phone: str, text: str, key: UUID) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}.txt").write_text(f"To: {phone}\n\n{text}\n")
