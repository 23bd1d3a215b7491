"""Several feeds as one: each asset is priced by the first that covers it, and by others where that one is silent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core import clock
from market.domain import Asset, Candle, Tick
from market.feeds.protocol import Feed, FeedFailed, LiveFeed, Pausing
from market.metrics import FEED_FAILURES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to one poll: ticks, why feeds failed by their names, and the names of those that answered."""

    ticks: list[Tick] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FeedChain:
    """Feeds in the order in which they are asked for an asset.

    The first that covers an asset is its own. Where that is a live feed and the price has become stale, the live feeds
    after it are asked as well, until the own feed has a price again; the source beside the price names the feed.
    Simulated or replayed prices never replace real ones, nor real ones them: an asset whose own feed fails keeps the
    price it has, which becomes stale.
    """

    feeds: tuple[Feed, ...]

    @property
    def name(self) -> str:
        return ", ".join(feed.name for feed in self.feeds)

    def covers(self, asset_id: str) -> bool:
        """Whether any of the feeds prices the asset."""
        return self._feed_for(asset_id) is not None

    def is_live(self, asset_id: str) -> bool:
        """Whether the asset's own feed is one of a real market."""
        return isinstance(self._feed_for(asset_id), LiveFeed)

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is new, from each asset's own feed or, where that is silent, from the live ones after it."""
        return self.ask(assets, now).ticks

    def ask(self, assets: Sequence[Asset], now: datetime) -> Answers:
        """What is new, as `ticks`, and which feeds failed and answered."""
        answers = Answers()
        ticks = answers.ticks
        answered: set[str] = set()
        for feed in self.feeds:
            asked = [asset for asset in assets if asset.asset_id not in answered and self._is_asked(feed, asset, now)]
            try:
                found = feed.ticks(asked, now) if asked else []
            except FeedFailed as error:
                FEED_FAILURES.labels(feed.name).inc()
                log.warning("feed failed", extra={"feed": feed.name, "reason": str(error)})
                answers.failures[feed.name] = str(error)
                continue
            if asked:
                answers.answered.append(feed.name)
            if isinstance(feed, LiveFeed):
                answered |= _answered(asked, found, now)
                found = _newer(asked, found)
            ticks += found
        return answers

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """The history that the asset's own feed knows; of live feeds, that of the first that knows any.

        Raises FeedFailed.
        """
        feeds = [feed for feed in self.feeds if feed.covers(asset.asset_id)]
        if feeds and isinstance(feeds[0], LiveFeed):
            feeds = [feed for feed in feeds if isinstance(feed, LiveFeed)]
        else:
            feeds = feeds[:1]
        failures: list[str] = []
        for feed in feeds:
            try:
                if candles := feed.history(asset, now):
                    return candles
            except FeedFailed as error:
                failures.append(f"{feed.name}: {error}")
        if failures:
            raise FeedFailed("; ".join(failures))
        return []

    def conflict(self, asset: Asset) -> str | None:
        """Why the asset's own feed cannot go on from the prices stored; see `Feed.conflict`."""
        feed = self._feed_for(asset.asset_id)
        return None if feed is None else feed.conflict(asset)

    def feed_for(self, asset_id: str) -> str | None:
        """The name of the feed that prices the asset; None where none does."""
        feed = self._feed_for(asset_id)
        return None if feed is None else feed.name

    def is_overdue(self, asset: Asset, now: datetime) -> bool:
        """Whether a price of the asset should have come by now: it is stale, and its feed is not pausing."""
        feed = self._feed_for(asset.asset_id)
        if feed is None or (isinstance(feed, Pausing) and feed.pauses(asset, now)):
            return False
        return asset.is_stale(now)

    def _is_asked(self, feed: Feed, asset: Asset, now: datetime) -> bool:
        own = self._feed_for(asset.asset_id)
        if own is feed:
            return True
        if not isinstance(own, LiveFeed) or not isinstance(feed, LiveFeed) or not feed.covers(asset.asset_id):
            return False
        return asset.is_stale(now) or asset.source != own.name

    def _feed_for(self, asset_id: str) -> Feed | None:
        return next((feed for feed in self.feeds if feed.covers(asset_id)), None)


def _answered(asked: Sequence[Asset], ticks: Sequence[Tick], now: datetime) -> set[str]:
    """The assets with a tick that is not stale, new or not: no other feed is needed for them."""
    patience = {asset.asset_id: asset.stale_after for asset in asked}
    return {tick.asset_id for tick in ticks if now - tick.at <= patience[tick.asset_id]}


def _newer(asked: Sequence[Asset], ticks: Sequence[Tick]) -> list[Tick]:
    """Ticks that are newer than the row: an old answer from a cache must not be counted as a late tick."""
    seen = {asset.asset_id: asset.memory.seen_at for asset in asked}
    return [
        tick
        for tick in ticks
        if (seen_at := seen[tick.asset_id]) is None or tick.timestamp > clock.to_milliseconds(seen_at)
    ]
