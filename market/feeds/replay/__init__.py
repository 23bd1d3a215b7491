"""Recorded history as a feed: bars or prices from a CSV file, at any speed."""

from market.domain import REPLAY
from market.feeds.protocol import FeedKind
from market.feeds.replay.address import ReplayAddress, parsed
from market.feeds.replay.feed import ReplayFeed, opened
from market.feeds.replay.files import FileRefused

__all__ = ["KIND", "FileRefused", "ReplayAddress", "ReplayFeed", "parsed"]

KIND = FeedKind(
    name="replay",
    argument="the file's name",
    example="replay:FILE.csv?asset=bitcoin",
    open=opened,
    settings=("MARKET_POLL_SECONDS",),
    source=REPLAY,
    words="replay of",
    prices="those of a file; `?asset=bitcoin&zone=UTC&speed=60` say what it leaves open",
    calls="never",
)
