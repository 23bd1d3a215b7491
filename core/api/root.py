"""The first page of the API: where everything is."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

NAMESPACE = "api"
ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class RootView(APIView):
    """CryptoPulse, version 1. The description of it all is at `docs`, what error codes mean at `errors`."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="root", responses={200: ADDRESSES}, tags=["description"])
    def get(self, request: Request) -> Response:
        """Every address that takes no argument, by name."""
        addresses = {name: reverse(f"{NAMESPACE}:{name}") for name in sorted(_names(get_resolver()))}
        return Response({name: request.build_absolute_uri(address) for name, address in addresses.items()})


def _names(resolver: URLResolver, *, inside: bool = False) -> Iterator[str]:
    """Names of the addresses of this namespace that are the same for everybody."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, inside=inside or entry.namespace == NAMESPACE)
        elif inside and isinstance(entry, URLPattern) and entry.name and not entry.pattern.regex.groups:
            yield entry.name
