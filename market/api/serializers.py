"""Bodies of the answers of the market's endpoints."""

from typing import Any

from rest_framework import serializers

from core import clock
from core.api.fields import MomentField, QuantityField
from market.domain import Asset
from market.presentation import sources_in_words


class SourcedSerializer(serializers.Serializer[Any]):
    """Prices of a feed; `source` names it."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Every serializer has an attribute `source`, so this field is made here."""
        fields = super().get_fields()
        fields["source"] = serializers.CharField(help_text=sources_in_words())
        return fields


class PriceSerializer(SourcedSerializer):
    """The latest price of an asset, with its age on the feed's own clock; null where there is none yet."""

    asset_id = serializers.CharField()
    price = QuantityField(allow_null=True)
    at = MomentField(source="price_at", allow_null=True)
    age_seconds = serializers.SerializerMethodField()
    stale = serializers.SerializerMethodField(help_text="Whether the price is missing or older than the feed allows.")

    def get_age_seconds(self, asset: Asset) -> int | None:
        """Whole seconds since the price was true."""
        return asset.age_seconds(clock.now())

    def get_stale(self, asset: Asset) -> bool:
        return asset.is_stale(clock.now())


class AssetSerializer(PriceSerializer):
    """An asset with its latest price; what is not known is null."""

    symbol = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(["crypto", "equity"])
    rank = serializers.IntegerField()
    active = serializers.BooleanField(help_text="Whether it may be bought; an inactive one may only be sold.")
    change_24h = QuantityField(allow_null=True, help_text="Percent, accurate to the hour.")
    high_24h = QuantityField(allow_null=True)
    low_24h = QuantityField(allow_null=True)
    market_cap = QuantityField(allow_null=True)
    volume_24h = QuantityField(allow_null=True, help_text="In the currency of the price, where the feed has it.")


class MoversSerializer(serializers.Serializer[Any]):
    """Assets that gained and lost most in 24 hours, the largest change first."""

    gainers = AssetSerializer(many=True)
    losers = AssetSerializer(many=True)


class CandleSerializer(SourcedSerializer):
    """A candle. The last may still be running."""

    opened_at = MomentField()
    open = QuantityField()
    high = QuantityField()
    low = QuantityField()
    close = QuantityField()
    volume = QuantityField(allow_null=True, help_text="In units of the asset; null where the feed has no volumes.")


class TickSerializer(SourcedSerializer):
    """A price at a time: the close of all prices since the tick before, with their open, high and low."""

    at = MomentField()
    price = QuantityField()
    open = QuantityField()
    high = QuantityField()
    low = QuantityField()
    volume = QuantityField(allow_null=True)


class StarSerializer(serializers.Serializer[Any]):
    """An asset on the watchlist."""

    asset_id = serializers.CharField()
    added_at = MomentField()
