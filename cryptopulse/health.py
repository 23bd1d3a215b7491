"""Parts of `/readyz` that core cannot know: how old the prices are."""

from __future__ import annotations

from core import clock
from core.health import Part
from market.selectors import assets_listed


def feed() -> Part:
    """The age of the newest price and how many active assets have a stale one; 1 Query."""
    now = clock.now()
    assets = [asset for asset in assets_listed() if asset.active]
    received = [asset.received_at for asset in assets if asset.received_at is not None]
    stale = sum(asset.is_stale(now) for asset in assets)
    age = round((now - max(received)).total_seconds(), 1) if received else None
    return Part("feed", stale < len(assets), {"newest_price_seconds": age, "assets": len(assets), "stale": stale})
