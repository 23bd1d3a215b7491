"""Settings, all read from the environment (or `.env`); `docs/settings.md` is generated from `cryptopulse.options`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kombu import Queue

from core import logs
from cryptopulse.options import OPTIONS, private_files

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = OPTIONS.flag("DEBUG")
SECRET_KEY = OPTIONS.secret("SECRET_KEY", VAR_DIR / "secret_key")
ALLOWED_HOSTS = OPTIONS.some_words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = OPTIONS.addresses("CSRF_TRUSTED_ORIGINS", "https", "http")
HOST = OPTIONS.host("HOST")
PORT = OPTIONS.number("PORT", most=65535)
CONNECTIONS = OPTIONS.number("CONNECTIONS")
REQUESTS_AT_ONCE = OPTIONS.number("REQUESTS_AT_ONCE")
REQUEST_HEAD_SECONDS = OPTIONS.decimal("REQUEST_HEAD_SECONDS")
REQUEST_BODY_SECONDS = OPTIONS.decimal("REQUEST_BODY_SECONDS")
PUBLIC_URL = OPTIONS.address("PUBLIC_URL", "https", "http").rstrip("/") or f"http://localhost:{PORT}"

DATASTORE_URL = OPTIONS.text("DATASTORE_URL")
PRIVATE_FILES_URL = OPTIONS.text("PRIVATE_FILES_URL")
STORE_RETRY_SECONDS = OPTIONS.decimal("STORE_RETRY_SECONDS")
REDIS_URL = OPTIONS.address("REDIS_URL", "redis", "rediss")
MARKET_FEED = OPTIONS.some_words("MARKET_FEED")
MARKET_POLL_SECONDS = OPTIONS.decimal("MARKET_POLL_SECONDS")
COINGECKO_URL = OPTIONS.address("COINGECKO_URL", "https", "http")
COINGECKO_KEY = OPTIONS.token("COINGECKO_KEY", shortest=1)
COINGECKO_SECONDS = OPTIONS.decimal("COINGECKO_SECONDS")
BINANCE_URL = OPTIONS.address("BINANCE_URL", "wss", "ws")
BINANCE_REST_URL = OPTIONS.address("BINANCE_REST_URL", "https", "http")
OPENING_BALANCE = OPTIONS.decimal("OPENING_BALANCE")
REQUIRE_APPROVAL = OPTIONS.flag("REQUIRE_APPROVAL")
PASSWORD_HASHES_AT_ONCE = OPTIONS.number("PASSWORD_HASHES_AT_ONCE")
ORDER_FEE_BASIS_POINTS = OPTIONS.decimal("ORDER_FEE_BASIS_POINTS")
ORDER_LEAST = OPTIONS.decimal("ORDER_LEAST")
ORDER_MOST = OPTIONS.decimal("ORDER_MOST")
DEPOSIT_DAILY_LIMIT = OPTIONS.decimal("DEPOSIT_DAILY_LIMIT")
WITHDRAWAL_DAILY_LIMIT = OPTIONS.decimal("WITHDRAWAL_DAILY_LIMIT")
ALERTS_PER_USER = OPTIONS.number("ALERTS_PER_USER")
STORAGE_PER_USER = OPTIONS.number("STORAGE_PER_USER")
FILES_PER_USER = OPTIONS.number("FILES_PER_USER")
ROWS_PER_USER = OPTIONS.number("ROWS_PER_USER")
OPEN_IMPORTS_PER_USER = OPTIONS.number("OPEN_IMPORTS_PER_USER")
API_REQUESTS_PER_MINUTE = OPTIONS.number("API_REQUESTS_PER_MINUTE")
API_VISITOR_REQUESTS_PER_MINUTE = OPTIONS.number("API_VISITOR_REQUESTS_PER_MINUTE")
API_SIGN_INS_PER_MINUTE = OPTIONS.number("API_SIGN_INS_PER_MINUTE")
STREAM_CONNECTIONS_PER_USER = OPTIONS.number("STREAM_CONNECTIONS_PER_USER")
STREAM_CONNECTIONS_PER_ADDRESS = OPTIONS.number("STREAM_CONNECTIONS_PER_ADDRESS")
STREAM_CHECK_SECONDS = OPTIONS.decimal("STREAM_CHECK_SECONDS")
FILES_AT_ONCE = OPTIONS.number("FILES_AT_ONCE", most=64)
FILE_PROCESSOR_SECONDS = OPTIONS.number("FILE_PROCESSOR_SECONDS", most=600)
FILE_MEMORY_MB = OPTIONS.number("FILE_MEMORY_MB", most=1_048_576)
FILE_WAIT_SECONDS = OPTIONS.decimal("FILE_WAIT_SECONDS")
DELIVERY_LEASE_SECONDS = OPTIONS.number("DELIVERY_LEASE_SECONDS")
METRICS_TOKEN = OPTIONS.token("METRICS_TOKEN")
WORKER_METRICS_PORT = OPTIONS.number("WORKER_METRICS_PORT", most=65535)

INSTALLED_APPS = [
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "heroicons",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "core",
    "market",
    "portfolio",
    "budgets",
    "carbon",
    "alerts",
    "cryptopulse",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cryptopulse.compression.GZip",
    "cryptopulse.static_files.StaticFiles",
    "cryptopulse.edge.middleware.request_id",
    "cryptopulse.edge.body_limit.refuse_large_bodies",
    "cryptopulse.edge.charset.refuse_other_charsets",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.accounts.middleware.identify",
    "core.accounts.guard.RequireSignIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cryptopulse.edge.middleware.ErrorPages",
]

ROOT_URLCONF = "cryptopulse.urls"
ASGI_APPLICATION = "cryptopulse.asgi.application"
WIRING = "cryptopulse.wiring"
DATABASES: dict[str, dict[str, str]] = {}

SESSION_ENGINE = "core.accounts.sessions"
SESSION_COOKIE_NAME = "cryptopulse_session"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # seconds, from the sign-in on
SECURE_COOKIES = OPTIONS.flag("SECURE_COOKIES")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
AUTHENTICATION_BACKENDS: list[str] = []
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "accounts:sign-in"
CSRF_FAILURE_VIEW = "cryptopulse.pages.form_expired"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "core.accounts.hashers.WerkzeugPBKDF2Hasher",
    "core.accounts.hashers.WerkzeugScryptHasher",
    "core.accounts.hashers.PlainBcryptHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "core.accounts.passwords.MaximumLengthValidator", "OPTIONS": {"max_length": 128}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["core.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
                "market.context.feeds",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": private_files.storage_of(PRIVATE_FILES_URL, BASE_DIR),
}

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

DEFAULT_FROM_EMAIL = OPTIONS.sender("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10
vars().update(OPTIONS.mail("EMAIL_URL"))

LOGGING = logs.configuration(
    OPTIONS.choice("LOG_LEVEL", "DEBUG", "INFO", "WARNING", "ERROR"),
    OPTIONS.choice("LOG_FORMAT", "auto", "json", "text"),
)

CACHES = {
    "default": {"BACKEND": "cryptopulse.shared_cache.SharedCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # what is published reaches every database of a Redis: its number keeps sites that share one apart
        "CONFIG": {"hosts": [REDIS_URL], "prefix": f"cryptopulse{urlsplit(REDIS_URL).path}:"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # a Redis that is full refuses what a worker notes of a task it has taken
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # as often as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # a request waits twice as long for a Redis that is silent, and gives its nudge up; a worker's reads take a second
    {"socket_connect_timeout": 1, "socket_timeout": 2, "max_retries": 1, "interval_start": 0}
    if REDIS_URL
    else {"polling_interval": 0.1}
)
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_QUEUES = (Queue("celery"), Queue("schedule"))
"""Nudges, and what the schedule sends, which a worker for that queue alone keeps from waiting behind them."""
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_TASK_ALWAYS_EAGER = False
WORK_AT_ONCE = False
"""Under eager tasks (tests): whether a nudge is worked at once, inside the request that gave it, or not at all."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # older Safari does not take 'self' for websockets
        "connect-src": ["'self'", urlsplit(PUBLIC_URL)._replace(path="").geturl().replace("http", "ws", 1)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.accounts.api.authentication.ApiKeyAuthentication",
        "core.accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.accounts.api.authentication.SignedIn"],
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttles.PerUser", "core.api.throttles.PerAddress"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.ExactJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer", "core.api.renderers.BrowsableRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.negotiation.ReadableNegotiation",
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.errors.exception_handler",
    "NUM_PROXIES": 0,
    "UNAUTHENTICATED_USER": "core.accounts.domain.Anonymous",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CryptoPulse",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "POSTPROCESSING_HOOKS": ["core.api.schema.describe_problems"],
}
