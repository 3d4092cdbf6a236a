"""What is logged: lines on standard error, without the chatter of what works."""

from typing import Any


def logging_at(level: str) -> dict[str, Any]:
    """The setting `LOGGING`; `level` is the least that is told, e.g. "INFO"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
        },
    }
