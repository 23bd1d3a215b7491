"""Parts of `/readyz` that core cannot know: how old the prices are, and whether messages go out."""

from __future__ import annotations

from alerts.selectors import deliveries_due
from core import clock
from core.health import LONGEST_WAIT, Part
from market.selectors import assets_listed

COUNTED = 100


def feed() -> Part:
    """The age of the newest price and how many active assets have a stale one; 1 Query."""
    now = clock.now()
    assets = [asset for asset in assets_listed() if asset.active]
    received = [asset.received_at for asset in assets if asset.received_at is not None]
    stale = sum(asset.is_stale(now) for asset in assets)
    age = round((now - max(received)).total_seconds(), 1) if received else None
    return Part("feed", stale < len(assets), {"newest_price_seconds": age, "assets": len(assets), "stale": stale})


def deliveries() -> Part:
    """How many messages are due and not under way, up to 100, and for how long the oldest; 1 Query."""
    now = clock.now()
    due = deliveries_due(now, COUNTED)
    waited = (now - due[0].due_at).total_seconds() if due else 0
    return Part("deliveries", waited < LONGEST_WAIT, {"due": len(due), "oldest_seconds": round(waited, 1)})
