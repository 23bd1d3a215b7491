"""Binance's spot prices: trades against USDT, as they happen."""

from market.feeds.binance.feed import BinanceFeed

__all__ = ["BinanceFeed"]
