"""Hand work to the queue without ever failing the person who caused it.

What has to happen is written in the database (`StaleMark` and the like) in the change's own transaction; the
queue only makes it happen soon. So when the broker is away the message is let go, and beat's sweep finds the row.
"""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

from regions.outages import Outages

logger = logging.getLogger(__name__)

OUTAGES = Outages()


def publish(task: Task, *arguments: Any) -> bool:
    """Queue the task now; False, and a line in the log, if nobody answers.

    After a failure nothing is tried for a few seconds: a hanging broker must not cost every request its patience.
    """
    broker = str(task.app.conf.broker_url)
    if OUTAGES.lasts(broker):
        return False
    try:
        task.delay(*arguments)
    except (OperationalError, OSError) as error:
        OUTAGES.note(broker)
        logger.warning("the broker does not answer, %s is left to the sweep: %s", task.name, error)
        return False
    return True
