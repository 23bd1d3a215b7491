"""The site for an ASGI server: `uvicorn cryptopulse.asgi:application`. Pages, API and the websocket `/ws/stream/`."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured
from django.urls import path, re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cryptopulse.settings")

try:
    pages = get_asgi_application()
    from core.websocket.application import nothing_here, stream
    from cryptopulse.checks import refuse_wrong_settings
    from cryptopulse.edge.body_limit import LimitedBodies
    from cryptopulse.edge.charset import ReadableTypes
    from cryptopulse.edge.turns import Turns

    sockets = URLRouter([path("ws/stream/", stream), re_path("", nothing_here)])  # type: ignore[arg-type]
    http = ReadableTypes(LimitedBodies(Turns(pages)))
    application = ProtocolTypeRouter({"http": http, "websocket": sockets})
    refuse_wrong_settings()
except ImproperlyConfigured as error:
    raise SystemExit(f"CryptoPulse cannot start: {error}") from None
