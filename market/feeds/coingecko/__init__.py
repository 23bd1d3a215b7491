"""CoinGecko's prices of coins: averages over many exchanges, which change about once a minute."""

from market.feeds.coingecko.answers import COINGECKO
from market.feeds.coingecko.feed import CoinGeckoFeed
from market.feeds.protocol import FeedKind

__all__ = ["KIND", "CoinGeckoFeed"]

KIND = FeedKind(
    name="coingecko",
    open=CoinGeckoFeed,
    settings=("COINGECKO_URL", "COINGECKO_KEY", "COINGECKO_SECONDS"),
    source=COINGECKO,
    words="CoinGecko",
    url="https://www.coingecko.com",  # its terms ask for the link
    prices="the 20 coins, in US dollars, averaged over exchanges; market capitalisation, volume",
    calls="one call for all in `COINGECKO_SECONDS`",
    paced_by="COINGECKO_SECONDS",
    delay=20,
)
