"""Serializers that refuse fields they do not have."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request

MOST_NAMED = 20
"""Unknown fields that an error names at most; a body may have thousands."""


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that refuses fields it does not have, and those that cannot be set.

    `rules` has by field what a value must fulfil beyond the form that the field itself describes; `request` is the body
    as a whole. They are in the description, and nothing else of the right form is refused with 400.
    """

    rules: ClassVar[Mapping[str, str]] = {}

    def to_internal_value(self, data: Any) -> Any:
        """The checked values. Raises ValidationError that names the first fields not known."""
        if isinstance(data, Mapping):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = [str(name) for name in data if name not in writable][:MOST_NAMED]
            if unknown:
                raise serializers.ValidationError({name: ["This field is not known here."] for name in unknown})
        return super().to_internal_value(data)


def read_body(
    serializer: type[serializers.Serializer[Any]], request: Request, *, partial: bool = False, **context: Any
) -> dict[str, Any]:
    """The checked values of the body; `context` is handed to the serializer.

    Raises ValidationError, answered as 400 `invalid` with the fields.
    """
    checked = serializer(data=request.data, partial=partial, context=context)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def read_query(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked values of the query string, `limit` and `cursor` aside. Raises ValidationError."""
    data = {name: value for name, value in request.query_params.items() if name not in ("limit", "cursor", "format")}
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)
