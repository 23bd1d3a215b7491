"""Recorded history as a feed: bars or prices from a CSV file, at any speed."""

from market.feeds.replay.address import ReplayAddress, parsed
from market.feeds.replay.feed import ReplayFeed
from market.feeds.replay.files import FileRefused

__all__ = ["FileRefused", "ReplayAddress", "ReplayFeed", "parsed"]
