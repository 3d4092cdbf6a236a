"""The WSGI entry point. A server not told otherwise runs in production mode and asks for its settings."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.settings")
os.environ.setdefault("KSBB_MODE", "production")
os.environ.setdefault("DATABASE_POOL_SIZE", "8")

from django.core.wsgi import get_wsgi_application  # noqa: E402 the settings read the lines above

application = get_wsgi_application()

# What was loaded stays for as long as the process does. Looking it over for garbage again and again takes about a twelfth
# of the pledges that a server can take in a second, and finds nothing.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
