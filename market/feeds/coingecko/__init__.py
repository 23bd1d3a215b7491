"""CoinGecko's prices of coins: averages over many exchanges, which change about once a minute."""

from market.feeds.coingecko.feed import CoinGeckoFeed

__all__ = ["CoinGeckoFeed"]
