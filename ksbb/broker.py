"""Redis as the broker, for workers that outlive it.

A worker that loses Redis first tries to put back the messages that it holds. kombu's own channel cannot do that
over a connection that is gone, and ends the whole process. Nothing has to be put back: Redis itself keeps every
message until a worker is done with it, and hands it out again after the visibility timeout.
"""

import logging
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis

logger = logging.getLogger(__name__)


class QoS(redis.QoS):
    """The messages that a worker holds: put back where Redis answers, else left to Redis."""

    def restore_unacked(self, client: Any = None) -> None:
        # After a lost connection the transport has no client any more, and kombu's own code stumbles over that.
        gone: tuple[type[Exception], ...] = (*self.channel.connection_errors, AttributeError)
        try:
            super().restore_unacked(client)
        except gone as error:
            logger.warning("%d messages stay with Redis, which is away: %s", len(self._delivered), error)
            self._delivered.clear()


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel


def register() -> None:
    """Let the addresses `redis://…`, `rediss://…` and `redis+socket://…` mean this transport."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), f"{__name__}:Transport"))
