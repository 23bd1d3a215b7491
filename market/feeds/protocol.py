"""What a price feed is."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.currencies import BASE
from market.domain import Asset, Candle, Tick, is_made_up


class FeedFailed(Exception):
    """The feed has no prices now; nothing is invented in their place. The message says why."""


class Feed(Protocol):
    """A source of prices.

    How far it has come is on the assets' rows alone: what a process keeps beside them, a connection or the last answer,
    only saves work, and it may be killed and started again at any point. `name` is the source of its ticks.
    """

    @property
    def name(self) -> str: ...

    @abstractmethod
    def covers(self, asset_id: str) -> bool:
        """Whether this feed prices the asset."""

    @abstractmethod
    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is new for these assets at this wall time. Raises FeedFailed.

        A live feed may repeat the last price that it knows; the chain leaves out what is not newer than the row.
        """

    @abstractmethod
    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """Candles up to this wall time to begin with, of any intervals, each interval in the order of time.

        The last of an interval may still be running. Empty where the feed knows none. Raises FeedFailed.
        """

    def conflict(self, asset: Asset) -> str | None:
        """Why this feed cannot go on from the prices stored of the asset, as a sentence; None where it can."""


@runtime_checkable
class Pausing(Protocol):
    """A feed that may have no new prices for long without a fault: a closed market, or a file at its end."""

    def pauses(self, asset: Asset, now: datetime) -> bool:
        """Whether no new price of the asset is due at this wall time."""


class LiveFeed(Feed):
    """A feed of a real market, asked over the network.

    It is not asked at the start of the site, which must not wait for others: the first poll brings prices, and its
    history is fetched afterwards, one asset at a time. Another live feed may replace it, but no simulated one.
    """

    name: str = ""

    def conflict(self, asset: Asset) -> str | None:
        """Refuses a store with simulated or replayed prices: real ones after them would make one curve of both."""
        if not is_made_up(asset.source) or asset.memory.seen_at is None:
            return None
        return (
            f"MARKET_FEED names {self.name}, but the store has prices of {asset.name} from {asset.source}. "
            "Use another store for live prices: set DATASTORE_URL."
        )


@dataclass(frozen=True, slots=True)
class FeedKind:
    """A kind of feed as settings, pages and docs know it: one object in the folder of each, named in `FEEDS`.

    `name` is its name in MARKET_FEED; an `argument` follows after a colon, as in `example`. `open` makes the feed from
    the argument, if there is one, and the values of `settings`; it raises ValueError with a sentence that says what is
    wrong with the argument.
    `source` is the source of its ticks or, with a colon at its end, the beginning of it. `words` say it on pages,
    before the rest of the source. Of a real market, `url` is the link of the credit beside its prices. `prices` and
    `calls` are for the docs: what it prices and how often it is called. `paced_by` is the setting with the seconds
    between two answers, which may be `delay` seconds old; without one it is asked at each poll.
    """

    name: str
    open: Callable[..., Feed]
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
        """Whether it is of a real market, which is to be credited."""
        return bool(self.url)

    def is_of(self, source: str) -> bool:
        """Whether a source of ticks is this feed's."""
        return source == self.source or (self.source.endswith(":") and source.startswith(self.source))
