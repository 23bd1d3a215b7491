"""Forms of the portfolio's pages."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from core.currencies import BASE
from core.forms import DaysForm, MomentField, NumberField, OnceForm
from core.money import ZERO
from portfolio.domain.cash import EntryType
from portfolio.domain.input_errors import LONGEST_DESCRIPTION
from portfolio.domain.movements import MovementDraft
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.orders import MARKET_TYPE, OrderDraft
from portfolio.domain.quoted import Quoted
from portfolio.domain.trades import TradeDraft

SIDES = (("buy", "Buy"), ("sell", "Sell"))
SIZED_BY = (("amount", "Amount of money"), ("quantity", "Quantity"))
SETTLEMENTS = (
    ("outside", "Outside this account: the cash does not change, net deposits do"),
    ("account", "The cash of this account"),
)


class MovementForm(OnceForm):
    """Money to pay in or take out."""

    amount = NumberField(label="Amount", help_text="At most 2 decimals.")
    description = forms.CharField(label="Description", required=False, max_length=LONGEST_DESCRIPTION)

    @property
    def draft(self) -> MovementDraft:
        """What a valid form says."""
        return MovementDraft(self.cleaned_data["amount"], self.cleaned_data["description"])


class OrderForm(forms.Form):
    """What the forms of an order have in common."""

    @property
    def draft(self) -> OrderDraft:
        """What a valid form says."""
        said = self.cleaned_data
        size: dict[str, Decimal] = {said["by"]: said["size"]}
        return OrderDraft(said["side"], said["asset"], **size, type=said.get("type") or MARKET_TYPE)


def _order_types() -> list[tuple[str, str]]:
    return [(name, order_type.label) for name, order_type in ORDER_TYPES.items()]


class SizedForm(OrderForm):
    """An order to look at, from the address. Its type is asked for where there is more than one."""

    side = forms.ChoiceField(label="Side", choices=SIDES, widget=forms.RadioSelect, initial="buy")
    asset = forms.ChoiceField(label="Asset")
    type = forms.ChoiceField(label="Order type", choices=_order_types, required=False, initial=MARKET_TYPE)
    by = forms.ChoiceField(label="Order by", choices=SIZED_BY, widget=forms.RadioSelect, initial="amount")
    size = NumberField(label="How much", help_text=f"{BASE.many}, or units of the asset with up to 8 decimals.")

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"] = asset_field(assets)
        if len(ORDER_TYPES) == 1:
            del self.fields["type"]


class PlaceForm(OnceForm, OrderForm):
    """The order that a preview offered to place; the services check what it says."""

    side = forms.CharField(max_length=10)
    asset = forms.CharField(max_length=100)
    type = forms.CharField(max_length=100, required=False)
    by = forms.ChoiceField(choices=SIZED_BY)
    size = NumberField()


class TradeForm(OnceForm):
    """A past trade to record."""

    side = forms.ChoiceField(label="Side", choices=SIDES, widget=forms.RadioSelect, initial="buy")
    asset = forms.ChoiceField(label="Asset")
    timestamp = MomentField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
        help_text="In your time zone.",
    )
    quantity = NumberField(label="Quantity", help_text="Up to 8 decimals.")
    price = NumberField(label="Price of one unit")
    fee = NumberField(label="Fee", required=False)
    settlement = forms.ChoiceField(
        label="Where the money came from or went", choices=SETTLEMENTS, widget=forms.RadioSelect, initial="outside"
    )

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"] = asset_field(assets)

    @property
    def draft(self) -> TradeDraft:
        """What a valid form says; no fee is a fee of 0."""
        said = self.cleaned_data
        return TradeDraft(
            timestamp=said["timestamp"],
            side=said["side"],
            asset_id=said["asset"],
            quantity=said["quantity"],
            price=said["price"],
            fee=said["fee"] or ZERO,
            settlement=said["settlement"],
        )


class TransactionsFilter(DaysForm):
    """Which trades, by UTC days."""

    asset = forms.ChoiceField(label="Asset", required=False)

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"] = asset_field(assets, any_label="All assets")


class LedgerFilter(DaysForm):
    """Which movements of cash, by UTC days."""

    type = forms.ChoiceField(
        label="Type", required=False, choices=[("", "All types"), *((kind.value, kind.label) for kind in EntryType)]
    )


class OrdersFilter(forms.Form):
    """Which orders."""

    def __init__(self, *args: Any, assets: Iterable[Quoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asset"] = asset_field(assets, any_label="All assets")


def asset_field(assets: Iterable[Quoted], *, any_label: str = "") -> forms.ChoiceField:
    """A choice among the assets; optional where there is a label for all of them."""
    choices = [(asset.asset_id, f"{asset.name} ({asset.symbol})") for asset in assets]
    if any_label:
        choices.insert(0, ("", any_label))
    return forms.ChoiceField(
        label="Asset",
        choices=choices,
        required=not any_label,
        error_messages={"invalid_choice": "This asset was not found. Choose one from the list."},
    )
