"""What the OpenAPI description says beyond what the views themselves tell."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular import openapi
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from core.api.codes import CODES
from core.api.problems import MEDIA_TYPE

PROBLEM = {
    "type": "object",
    "description": "An error as RFC 9457 describes it.",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "An address that explains the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in a sentence."},
        "code": {"type": "string", "enum": sorted(CODES)},
        "errors": {
            "type": "object",
            "description": "Sentences by field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}

PAGE_SUFFIX = "Page"
PAGE_PARAMETERS = [
    OpenApiParameter("limit", int, description="How many items, 1 to 100; 50 by default."),
    OpenApiParameter("cursor", str, description="The `next` of the page before."),
]


class AutoSchema(openapi.AutoSchema):
    """Names the operation that returns a page of things a list, so that it does not clash with that of one thing."""

    def get_operation_id(self) -> str:
        """`orders_list` for a page of orders, `orders_retrieve` for one order."""
        name: str = super().get_operation_id()
        responses = self.get_response_serializers()
        answer = responses.get(200) if isinstance(responses, dict) else responses
        if self.method == "GET" and type(answer).__name__.endswith(PAGE_SUFFIX):
            return name.removesuffix("_retrieve") + "_list" if name.endswith("_retrieve") else name
        return name

    def get_request_serializer(self) -> Any:
        """The body that the view declares; a DELETE that declares none has none."""
        return None if self.method == "DELETE" else super().get_request_serializer()

    def _get_request_body(self, direction: str = "request") -> Any:
        """Also of a DELETE, which the framework describes without one."""
        if self.method != "DELETE" or self.get_request_serializer() is None:
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        self.method = "POST"
        try:
            return super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        finally:
            self.method = "DELETE"


@cache
def page_of(item: type[serializers.Serializer[Any]]) -> Any:
    """The serializer of a list of these items, for `extend_schema`; the same one again for the same items."""
    name = item.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}{PAGE_SUFFIX}",
        {
            "items": item(many=True),
            "next": serializers.CharField(allow_null=True, help_text="The cursor of the next page; null on the last."),
        },
    )


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes `core.api.authentication.ApiKeyAuthentication`."""

    target_class = "core.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "description": "An API key from `auth/token/` or the settings."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes `core.api.authentication.SessionAuthentication`."""

    target_class = "core.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The cookie of a signed-in browser."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def describe_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds to every operation that whatever goes wrong is told as a problem."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    answer = {
        "description": "A problem; `code` says which.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = answer
    return result
