"""Bodies that the portfolio's endpoints answer."""

from typing import Any

from rest_framework import serializers

from core.api.fields import MomentField, MoneyField, QuantityField
from portfolio.domain.cash import EntryType
from portfolio.domain.fills import SIDES
from portfolio.domain.trades import SETTLEMENTS


class CashSerializer(serializers.Serializer[Any]):
    """Money of the account: balance is held and available together."""

    balance = MoneyField()
    held = MoneyField(help_text="What open orders hold.")
    available = MoneyField()


class HoldingSerializer(serializers.Serializer[Any]):
    """One holding at the latest price; what follows from a missing price is null."""

    asset_id = serializers.CharField(source="asset.asset_id")
    symbol = serializers.CharField(source="asset.symbol")
    quantity = QuantityField()
    held = QuantityField()
    average_cost = QuantityField(help_text="Cost of one unit, fees included.")
    cost = MoneyField()
    price = QuantityField(allow_null=True)
    price_at = MomentField(allow_null=True)
    stale = serializers.BooleanField(help_text="Whether the price is missing or old.")
    value = MoneyField(allow_null=True)
    unrealized = MoneyField(allow_null=True)
    unrealized_percent = MoneyField(allow_null=True, help_text="Of cost.")
    share = MoneyField(allow_null=True, help_text="Percent of the value of the account.")


class TotalsSerializer(serializers.Serializer[Any]):
    """The whole account."""

    value = MoneyField(help_text="Cash, and all holdings that have a price.")
    complete = serializers.BooleanField(help_text="Whether all holdings have a price.")
    invested = MoneyField(help_text="Cost of what is held.")
    net_deposits = MoneyField(help_text="Money put in, less money taken out.")
    profit = MoneyField(help_text="Value less net deposits.")
    profit_percent = MoneyField(allow_null=True, help_text="Of net deposits.")
    realized = MoneyField(help_text="Gain of all sales, by average cost.")


class PortfolioSerializer(serializers.Serializer[Any]):
    """The account at the latest prices."""

    currency = serializers.CharField()
    cash = CashSerializer()
    holdings = HoldingSerializer(many=True)
    totals = TotalsSerializer()


class LedgerEntrySerializer(serializers.Serializer[Any]):
    """One ledger entry."""

    transaction_id = serializers.CharField(source="ledger_id")
    transaction_type = serializers.ChoiceField([kind.value for kind in EntryType])
    amount = MoneyField(help_text="Never negative; the two balances show the direction.")
    previous_balance = MoneyField()
    new_balance = MoneyField()
    status = serializers.CharField()
    description = serializers.CharField()
    order_id = serializers.CharField(allow_null=True)
    effective_at = MomentField(help_text="The time it counts for: that of the trade for one recorded later.")
    created_at = MomentField()


class TransactionSerializer(serializers.Serializer[Any]):
    """One executed trade."""

    transaction_id = serializers.CharField(source="trade_id")
    timestamp = MomentField(source="at")
    type = serializers.ChoiceField(SIDES, source="fill.side")
    asset_id = serializers.CharField()
    symbol = serializers.CharField()
    quantity = QuantityField(source="fill.quantity")
    price = QuantityField(source="fill.price")
    amount = MoneyField(source="fill.amount", help_text="Without the fee.")
    fee = MoneyField(source="fill.fee")
    order_id = serializers.CharField(allow_null=True, help_text="null: recorded by hand.")
    settlement = serializers.ChoiceField(SETTLEMENTS)
    status = serializers.CharField()
    created_at = MomentField()


class OrderSerializer(serializers.Serializer[Any]):
    """One order."""

    order_id = serializers.CharField()
    status = serializers.CharField()
    side = serializers.ChoiceField(SIDES)
    type = serializers.CharField()
    asset_id = serializers.CharField()
    symbol = serializers.CharField()
    quantity = QuantityField(source="fill.quantity")
    filled_quantity = QuantityField()
    price = QuantityField(source="fill.price")
    price_at = MomentField(source="quote.at", help_text="Time of the price by the feed's clock.")
    price_source = serializers.CharField(source="quote.source")
    amount = MoneyField(source="fill.amount", help_text="Without the fee.")
    fee = MoneyField(source="fill.fee")
    created_at = MomentField()
    updated_at = MomentField()


class GainSerializer(serializers.Serializer[Any]):
    """What a sale would bring by one method of cost basis."""

    method = serializers.CharField()
    cost = MoneyField(help_text="Cost of the units sold, fees included.")
    gain = MoneyField()


class PreviewSerializer(serializers.Serializer[Any]):
    """What an order would do now."""

    side = serializers.ChoiceField(SIDES, source="fill.side")
    asset_id = serializers.CharField(source="asset.asset_id")
    symbol = serializers.CharField(source="asset.symbol")
    quantity = QuantityField(source="fill.quantity")
    price = QuantityField(source="fill.price")
    price_at = MomentField(source="quote.at")
    price_source = serializers.CharField(source="quote.source")
    amount = MoneyField(source="fill.amount", help_text="Without the fee.")
    fee = MoneyField(source="fill.fee")
    total = MoneyField(source="fill.total", help_text="What a buyer pays or a seller receives, fee included.")
    cash_after = MoneyField()
    quantity_after = QuantityField()
    average_cost = QuantityField(allow_null=True, help_text="Of one unit held; for a purchase, after it.")
    gains = serializers.SerializerMethodField(help_text="Of a sale.")

    def get_gains(self, preview: Any) -> list[dict[str, Any]]:
        """The gain by the user's method; nothing for a purchase."""
        if preview.gain is None:
            return []
        found = {"method": preview.method, "cost": preview.gain.cost, "gain": preview.gain.realized}
        return [dict(GainSerializer(found).data)]
