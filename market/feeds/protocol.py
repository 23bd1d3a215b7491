"""What a price feed is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.currencies import BASE
from market.domain import Asset, Candle, Tick, is_made_up


class FeedFailed(Exception):
    """The feed cannot tell prices now; nothing is invented in their place. The message says why."""


class Feed(Protocol):
    """A source of prices.

    Where it stands is told by the assets' rows alone: what a process keeps beside them, a connection or the last
    answer, only saves work, and it may be killed and started again at any point. `name` is the source of its ticks.
    """

    @property
    def name(self) -> str: ...

    def covers(self, asset_id: str) -> bool:
        """Whether this feed prices the asset."""

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is new for these assets at this wall time. Raises FeedFailed.

        A live feed may repeat the last price that it knows; the chain leaves out what is not newer than the row.
        """

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """Candles up to this wall time to begin with, of any intervals, each interval in the order of time.

        The last of an interval may still be running. Empty where the feed knows none. Raises FeedFailed.
        """

    def conflict(self, asset: Asset) -> str | None:
        """Why this feed cannot go on from the prices stored of the asset, as a sentence; None where it can."""


@runtime_checkable
class Pausing(Protocol):
    """A feed that may have no news for long without being at fault: a closed market, or a file at its end."""

    def pauses(self, asset: Asset, now: datetime) -> bool:
        """Whether no news of the asset is due at this wall time."""


class LiveFeed(ABC):
    """A feed of a real market, asked over the network.

    It has no part in a start, which must not wait for others: the first poll brings prices, and its history is fetched
    afterwards, one asset at a time. Another live feed may stand in for it, never one whose prices are made up.
    """

    name: str

    @abstractmethod
    def covers(self, asset_id: str) -> bool:
        """Whether this feed prices the asset."""

    @abstractmethod
    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is known for these assets at this wall time. Raises FeedFailed."""

    @abstractmethod
    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """Candles before this wall time. Raises FeedFailed."""

    def conflict(self, asset: Asset) -> str | None:
        """Prices that were made up or replayed: real ones after them would make one curve, and alerts, of both."""
        if not is_made_up(asset.source) or asset.memory.seen_at is None:
            return None
        return (
            f"MARKET_FEED names {self.name}, but the store has prices of {asset.name} from {asset.source}. "
            "Give live prices a store of their own: set DATASTORE_URL."
        )


@dataclass(frozen=True, slots=True)
class FeedKind:
    """A kind of feed as settings, pages and docs know it: one object in the folder of each, named in `FEEDS`.

    `name` is what MARKET_FEED calls it; where an `argument` follows, a colon stands between, as in `example`. `open`
    makes the feed of the argument, if there is one, and the values of `settings`; it raises ValueError with a sentence
    that says what is wrong with the argument.
    `source` is the source of its ticks, or, with a colon at its end, what that begins with. `words` say it on pages,
    before the rest of the source. Where it is of a real market, `url` is where the credit beside its prices leads.
    `prices` and `calls` are for the docs: what it prices and how often it is called. `paced_by` is the setting with the
    seconds between two answers, which may be `delay` seconds old; without one it is asked at each poll.
    """

    name: str
    open: Callable[..., Feed | LiveFeed]
    source: str
    words: str
    prices: str
    calls: str
    url: str = ""
    argument: str = ""
    example: str = ""
    settings: tuple[str, ...] = ()
    priced_in: str = BASE.many
    paced_by: str = ""
    delay: int = 0

    @property
    def is_live(self) -> bool:
        """Whether it is one of a real market, which is to be credited."""
        return bool(self.url)

    def is_of(self, source: str) -> bool:
        """Whether a source of ticks is one of its own."""
        return source == self.source or (self.source.endswith(":") and source.startswith(self.source))
