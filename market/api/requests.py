"""What the market's endpoints take: their queries."""

from typing import Any

from rest_framework import serializers

from core.api.fields import MomentField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField
from market.domain import DEFAULT_SORT, INTERVALS, SORTS

LONGEST_SEARCH = 50
MOST_ASSETS = 100
LONGEST_IDS = MOST_ASSETS * 102


class AssetsQuery(StrictSerializer):
    """Which assets, in which order."""

    q = TextField(
        required=False, allow_blank=True, default="", max_length=LONGEST_SEARCH, help_text="Words of name or symbol."
    )
    sort = serializers.ChoiceField(SORTS, required=False, default=DEFAULT_SORT)


class PricesQuery(StrictSerializer):
    """Prices of which assets."""

    rules = {"assets": "1 to 100 ids of `assets/`."}

    assets = TextField(
        required=False, max_length=LONGEST_IDS, help_text="Ids, separated by commas; left out: every asset."
    )

    def validate_assets(self, value: str) -> list[str]:
        """The ids, each once. Raises ValidationError for more than 100."""
        asset_ids = list(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        if not 1 <= len(asset_ids) <= MOST_ASSETS:
            raise serializers.ValidationError(f"Enter 1 to {MOST_ASSETS} ids, separated by commas.")
        return asset_ids


class RangeQuery(StrictSerializer):
    """A range of time; `to` is exclusive."""

    rules = {"to": "After `from`."}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a keyword of Python, so both ends are made here."""
        fields = super().get_fields()
        fields["from"] = _moment("start", "The first moment.")
        fields["to"] = _moment("end", "The moment before which it ends.")
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The query. Raises ValidationError where it ends before it begins."""
        if attrs.get("start") and attrs.get("end") and attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"to": ["Enter a moment after `from`."]})
        return attrs


class CandlesQuery(RangeQuery):
    """Which candles."""

    interval = serializers.ChoiceField(
        list(INTERVALS),
        required=False,
        default="1h",
        error_messages={"invalid_choice": f"Choose one of {', '.join(INTERVALS)}."},
    )


def _moment(source: str, help_text: str) -> MomentField:
    return MomentField(required=False, source=source, help_text=help_text)
