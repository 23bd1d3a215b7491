"""Bodies of the answers of the staff's endpoints about the market."""

from typing import Any

from rest_framework import serializers

from core.api.fields import MomentField, QuantityField
from market.api.serializers import AssetSerializer


class AverageSerializer(serializers.Serializer[Any]):
    """Mean and median over the `known` assets of which the figure is known."""

    mean = QuantityField(allow_null=True)
    median = QuantityField(allow_null=True)
    known = serializers.IntegerField()


class SumSerializer(serializers.Serializer[Any]):
    """The sum over the `known` assets of which the figure is known."""

    total = QuantityField(allow_null=True)
    known = serializers.IntegerField()


class StatisticsSerializer(serializers.Serializer[Any]):
    """Figures over the active assets, with the times of the oldest and the newest price behind them."""

    assets = serializers.IntegerField()
    priced = serializers.IntegerField()
    stale = serializers.IntegerField()
    gaining = serializers.IntegerField()
    losing = serializers.IntegerField()
    change_24h = AverageSerializer(source="change", help_text="Percent.")
    market_cap = SumSerializer()
    volume_24h = SumSerializer(source="volume")
    oldest_price_at = MomentField(allow_null=True)
    newest_price_at = MomentField(allow_null=True)


class MarketSerializer(serializers.Serializer[Any]):
    """Statistics, and the assets that gained and lost most in 24 hours."""

    statistics = StatisticsSerializer()
    gainers = AssetSerializer(many=True)
    losers = AssetSerializer(many=True)
