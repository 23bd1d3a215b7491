"""What a price feed is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from market.domain import Asset, Candle, Tick


class FeedFailed(Exception):
    """The feed cannot tell prices now; nothing is invented in their place. The message says why."""


class Feed(Protocol):
    """A source of prices. It keeps no state: what it told last stands on the assets' rows.

    `name` is what the pages call it.
    """

    @property
    def name(self) -> str: ...

    def covers(self, asset_id: str) -> bool:
        """Whether this feed prices the asset."""

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What is new for these assets at this wall time. Raises FeedFailed."""

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """Candles up to this wall time to begin with, of any intervals, each interval in the order of time.

        The last of an interval may still be running. Empty where the feed knows none.
        """

    def conflict(self, asset: Asset) -> str | None:
        """Why this feed cannot go on from the prices stored of the asset, as a sentence; None where it can."""
