"""The ways by which notices leave the platform."""

from accounts.notices.channels.base import Gateway, NotSent, Unclear, channels, gateway

__all__ = ["Gateway", "NotSent", "Unclear", "channels", "gateway"]
