"""Ask the web server beside us how it is: `python -m ksbb.probe healthz`. For containers, which have no curl."""

import os
import sys
import urllib.error
import urllib.request


def well(page: str) -> bool:
    """True when /healthz or /readyz answers 200, asked for by a name that the site goes by."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    request = urllib.request.Request(  # noqa: S310 our own server
        f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/{page}", headers={"Host": host}
    )
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if well((sys.argv[1:] or ["healthz"])[0]) else 1)
