"""What a channel is: whom it reaches, and how it sends one message."""

from typing import Protocol
from uuid import UUID

from accounts.models import User
from accounts.notices.channels.email import Email
from accounts.notices.channels.trouble import NotSent, Unclear
from accounts.notices.channels.whatsapp import WhatsApp
from accounts.notices.wording import Said

__all__ = ["Gateway", "NotSent", "Unclear", "channels", "gateway"]


class Gateway(Protocol):
    """One channel. `send` raises `NotSent` when nothing went out, `Unclear` when nobody can tell."""

    name: str

    @property
    def is_open(self) -> bool:
        """Whether messages can be sent this way at all, as the site is set up."""
        ...

    def reaches(self, person: User, proved: set[tuple[int, str]]) -> bool:
        """Whether the person has an address of this kind that is theirs."""
        ...

    def send(self, person: User, notices: list[Said], key: UUID, groups: list[str]) -> None:
        """Send one message, in the active language. The same `key` is the same message, sent again."""
        ...


_CHANNELS: tuple[Gateway, ...] = (Email(), WhatsApp())


def channels() -> list[Gateway]:
    """Those that the site is set up for."""
    return [channel for channel in _CHANNELS if channel.is_open]


def gateway(name: str) -> Gateway:
    return next(channel for channel in _CHANNELS if channel.name == name)
