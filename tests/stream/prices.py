"""Prices that move."""

from datetime import timedelta

from market.services import ticks_record
from tests.market.builders import a_tick, an_asset


def move(price: str, asset_id: str = "bitcoin") -> None:
    """A poll that records one more price, a second after the one before."""
    at = an_asset(asset_id).price_at
    assert at is not None
    ticks_record([a_tick(price, at + timedelta(seconds=1), asset_id=asset_id)])
