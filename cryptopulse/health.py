"""Parts of `/readyz` that core cannot know: prices, the trigger engine, and whether messages go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.selectors import deliveries_open
from core import clock
from core.health import LONGEST_WAIT, Part
from core.metrics import Gauge
from market.selectors import Asset, assets_listed
from market.triggers import series
from market.triggers.series import SeriesRow

COUNTED = 100
OPEN = ("queued", "sending", "retry")
"""States of a delivery that has not ended."""


def market() -> list[Part]:
    """How old the prices of each feed are, and whether the trigger engine has taken them in.

    2 requests for 100 assets.
    """
    now = clock.now()
    assets = [asset for asset in assets_listed() if asset.active]
    rows = series.get_many([asset.asset_id for asset in assets])
    return [_feed(assets, now), _triggers(assets, rows, now)]


def deliveries() -> list[Part]:
    """How many messages wait, up to 100, and for how long the oldest that is due; 1 Query."""
    now = clock.now()
    found = deliveries_open(COUNTED)
    due = [delivery for delivery in found if delivery.due_at <= now]
    waited = (now - due[0].due_at).total_seconds() if due else 0
    states = Counter(delivery.status.value for delivery in found)
    about = "Messages that have not ended, by state; counted up to 100 in all."
    gauges = (
        *(Gauge("cryptopulse_deliveries_open", about, states[state], {"state": state}) for state in OPEN),
        Gauge("cryptopulse_deliveries_due", "Messages that are due and not under way, up to 100.", len(due)),
        Gauge("cryptopulse_deliveries_oldest_age_seconds", "Since the oldest of them was due.", waited),
    )
    figures = {"due": len(due), "oldest_seconds": round(waited, 1), **{state: states[state] for state in OPEN}}
    return [Part("deliveries", waited < LONGEST_WAIT, figures, gauges)]


def _feed(assets: Sequence[Asset], now: datetime) -> Part:
    newest: dict[str, datetime] = {}
    for asset in assets:
        if asset.received_at is not None:
            newest[asset.source] = max(asset.received_at, newest.get(asset.source, asset.received_at))
    ages = {feed: max((now - received_at).total_seconds(), 0) for feed, received_at in sorted(newest.items())}
    stale = sum(asset.is_stale(now) for asset in assets)
    about = "Since the newest price of the feed was received."
    gauges = (
        *(Gauge("cryptopulse_feed_newest_price_age_seconds", about, age, {"feed": feed}) for feed, age in ages.items()),
        Gauge("cryptopulse_market_assets", "Active assets.", len(assets)),
        Gauge("cryptopulse_market_stale_assets", "Active assets whose price is missing or old.", stale),
    )
    figures = {
        "newest_price_seconds": round(min(ages.values()), 1) if ages else None,
        "feeds": {feed: round(age, 1) for feed, age in ages.items()},
        "assets": len(assets),
        "stale": stale,
    }
    return Part("feed", stale < len(assets), figures, gauges)


def _triggers(assets: Sequence[Asset], rows: Mapping[str, SeriesRow], now: datetime) -> Part:
    known = [(asset, rows[asset.asset_id]) for asset in assets if asset.asset_id in rows]
    behind = [seconds for asset, row in known if (seconds := _seconds_behind(asset, row, now)) is not None]
    unreadable = len(assets) - len(known)
    oldest = max(behind, default=0)
    gauges = (
        Gauge("cryptopulse_trigger_series_waiting", "Assets with prices that the engine has not seen.", len(behind)),
        Gauge(
            "cryptopulse_trigger_oldest_series_age_seconds",
            "Since the last price that the engine has seen of the asset that waits longest; 0 when none waits.",
            oldest,
        ),
    )
    figures = {"assets_waiting": len(behind), "oldest_seconds": round(oldest, 1)}
    if unreadable:
        figures["unreadable"] = unreadable
    return Part("triggers", oldest < LONGEST_WAIT and not unreadable, figures, gauges)


def _seconds_behind(asset: Asset, row: SeriesRow, now: datetime) -> float | None:
    """For how long the engine has missed prices of the asset, on its feed's clock; None where it has seen them all."""
    if (
        asset.price_at is None
        or asset.received_at is None
        or clock.to_milliseconds(asset.price_at) <= row.standing.last_at
    ):
        return None
    since = clock.from_milliseconds(row.standing.last_at) if row.standing.last_at else asset.price_at
    return max((asset.market_now(now) - since).total_seconds(), 0)
