"""The market order."""

from __future__ import annotations

from portfolio.domain.orders import MARKET_TYPE, OrderDraft
from portfolio.domain.quoted import Quote, Quoted, quote_of


class Market:
    """Fills at the latest price, whatever it is."""

    name = MARKET_TYPE
    label = "Market"

    def quote(self, draft: OrderDraft, asset: Quoted) -> Quote:
        """The latest price."""
        return quote_of(asset)


MARKET = Market()
