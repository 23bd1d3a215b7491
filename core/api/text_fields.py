"""Fields of text: each describes its length and form, and enforces both."""

import re
from typing import Any

from rest_framework import serializers

from core.api import patterns
from core.api.fields import Described
from core.periods import Month


class TextField(Described, serializers.CharField):
    """Text of at most `max_length` characters, without those of the class `refused`, written as within `[]`.

    A `pattern` is all of its form, but for blank text and outer spaces. The rest is as in CharField.
    """

    default_error_messages = {"pattern": "This text does not match the pattern in the description."}

    def __init__(
        self,
        *,
        max_length: int,
        refused: str = patterns.NUL,
        pattern: str | None = None,
        wrong: str = "",
        **kwargs: Any,
    ) -> None:
        """`wrong` is the error for text that does not match the pattern."""
        super().__init__(max_length=max_length, **kwargs)
        self.refused = refused
        self.pattern = pattern
        self._form = re.compile(pattern) if pattern else None
        if wrong:
            self.error_messages["pattern"] = wrong

    def to_internal_value(self, data: Any) -> str:
        """The text. Raises ValidationError for anything but text, and for text of another form."""
        if not isinstance(data, str):
            self.fail("invalid")
        if len(data.strip()) > (self.max_length or 0):
            self.fail("max_length", max_length=self.max_length)  # before anything takes longer for longer text
        text: str = super().to_internal_value(data)
        if self._form and text and not self._form.search(text):
            self.fail("pattern")
        return text

    def taken(self) -> dict[str, Any]:
        """A string with lengths and pattern."""
        schema: dict[str, Any] = {"type": "string", "maxLength": self.max_length}
        if self.min_length:
            schema["minLength"] = self.min_length
        if self.pattern:
            return schema | {"pattern": f"^$|{self.pattern}" if self.allow_blank else self.pattern}
        pattern = patterns.text(self.refused, allow_blank=self.allow_blank, trimmed=self.trim_whitespace)
        return schema | {"pattern": pattern}


class MonthField(Described, serializers.Field[Month, Any, str, Any]):
    """A month: `2026-11`."""

    default_error_messages = {"invalid": "Enter a month like 2026-11."}

    def to_internal_value(self, data: Any) -> Month:
        """The month. Raises ValidationError."""
        try:
            return Month.from_text(data)
        except (ValueError, TypeError):
            self.fail("invalid")

    def to_representation(self, value: Month) -> str:
        """Text like `2026-11`."""
        return str(value)

    def taken(self) -> dict[str, Any]:
        """Year and month."""
        return {"type": "string", "pattern": patterns.MONTH, "example": "2026-11"}


class UploadField(Described, serializers.FileField):
    """A file of a form, of at most `most` bytes; its content decides what it is, not its name."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.most = most

    def taken(self) -> dict[str, Any]:
        """Bytes."""
        least = {} if self.allow_empty_file else {"minLength": 1}
        return {"type": "string", "format": "binary", **least, "maxLength": self.most}
