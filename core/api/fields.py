"""Fields of the API: exact numbers as text, times in UTC, time-ordered ids."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core import clock, ids, money


class _Exact(serializers.Field[Decimal, Any, str, Any]):
    """A decimal number: text or a number in, text out."""

    default_error_messages = {
        "invalid": 'Give a number as text, like "1250.50".',
        "too_precise": "At most {places} decimal places.",
        "too_small": "Must be at least {least}.",
        "not_above": "Must be more than {above}.",
    }

    def __init__(
        self, *, places: int, least: Decimal | None = None, above: Decimal | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.places = places
        self.least = least
        self.above = above

    def to_internal_value(self, data: Any) -> Decimal:
        """The exact number. Raises ValidationError for anything else, or outside the bounds."""
        if isinstance(data, bool):
            self.fail("invalid")
        try:
            value = money.parse(data)
        except ValueError:
            self.fail("invalid")
        if money.places(value) > self.places:
            self.fail("too_precise", places=self.places)
        if self.least is not None and value < self.least:
            self.fail("too_small", least=money.plain(self.least))
        if self.above is not None and value <= self.above:
            self.fail("not_above", above=money.plain(self.above))
        return value


@extend_schema_field({"type": "string", "format": "decimal", "example": "1250.50"})
class MoneyField(_Exact):
    """An amount of money; `places` decimals at most in, exactly so many out."""

    def __init__(self, *, places: int = 2, **kwargs: Any) -> None:
        super().__init__(places=places, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """Text like `1250.50`."""
        return f"{value:.{self.places}f}"


@extend_schema_field({"type": "string", "format": "decimal", "example": "0.25"})
class QuantityField(_Exact):
    """A quantity, price or percentage; up to 8 decimals in, without superfluous zeros out."""

    def __init__(self, *, places: int = 8, **kwargs: Any) -> None:
        super().__init__(places=places, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """Text like `0.25`, without an exponent."""
        return money.plain(value)


@extend_schema_field({"type": "string", "format": "date-time", "example": "2026-11-20T09:30:00.000Z"})
class MomentField(serializers.Field[datetime, Any, str, Any]):
    """A moment: RFC 3339 with a zone in, UTC with `Z` out."""

    default_error_messages = {"invalid": "Give a time with its zone, like 2026-11-20T09:30:00Z."}

    def to_internal_value(self, data: Any) -> datetime:
        """The moment in UTC. Raises ValidationError for text without a zone and all else."""
        try:
            return clock.from_text(data)
        except (ValueError, TypeError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        """Text like `2026-11-20T09:30:00.000Z`."""
        return clock.to_text(value)


@extend_schema_field({"type": "string", "format": "uuid", "example": "019a9f3c-5c00-7abc-8def-0123456789ab"})
class IdField(serializers.Field[str, Any, str, Any]):
    """An id that the client makes: UUIDv7 in lower case, its time within 24 hours of now."""

    default_error_messages = {"invalid": "Give a UUIDv7 in lower case: {reason}."}

    def to_internal_value(self, data: Any) -> str:
        """The id. Raises ValidationError."""
        try:
            return ids.checked_id(data)
        except (ValueError, TypeError) as error:
            self.fail("invalid", reason=error)

    def to_representation(self, value: str) -> str:
        """The id itself."""
        return value
