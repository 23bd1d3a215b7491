"""What the OpenAPI description adds to what the views themselves declare."""

from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular import openapi
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import append_meta
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from core.api import patterns, refusals
from core.api.errors import GENERAL
from core.api.fields import Described
from core.api.paging import DEFAULT_LIMIT, MOST
from core.api.serializers import StrictSerializer

PAGE_SUFFIX = "Page"
PAGE_PARAMETERS = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        description="How many items.",
    ),
    OpenApiParameter(
        "cursor",
        {
            "type": "string",
            "pattern": patterns.text(patterns.NUL, allow_blank=True),
            refusals.RULE: "One that this list gave with the same query.",
        },
        description="The `next` of the page before. Send the same query with it.",
    ),
]


class AutoSchema(openapi.AutoSchema):
    """Describes all that an operation takes, and every way in which it refuses."""

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

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation with its refusals; those that the view names itself among them."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        statuses = refusals.statuses_of(operation, self.method, asks_who=bool(self.view.authentication_classes))
        named = {int(status) for status in operation["responses"] if int(status) >= 400}
        for status in sorted({*statuses, *named}):
            operation["responses"][str(status)] = refusals.reference(status)
        return operation

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        if not isinstance(field, Described):
            return super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        schema = field.taken() if direction == "request" else field.given()
        return append_meta(schema, self._get_serializer_field_meta(field, direction))  # type: ignore[no-untyped-call]

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        if isinstance(field, Described):
            return
        super()._insert_field_validators(field, schema)  # type: ignore[no-untyped-call]
        if type(field) is serializers.CharField and isinstance(field.parent, StrictSerializer):
            trimmed = field.trim_whitespace
            pattern = patterns.text(patterns.NUL, allow_blank=field.allow_blank, trimmed=trimmed)
            schema.setdefault("pattern", pattern)

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, type):
            serializer = serializer()
        if isinstance(serializer, StrictSerializer):
            schema["additionalProperties"] = False
            for name, rule in serializer.rules.items():
                (schema if name == GENERAL else schema["properties"][name])[refusals.RULE] = rule
        return schema


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
    """Describes `core.accounts.api.authentication.ApiKeyAuthentication`."""

    target_class = "core.accounts.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer", "description": "An API key from `auth/token/` or the settings."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes `core.accounts.api.authentication.SessionAuthentication`."""

    target_class = "core.accounts.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The cookie of a signed-in browser."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


def describe_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds the answers that operations refer to."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = refusals.problem_schema()
    components["responses"] = refusals.components()
    return result
