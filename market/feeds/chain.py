"""Several feeds as one: each asset is priced by the first that covers it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from market.domain import Asset, Candle, Tick
from market.feeds.protocol import Feed, FeedFailed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedChain:
    """Feeds in the order in which they are asked for an asset.

    A feed that fails leaves its assets with the prices they have, which grow stale; the others go on.
    """

    feeds: tuple[Feed, ...]

    @property
    def name(self) -> str:
        return ", ".join(feed.name for feed in self.feeds)

    def covers(self, asset_id: str) -> bool:
        """Whether any of the feeds prices the asset."""
        return self._feed_for(asset_id) is not None

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is new, from each asset's own feed."""
        ticks: list[Tick] = []
        for feed in self.feeds:
            own = [asset for asset in assets if self._feed_for(asset.asset_id) is feed]
            try:
                ticks += feed.ticks(own, now) if own else []
            except FeedFailed as error:
                log.warning("feed failed", extra={"feed": feed.name, "reason": str(error)})
        return ticks

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """The history that the asset's own feed knows."""
        feed = self._feed_for(asset.asset_id)
        return [] if feed is None else feed.history(asset, now)

    def conflict(self, asset: Asset) -> str | None:
        """What the asset's own feed says."""
        feed = self._feed_for(asset.asset_id)
        return None if feed is None else feed.conflict(asset)

    def _feed_for(self, asset_id: str) -> Feed | None:
        return next((feed for feed in self.feeds if feed.covers(asset_id)), None)
