"""Fields of the API: exact numbers as text, whole numbers, days and times, ids. Each describes what it takes.

A field enforces what its description says, and the description says all that it refuses for its form.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from core import clock, ids, money
from core.api import patterns


class Described:
    """A field with a schema of its own, which `core.api.schema.AutoSchema` puts into the description as it is."""

    def taken(self) -> dict[str, Any]:
        """The schema of what is taken in."""
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        """The schema of what is given out."""
        return self.taken()


class _Exact(Described, serializers.Field[Decimal, Any, str, Any]):
    """A decimal number: text or a whole number in, text out. A JSON number with a point is refused."""

    default_error_messages = {
        "invalid": 'Enter a number as text, like "1250.50".',
        "too_precise": "At most {places} decimal places.",
        "too_small": "Must be at least {least}.",
        "not_above": "Must be more than {above}.",
        "too_large": "Must be at most {most}.",
    }
    example = "1250.50"

    def __init__(
        self,
        *,
        places: int,
        least: Decimal | None = None,
        above: Decimal | None = None,
        most: Decimal = money.LARGEST,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.places = places
        self.least = least
        self.above = above
        self.most = most

    def to_internal_value(self, data: Any) -> Decimal:
        """The exact number. Raises ValidationError for anything else, or outside the bounds."""
        if isinstance(data, bool) or not isinstance(data, (str, int)):
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
        if value > self.most:
            self.fail("too_large", most=f"{self.most:,f}")
        return value

    def taken(self) -> dict[str, Any]:
        """Text with its pattern."""
        pattern = patterns.number(self.places, least=self.least, above=self.above, most=self.most)
        return {"type": "string", "format": "decimal", "pattern": pattern, "example": self.example}

    def given(self) -> dict[str, Any]:
        """Text; what was computed may have more digits than what is taken."""
        return {"type": "string", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$", "example": self.example}


class MoneyField(_Exact):
    """An amount of money; takes at most `places` decimals, gives exactly that many."""

    def __init__(self, *, places: int = 2, **kwargs: Any) -> None:
        super().__init__(places=places, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """Text like `1250.50`."""
        return f"{value:.{self.places}f}"


class QuantityField(_Exact):
    """A quantity, price or percentage; up to 8 decimals in, without superfluous zeros out."""

    example = "0.25"

    def __init__(self, *, places: int = 8, **kwargs: Any) -> None:
        super().__init__(places=places, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """Text like `0.25`, without an exponent."""
        return money.plain(value)


class WholeField(Described, serializers.IntegerField):
    """A whole number within bounds: a JSON number without a point, or text of the digits 0 to 9."""

    default_error_messages = {"invalid": "Enter a whole number."}

    def __init__(self, *, min_value: int, max_value: int, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        """The number. Raises ValidationError for anything else."""
        try:
            value = money.parse_whole(data) if isinstance(data, str) else data
        except ValueError:
            self.fail("invalid")
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail("invalid")
        return value

    def taken(self) -> dict[str, Any]:
        """An integer with its bounds."""
        return {"type": "integer", "minimum": self.min_value, "maximum": self.max_value}


class MomentField(Described, serializers.Field[datetime, Any, str, Any]):
    """A moment since 1970: RFC 3339 with a zone in, UTC with `Z` out."""

    default_error_messages = {
        "invalid": "Enter a time with its zone, like 2026-11-20T09:30:00Z.",
        "outside": "Enter a time since 1970.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        """The moment in UTC. Raises ValidationError for text without a zone and all else."""
        try:
            moment = clock.from_text(data)
        except (ValueError, TypeError, OverflowError):
            self.fail("invalid")
        if moment < clock.EPOCH:
            self.fail("outside")
        return moment

    def to_representation(self, value: datetime) -> str:
        """Text like `2026-11-20T09:30:00.000Z`."""
        return clock.to_text(value)

    def taken(self) -> dict[str, Any]:
        """RFC 3339 with capital letters and seconds below 60."""
        pattern = patterns.MOMENT
        return {"type": "string", "format": "date-time", "pattern": pattern, "example": "2026-11-20T09:30:00.000Z"}

    def given(self) -> dict[str, Any]:
        """RFC 3339."""
        return {"type": "string", "format": "date-time", "example": "2026-11-20T09:30:00.000Z"}


class DayField(Described, serializers.DateField):
    """A day from 1970 to 9998: `2026-11-20`."""

    default_error_messages = {
        "invalid": "Enter a day like 2026-11-20.",
        "outside": "Enter a day between 1970 and 9998.",
    }
    _form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

    def to_internal_value(self, value: Any) -> date:
        """The day. Raises ValidationError for text of another form, and for one outside the calendar."""
        if not isinstance(value, str) or not self._form.fullmatch(value):
            self.fail("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not clock.FIRST_DAY <= day <= clock.LAST_DAY:
            self.fail("outside")
        return day

    def taken(self) -> dict[str, Any]:
        """A date with the years that are taken."""
        return {"type": "string", "format": "date", "pattern": patterns.DAY, "example": "2026-11-20"}


FRESH_ID = "Its time must be within 24 hours of now, unless the same request was sent before."
"""The rule of an id of something new."""


class IdField(Described, serializers.Field[str, Any, str, Any]):
    """An id that the client makes: UUIDv7 in lower case. The services check whether its time is near enough."""

    default_error_messages = {"invalid": "Enter a UUIDv7 in lower case: {reason}."}

    def to_internal_value(self, data: Any) -> str:
        """The id. Raises ValidationError."""
        try:
            ids.id_time(data)
        except (ValueError, TypeError) as error:
            self.fail("invalid", reason=error)
        return str(data)

    def to_representation(self, value: str) -> str:
        """The id itself."""
        return value

    def taken(self) -> dict[str, Any]:
        """A UUID of version 7."""
        example = "019a9f3c-5c00-7abc-8def-0123456789ab"
        return {"type": "string", "format": "uuid", "pattern": patterns.UUID7, "example": example}


class BoundedListField(serializers.ListField):
    """A list of at most `max_length` values, which are counted before any of them is looked at."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.most = max_length

    def to_internal_value(self, data: Any) -> list[Any]:
        """The values. Raises ValidationError for anything but a list, for too many, and for each that is wrong."""
        if isinstance(data, list) and len(data) > self.most:
            raise serializers.ValidationError(f"Enter at most {self.most} values.", code="max_length")
        return super().to_internal_value(data)
