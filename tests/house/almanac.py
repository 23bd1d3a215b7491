"""A feed that the product does not have: it knows what bitcoin cost at noon of every day, and how it goes on."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from market.domain import Asset, Candle, Tick
from market.feeds import FeedKind, LiveFeed

SOURCE = "almanac:noon"


class AlmanacFeed(LiveFeed):
    """See `LiveFeed`. It is opened with a setting, as other feeds are."""

    name = SOURCE

    def __init__(self, price: str) -> None:
        self._price = Decimal(price)

    def covers(self, asset_id: str) -> bool:
        return asset_id == "bitcoin"

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        return [Tick.lone(asset.asset_id, now, self._price, SOURCE) for asset in assets]

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        return []


KIND = FeedKind(
    name="almanac",
    open=AlmanacFeed,
    settings=("ALMANAC_PRICE",),
    source=SOURCE,
    words="The Almanac",
    url="https://almanac.example/",
    prices="bitcoin",
    calls="never",
    priced_in="US dollars at noon",
)
