"""Types of orders: at which price each of them fills.

To add one, write its class and put it into `ORDER_TYPES`: page and API then take it.
"""

from typing import ClassVar, Protocol

from portfolio.domain.orders import MARKET_TYPE, OrderDraft
from portfolio.domain.quoted import Quote, Quoted, quote_of


class OrderType(Protocol):
    """One type. `name` is what clients and rows call it, `label` what people read, like `Market`."""

    name: ClassVar[str]
    label: ClassVar[str]

    def quote(self, draft: OrderDraft, asset: Quoted) -> Quote:
        """The price at which such an order fills that is placed now. Raises Refused `price_stale` without one."""


class Market:
    """Fills at the latest price, whatever it is."""

    name: ClassVar[str] = MARKET_TYPE
    label: ClassVar[str] = "Market"

    def quote(self, draft: OrderDraft, asset: Quoted) -> Quote:
        return quote_of(asset)


ORDER_TYPES: dict[str, OrderType] = {MARKET_TYPE: Market()}
"""Every type that an order may be of, by name."""
