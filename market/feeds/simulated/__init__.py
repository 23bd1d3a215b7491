"""A simulated market, which says so on every page."""

from market.domain import SIMULATED
from market.feeds.protocol import FeedKind
from market.feeds.simulated.feed import SimulatedFeed

__all__ = ["KIND", "SimulatedFeed"]

KIND = FeedKind(
    name=SIMULATED,
    open=SimulatedFeed,
    source=SIMULATED,
    words="simulated",
    prices="every asset that the product begins with, simulated",
    calls="never",
)
