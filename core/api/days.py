"""A range of days in a query string."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import DayField
from core.api.serializers import StrictSerializer


class DaysQuery(StrictSerializer):
    """A range of days, both included, as `since` and `until`; `day_kind` says in which time zone the days are."""

    day_kind: ClassVar[str] = "UTC day"
    rules = {"to": "Not before `from`."}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Both ends, made here because Python does not allow `from` as a name."""
        fields = super().get_fields()
        fields["from"] = _day("since", f"The first {self.day_kind}, like 2026-11-01.")
        fields["to"] = _day("until", f"The last {self.day_kind}, included.")
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The query. Raises ValidationError where it ends before it begins."""
        if attrs.get("since") and attrs.get("until") and attrs["since"] > attrs["until"]:
            raise serializers.ValidationError({"to": ["Enter a day that is not before `from`."]})
        return attrs


def _day(source: str, help_text: str) -> DayField:
    return DayField(required=False, source=source, help_text=help_text)
