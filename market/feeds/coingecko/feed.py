"""CoinGecko as a feed: one call for all coins, at a pace that all processes share."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.cache import cache

from core.currencies import BASE
from market.catalogue import BY_ID
from market.domain import Asset, Candle, Tick
from market.feeds import http
from market.feeds.coingecko import answers
from market.feeds.pace import Pace
from market.feeds.protocol import FeedFailed, LiveFeed

T = TypeVar("T")
PUBLIC_URL = "https://api.coingecko.com/api/v3"
PRO_HOST = "pro-api.coingecko.com"
COINS = tuple(listing.asset_id for listing in BY_ID.values() if listing.kind == "crypto")
HISTORY_DAYS = 90
HISTORY_SECONDS = 12
"""Between two calls for a coin's past: five a minute, what the API grants without a key."""
ANSWER = "feed:coingecko:answer"
ANSWER_KEPT = 3_600
HINTS = dict.fromkeys((400, 401, 403), ": see COINGECKO_KEY and COINGECKO_URL")


class CoinGeckoFeed(LiveFeed):
    """Prices in the base currency at the times that CoinGecko gives them.

    `/simple/price` has all coins in one call: price, market capitalisation, volume and change of 24 hours, and the
    second of each price. Of the endpoints that do, its answers are the freshest and the shortest. All processes
    together make at most one call in `seconds`: turns, rests and the last answer are in Django's cache, which they
    share. Between calls the last answer is used again. After 429 no process calls before Retry-After is over, after
    another failure before a rest that grows each time.
    """

    name = answers.COINGECKO

    def __init__(
        self, url: str = "", key: str = "", seconds: float | Decimal = 60, *, answers_within: float = http.SECONDS
    ) -> None:
        """`url` is the API's root, CoinGecko's where empty; `seconds` the least between two calls for prices."""
        self._url = (url or PUBLIC_URL).rstrip("/")
        self._key = key
        self._seconds = float(seconds)
        self._answers_within = answers_within
        self._pace = Pace(self.name)

    def covers(self, asset_id: str) -> bool:
        """Whether it is a coin of the catalogue, whose ids are CoinGecko's, or an asset that the staff added."""
        return asset_id in COINS or asset_id not in BY_ID

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """The last prices known of these assets, from a call if one is due. Raises FeedFailed when that fails."""
        coins = tuple(dict.fromkeys([*COINS, *(asset.asset_id for asset in assets if asset.kind == "crypto")]))
        if self._pace.takes_turn("prices", self._seconds):
            body = self._called("/simple/price", _parameters(coins))
            ticks = self._read(lambda: answers.prices(body, coins))
            cache.set(ANSWER, body, ANSWER_KEPT)
        else:
            # a price dated in the future is refused and counted once; it need not come again
            ticks = [tick for tick in _kept(coins) if tick.at <= now]
        wanted = {asset.asset_id for asset in assets}
        return [tick for tick in ticks if tick.asset_id in wanted]

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """90 days of hours, and the days that they make; one call. Raises FeedFailed, also when no call is due yet."""
        if not self._pace.takes_turn("history", HISTORY_SECONDS):
            raise FeedFailed("it is not time for another call yet")
        asked_as = answers.asked_as(asset.asset_id)
        body = self._called(
            f"/coins/{asked_as}/market_chart",
            {"vs_currency": BASE.code, "days": str(HISTORY_DAYS), "precision": "full"},
        )
        return self._read(lambda: answers.hours(body, asset.asset_id, now))

    def _read(self, reading: Callable[[], T]) -> T:
        try:
            found = reading()
        except FeedFailed:
            self._pace.failed()
            raise
        self._pace.succeeded()
        return found

    def _called(self, path: str, parameters: Mapping[str, str]) -> bytes:
        headers = key_header(self._url, self._key)
        return self._pace.call(f"{self._url}{path}", parameters, headers, seconds=self._answers_within, hints=HINTS)


def key_header(url: str, key: str) -> dict[str, str]:
    """The header that carries a key: one name for the Demo plan, one for the paid plans, which have their own host."""
    if not key:
        return {}
    return {f"x-cg-{'pro' if urlsplit(url).hostname == PRO_HOST else 'demo'}-api-key": key}


def _parameters(coins: Sequence[str]) -> dict[str, str]:
    return {
        "ids": ",".join(answers.asked_as(asset_id) for asset_id in coins),
        "vs_currencies": BASE.code,
        "include_market_cap": "true",
        "include_24hr_vol": "true",
        "include_24hr_change": "true",
        "include_last_updated_at": "true",
        "precision": "full",
    }


def _kept(coins: Sequence[str]) -> list[Tick]:
    body = cache.get(ANSWER)
    return [] if body is None else answers.prices(body, coins)
