"""Types of orders: at which price each of them fills.

To add one, write it in a module of this folder and put it into `ORDER_TYPES`: page and API then take it.
"""

from __future__ import annotations

from typing import Protocol

from portfolio.domain.order_types.market import MARKET
from portfolio.domain.orders import OrderDraft
from portfolio.domain.quoted import Quote, Quoted


class OrderType(Protocol):
    """One type. `name` is what clients and rows call it, `label` what people read, like `Market`."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    def quote(self, draft: OrderDraft, asset: Quoted) -> Quote:
        """The price at which such an order fills that is placed now. Raises Refused `price_stale` without one."""


ORDER_TYPES: dict[str, OrderType] = {MARKET.name: MARKET}
"""Every type that an order may be of, by name."""
