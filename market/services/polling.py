"""One look at the feeds."""

from __future__ import annotations

from django.conf import settings

from core import clock
from core.storage import journey
from market.feeds import Feed, feed_of
from market.selectors import assets_listed
from market.services.recording import Recorded, ticks_record


def prices_poll(feed: Feed | None = None) -> Recorded:
    """Record what is new at the feed, by default at those that the settings name."""
    with journey("prices_poll"):
        source = feed or feed_of(settings)
        assets, asked_at = assets_listed(), clock.now()
        return ticks_record(source.ticks(assets, asked_at), asked_at=asked_at)
