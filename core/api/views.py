"""The API's own pages: where everything is, what error codes mean, and the answer where there is nothing."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.schema import page_of
from core.codes import codes
from core.errors import NotFound

NAMESPACE = "api"
ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class RootView(APIView):
    """CryptoPulse, version 1. The description is at `docs`, the meaning of error codes at `errors`."""

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


class DocsView(SpectacularSwaggerSplitView):
    """The description of the API as a page on which it can be tried, under the site's strict content policy."""

    template_name = "api/docs.html"


class ErrorCodeSerializer(serializers.Serializer[Any]):
    """One error code."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    about = serializers.CharField()


def _described(code: str) -> dict[str, Any]:
    known = codes()[code]
    return {"code": code, "status": known.status, "title": known.title, "about": known.about}


class ErrorCodesView(APIView):
    """Every error code and what it means."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="error_codes_list", responses=page_of(ErrorCodeSerializer), tags=["errors"])
    def get(self, request: Request) -> Response:
        """All codes."""
        return Response({"items": [_described(code) for code in codes()], "next": None})


class ErrorCodeView(APIView):
    """What one error code means; the `type` of a problem is this address."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="error_codes_read", responses=ErrorCodeSerializer, tags=["errors"])
    def get(self, request: Request, code: str) -> Response:
        """One code."""
        if code not in codes():
            raise NotFound("That code")
        return Response(_described(code))


@extend_schema(exclude=True)
class NothingHereView(APIView):
    """Answers every address below `/api/` that leads nowhere."""

    authentication_classes = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses whatever the method. Raises Http404."""
        super().initial(request, *args, **kwargs)
        raise Http404
