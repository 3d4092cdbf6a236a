#!/usr/bin/env python3
"""Django's command line; starts the embedded PostgreSQL and Redis first where a command needs them."""

import os
import sys

NEEDS_NO_SERVER = {
    "collectstatic",
    "compilemessages",
    "demo",
    "diffsettings",
    "help",
    "messages",
    "services",
    "startapp",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "Django is not installed here. Run `make demo` once: it sets up .venv; then use .venv/bin/python."
        )

    from ksbb import embedded

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in ("demo", "bench"):
        # As in production: hashed static files, no query log, error pages without secrets.
        os.environ.setdefault("KSBB_MODE", "local")
        os.environ.setdefault("DEBUG", "0")
    if command == "bench":
        # Jobs that benchmarks queue are not for the worker of a running demo.
        os.environ.setdefault("REDIS_DATABASE", "2")
    started: list[str] = []
    try:
        if command not in NEEDS_NO_SERVER and "--help" not in sys.argv:
            started = embedded.ensure()
        execute_from_command_line(sys.argv)
    except embedded.Trouble as trouble:
        sys.exit(str(trouble))
    except ImproperlyConfigured as trouble:
        sys.exit(f"Settings: {trouble}")
    finally:
        # Other commands leave the servers up for the next one.
        if command == "bench" and started:
            embedded.stop(started)


if __name__ == "__main__":
    main()
