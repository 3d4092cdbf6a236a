"""Settings, all from the environment (docs/operations.md lists them).

Two modes. *local*, for laptops, tests and `make demo`: servers are embedded, mail goes to files, nothing
has to be set. *production*: as soon as SECRET_KEY or ALLOWED_HOSTS is set (or KSBB_MODE says so), and then
everything needed must be set; a missing one stops the start with a sentence that names it.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate
from redis.backoff import NoBackoff
from redis.retry import Retry

from ksbb.embedded.places import CHECKOUT, Places
from ksbb.environment import (
    evidence_keys,
    gateway_url,
    local_evidence_key,
    local_secret_key,
    redis_database,
    required,
)
from ksbb.logs import logging_at
from ksbb.policies import policy_with_images_from
from ksbb.schedule import SCHEDULE
from ksbb.sign_in import FORMS_OF_ACCOUNTS, FORMS_OF_SECOND_FACTOR
from ksbb.terms import (  # noqa: F401 the apps read them as settings
    KSBB_CASE_YEARS,
    KSBB_CONTACT_HOURS,
    KSBB_ERASURE_DAYS,
    KSBB_HOLD_HOURS,
    KSBB_LIST_MONTHS,
    KSBB_UNPROVED_DAYS,
)
from ksbb.tile_sources import tile_sources

env = Env()
PLACES = Places.of_checkout()
BASE_DIR = CHECKOUT
VAR_DIR = PLACES.var

MODE = env.str("KSBB_MODE", "production" if {"SECRET_KEY", "ALLOWED_HOSTS"} & set(os.environ) else "local")
if MODE not in ("local", "production"):
    raise ImproperlyConfigured(f"KSBB_MODE is {MODE!r}: set it to local or production.")
LOCAL = MODE == "local"
TESTING = "PYTEST_VERSION" in os.environ

try:
    DEBUG = env.bool("DEBUG", LOCAL and not TESTING)
    SECURE = env.bool("SECURE", not LOCAL)
    DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 0, validate=validate.Range(min=0))
    DATABASES = {
        "default": env.dj_db_url("DATABASE_URL", PLACES.database_url)
        if LOCAL
        else env.dj_db_url("DATABASE_URL", required("DATABASE_URL", "postgresql://ksbb:…@db:5432/ksbb"))
    }
    EMAIL = env.dj_email_url(
        "EMAIL_URL",
        f"file:///{VAR_DIR}/mail"
        if LOCAL
        else required("EMAIL_URL", "submission://user:password@mail.example.id:587"),
    )
    ALLOWED_HOSTS = (
        env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
        if LOCAL
        else [host.strip() for host in required("ALLOWED_HOSTS", "ksbb.example.id").split(",")]
    )
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
    MEDIA_OPTIONS = env.json("MEDIA_OPTIONS", {})
    HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
except EnvError as error:
    raise ImproperlyConfigured(f"{error} (docs/operations.md lists the settings).") from error

SECRET_KEY = env.str("SECRET_KEY", "") or (
    local_secret_key(VAR_DIR) if LOCAL else required("SECRET_KEY", "a-long-random-text")
)
# What reports of misconduct say and show is kept encrypted: the first key encrypts, every one of them decrypts.
EVIDENCE_KEYS = evidence_keys(
    env.str("EVIDENCE_KEYS", "")
    or (local_evidence_key(VAR_DIR) if LOCAL else required("EVIDENCE_KEYS", "a-key-of-44-signs"))
)
REDIS_URL = os.environ.get("REDIS_URL") or (
    PLACES.redis_url if LOCAL else required("REDIS_URL", "redis://redis:6379")
)

# --- what is installed

INSTALLED_APPS = [
    "ksbb",
    "donations",
    "programs",
    "accounts",
    "regions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "leaflet",
    "pghistory",
    "pgtrigger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of its widgets, for ksbb.renderer
]

MIDDLEWARE = [
    "ksbb.limits.RateLimits",
    "ksbb.page_cache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "ksbb.middleware.PermissionsPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PrivateByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.VerbErrors",
    "ksbb.middleware.NoNulInAddress",
]

ROOT_URLCONF = "ksbb.urls"
WSGI_APPLICATION = "ksbb.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["ksbb.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ksbb.context_processors.page",
                "accounts.context.roles",
                "accounts.context.unread",
            ],
        },
    },
]

FORM_RENDERER = "ksbb.renderer.Renderer"

# --- database, cache, sessions

DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}
DATABASES["default"].setdefault("OPTIONS", {})
if DATABASE_POOL_SIZE:
    # The pool keeps connections itself, so Django must not.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 10}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if TESTING else 60
DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DATABASE_NAME", "test_ksbb")}
if TESTING:
    # A test database may forget its last second when the power fails.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c synchronous_commit=off")

# Redis databases: the first for jobs, the next for the cache; each process of a test run has a pair of its own.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_JOBS = env.int("REDIS_DATABASE", 4 + 2 * _worker if TESTING else 0)
REDIS_CACHE = REDIS_JOBS + 1

CACHES = {
    "default": {
        "BACKEND": "ksbb.cache.TolerantRedisCache",
        "LOCATION": redis_database(REDIS_URL, REDIS_CACHE),
        "KEY_PREFIX": "ksbb",
        # Once more at once, for a connection that a restart of Redis cut; the client's own waits are seconds long.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1.0, "retry": Retry(NoBackoff(), 1)},
    },
}
# Questions a minute from one address; 0 for no limit. Tests ask faster than people.
API_LIMIT = env.int("API_LIMIT", 0 if TESTING else 120)
DATA_LIMIT = env.int("DATA_LIMIT", 0 if TESTING else 60)
# Questions of any kind in ten seconds from one address, for each web process.
PAGE_LIMIT = env.int("PAGE_LIMIT", 0 if TESTING else 300)
PAGE_CACHE = env.bool("PAGE_CACHE", not (DEBUG or TESTING))
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "ksbb_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- jobs

CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://')}?virtual_host={REDIS_JOBS}"
    if REDIS_URL.startswith("unix:")
    else redis_database(REDIS_URL, REDIS_JOBS)
)
# A dead broker must cost a request a second at most: the mark it leaves in the database is swept up later.
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker that waits for Redis waits for as long as it takes.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 3,
    "retry_on_timeout": False,
    "max_retries": 0,
    "visibility_timeout": 900,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
# A job belongs to the queue until it is done: a killed worker's job runs again. Jobs are safe to run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- people

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.ModelBackend",
    "accounts.backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
# Nobody signs in by an address that is not proved to be theirs, and no page tells which addresses are known.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
# In the browser that signed up, the link of the mail leads straight on.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
# Who changes how an account is entered proves once more who they are.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "KSBB: "
# Whose password or address changes is told; of a new address the old one is.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# Unless set, allauth counts by its own defaults (5 failed sign-ins in 5 minutes for one address).
if TESTING:
    ACCOUNT_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# How many proxies of one's own add to X-Forwarded-For: tries to sign in are counted by the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if SECURE else 0)
MFA_TOTP_ISSUER = "KSBB Jakarta"
# The clock of a phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# allauth's adapters and forms in our words.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
ACCOUNT_FORMS, MFA_FORMS = FORMS_OF_ACCOUNTS, FORMS_OF_SECOND_FACTOR

# --- being told

# Where the site is, for links in messages that no visitor's request leads to.
KSBB_ADDRESS = (
    env.str("KSBB_ADDRESS", "")
    or (f"http://localhost:{env.str('PORT', '8000')}" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
).rstrip("/")
# What happens within so many minutes goes in one message; one of which nobody knows whether it went out is sent once
# more after the second (longer than a job may run); what happened longer ago than the third is not sent any more.
KSBB_NOTICE_MINUTES = env.int("KSBB_NOTICE_MINUTES", 10)
KSBB_NOTICE_REPEAT_MINUTES = env.int("KSBB_NOTICE_REPEAT_MINUTES", 15)
KSBB_NOTICE_STALE_HOURS = env.int("KSBB_NOTICE_STALE_HOURS", 48)
# A gateway for WhatsApp, where the city has one; on a laptop messages are files.
WHATSAPP_URL = gateway_url(
    env.str("WHATSAPP_URL", f"file://{VAR_DIR}/whatsapp" if LOCAL else ""), local=LOCAL
)
WHATSAPP_TOKEN = env.str("WHATSAPP_TOKEN", "")

# --- language and time

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "ksbb_language"
LOCALE_PATHS = [VAR_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / ("test-media" if TESTING else "media"))))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ksbb.bundles.BundleFinder",
]
STORAGES = {
    # Uploads are never served by address: views hand them out to those who may see them.
    "default": {
        "BACKEND": env.str("MEDIA_BACKEND", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": MEDIA_OPTIONS,
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# A whole gallery chosen at once gets a sentence, and its first photos are kept.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "accounts.in_memory.InMemory",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- mail

if "EMAIL_BACKEND" not in EMAIL:
    raise ImproperlyConfigured(
        "EMAIL_URL has to begin with submission://, smtp://, file://, console:// or dummy://."
    )
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "KSBB <ksbb@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- safety

# A background for the map, where the operator has one: its address (https, with {z}, {x} and {y}) and its credit.
MAP_TILES_URL = env.str("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = env.str("MAP_TILES_ATTRIBUTION", "")
CONTENT_SECURITY_POLICY = policy_with_images_from(tile_sources(MAP_TILES_URL, MAP_TILES_ATTRIBUTION))
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
# The compose file's proxy, like most, says how the visitor came in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
# Whether to ask browsers to preload HSTS is for the owner of the domain to decide, once and for long.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "ksbb_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "ksbb.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = SECURE

LOGGING = logging_at(env.str("LOG_LEVEL", "INFO"))
