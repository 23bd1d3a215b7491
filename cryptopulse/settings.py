"""Settings, all read from the environment (or `.env`); `docs/settings.md` is generated from `cryptopulse.options`."""

from __future__ import annotations

from pathlib import Path

from cryptopulse.options import OPTIONS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = OPTIONS.flag("DEBUG")
SECRET_KEY = OPTIONS.secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = OPTIONS.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = OPTIONS.words("CSRF_TRUSTED_ORIGINS")

DATASTORE_URL = OPTIONS.text("DATASTORE_URL")
STORE_RETRY_SECONDS = OPTIONS.decimal("STORE_RETRY_SECONDS")
REDIS_URL = OPTIONS.text("REDIS_URL")
MARKET_FEED = OPTIONS.words("MARKET_FEED")
MARKET_POLL_SECONDS = OPTIONS.decimal("MARKET_POLL_SECONDS")
OPENING_BALANCE = OPTIONS.decimal("OPENING_BALANCE")
REQUIRE_APPROVAL = OPTIONS.flag("REQUIRE_APPROVAL")
ORDER_FEE_BASIS_POINTS = OPTIONS.decimal("ORDER_FEE_BASIS_POINTS")
ORDER_LEAST = OPTIONS.decimal("ORDER_LEAST")
ORDER_MOST = OPTIONS.decimal("ORDER_MOST")
DEPOSIT_DAILY_LIMIT = OPTIONS.decimal("DEPOSIT_DAILY_LIMIT")
WITHDRAWAL_DAILY_LIMIT = OPTIONS.decimal("WITHDRAWAL_DAILY_LIMIT")
ALERTS_PER_USER = OPTIONS.number("ALERTS_PER_USER")
DELIVERY_LEASE_SECONDS = OPTIONS.number("DELIVERY_LEASE_SECONDS")
PUBLIC_URL = OPTIONS.text("PUBLIC_URL").rstrip("/")

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
    "alerts",
    "cryptopulse",
]

MIDDLEWARE = [
    "core.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.accounts.middleware.identify",
    "core.accounts.guard.require_sign_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.tell_errors",
]

ROOT_URLCONF = "cryptopulse.urls"
ASGI_APPLICATION = "cryptopulse.asgi.application"
WIRING = "cryptopulse.wiring"
DATABASES: dict[str, dict[str, str]] = {}

SESSION_ENGINE = "core.accounts.sessions"
SESSION_COOKIE_NAME = "cryptopulse_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPTIONS.flag("SECURE_COOKIES")
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
AUTHENTICATION_BACKENDS = ["core.accounts.backend.AccountBackend"]
LOGIN_URL = "accounts:sign-in"
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
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "core.context.site",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True

DEFAULT_FROM_EMAIL = OPTIONS.text("DEFAULT_FROM_EMAIL")
vars().update(OPTIONS.mail())

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
WORK_AT_ONCE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.api.authentication.ApiKeyAuthentication",
        "core.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.permissions.SignedIn"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.errors.exception_handler",
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
}
