"""Bodies and queries that the portfolio's endpoints take."""

from typing import Any

from rest_framework import serializers

from core.api.days import DaysQuery
from core.api.fields import FRESH_ID, IdField, MomentField, MoneyField, QuantityField
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField
from core.money import ZERO
from portfolio.domain.cash import EntryType
from portfolio.domain.fills import MOST_MONEY, SIDES
from portfolio.domain.input_errors import LONGEST_DESCRIPTION
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.orders import MARKET_TYPE, UNKNOWN_TYPE
from portfolio.domain.trades import SETTLEMENTS

LONGEST_ASSET_ID = 100


class MovementRequest(StrictSerializer):
    """Money to pay in or take out."""

    amount = MoneyField(above=ZERO, most=MOST_MONEY)
    description = TextField(required=False, allow_blank=True, default="", max_length=LONGEST_DESCRIPTION)


class OrderTypeField(serializers.ChoiceField):
    """One of the types of orders that there are when a request is read."""

    default_error_messages = {"invalid_choice": UNKNOWN_TYPE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(list(ORDER_TYPES), **kwargs)


class SizedRequest(StrictSerializer):
    """An order to look at: exactly one of quantity and amount."""

    rules = {
        "asset_id": "One of `assets/`.",
        "quantity": "This or `amount`; worth at most 1,000,000,000,000.",
        "amount": "This or `quantity`, not both.",
    }

    side = serializers.ChoiceField(SIDES, error_messages={"invalid_choice": "Choose buy or sell."})
    type = OrderTypeField(required=False, default=MARKET_TYPE)
    asset_id = TextField(max_length=LONGEST_ASSET_ID)
    quantity = QuantityField(required=False, above=ZERO)
    amount = MoneyField(
        required=False, above=ZERO, most=MOST_MONEY, help_text="Money to spend or to receive, without the fee."
    )


class OrderRequest(SizedRequest):
    """An order to place."""

    rules = {**SizedRequest.rules, "order_id": FRESH_ID}

    order_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same order.")


class TradeRequest(StrictSerializer):
    """A past trade to record."""

    rules = {
        "transaction_id": FRESH_ID,
        "timestamp": "Not in the future.",
        "asset_id": "One of `assets/`.",
        "quantity": "Times the price at least 0.01 and at most 1,000,000,000,000.",
        "fee": "Of a sale, at most what it brought.",
    }

    transaction_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same trade.")
    timestamp = MomentField(help_text="When the trade was made; not in the future.")
    type = serializers.ChoiceField(SIDES, source="side", error_messages={"invalid_choice": "Choose buy or sell."})
    asset_id = TextField(max_length=LONGEST_ASSET_ID)
    quantity = QuantityField(above=ZERO)
    price = QuantityField(above=ZERO, most=MOST_MONEY, help_text="Of one unit.")
    fee = MoneyField(required=False, default=ZERO, least=ZERO, most=MOST_MONEY)
    settlement = serializers.ChoiceField(
        SETTLEMENTS,
        required=False,
        default="outside",
        help_text="`outside`, the default: the money came from outside the account, or went there, and the cash stays "
        "as it is. `account`: it is paid from the cash, or into it.",
    )


class LedgerQuery(DaysQuery):
    """Which movements of cash."""

    type = serializers.ChoiceField([kind.value for kind in EntryType], required=False, source="kind")


class TransactionsQuery(DaysQuery):
    """Which trades."""

    asset = TextField(required=False, max_length=LONGEST_ASSET_ID, source="asset_id")


class OrdersQuery(StrictSerializer):
    """Which orders."""

    asset = TextField(required=False, max_length=LONGEST_ASSET_ID, source="asset_id")
