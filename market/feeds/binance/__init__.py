"""Binance's spot prices: trades against USDT, as they happen."""

from core.currencies import BASE
from market.feeds.binance.feed import BinanceFeed, opened
from market.feeds.binance.pairs import BINANCE
from market.feeds.protocol import FeedKind

__all__ = ["KIND", "BinanceFeed"]

KIND = FeedKind(
    name="binance",
    open=opened,
    settings=("BINANCE_URL", "BINANCE_REST_URL", "MARKET_POLL_SECONDS", "REDIS_URL"),
    source=BINANCE,
    words="Binance, in USDT",
    url="https://www.binance.com",
    prices="18 of them, in USDT; not Tether, which is USDT, nor Monero, which is not traded there",
    calls="every trade, over one websocket for each process that polls",
    priced_in=f"USDT, which is near the {BASE.name}",
)
