"""The site for an ASGI server: `uvicorn cryptopulse.asgi:application`."""

import os

from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")

try:
    application = get_asgi_application()
    from cryptopulse.checks import refuse_wrong_settings

    refuse_wrong_settings()
except ImproperlyConfigured as error:
    raise SystemExit(f"CryptoPulse cannot start: {error}") from None
