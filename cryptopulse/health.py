"""Parts of `/readyz` that core cannot know: prices, the trigger engine, and whether messages go out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from alerts.selectors import deliveries_open
from core import clock
from core.events import LONGEST_WAIT
from core.health import AHEAD, Part
from core.metrics import Gauge
from market.feeds import configured_feed
from market.selectors import POLLS, Asset, assets_listed, polls_failing
from market.triggers.selectors import series_by_asset
from market.triggers.series import SeriesRow

COUNTED = 100
FAILURES = 3
"""Polls at which a feed must have failed, one after the other, before it shows: one may be lost to a slow answer."""
OPEN = ("queued", "sending", "retry")
"""States of a delivery that has not ended."""


def market() -> list[Part]:
    """How old the prices of each feed are, which polls fail, and whether the trigger engine has taken the prices in.

    3 requests for 100 assets.
    """
    now = clock.now()
    assets = [asset for asset in assets_listed() if asset.active]
    rows = series_by_asset([asset.asset_id for asset in assets])
    return [_feed(assets, now), _polls(now), _triggers(assets, rows, now)]


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
    """Whether each feed delivers. One whose market is closed, or whose file has been replayed, owes nothing."""
    newest: dict[str, datetime] = {}
    for asset in assets:
        if asset.received_at is not None:
            newest[asset.source] = max(asset.received_at, newest.get(asset.source, asset.received_at))
    ages = {feed: (now - received_at).total_seconds() for feed, received_at in sorted(newest.items())}
    silent = _silent(assets, now)
    stale = sum(asset.is_stale(now) for asset in assets)
    about = "Since the newest price of the feed was received."
    gauges = (
        *(Gauge("cryptopulse_feed_newest_price_age_seconds", about, age, {"feed": feed}) for feed, age in ages.items()),
        *(
            Gauge("cryptopulse_feed_silent", "1 while a feed owes the prices of all its assets.", on, {"feed": feed})
            for feed, on in silent.items()
        ),
        Gauge("cryptopulse_market_assets", "Active assets.", len(assets)),
        Gauge("cryptopulse_market_stale_assets", "Active assets whose price is missing or old.", stale),
    )
    figures: dict[str, Any] = {
        "newest_price_seconds": round(min(ages.values()), 1) if ages else None,
        "feeds": {feed: round(age, 1) for feed, age in ages.items()},
        "assets": len(assets),
        "stale": stale,
    }
    if any(silent.values()):
        figures["silent"] = sorted(feed for feed, is_silent in silent.items() if is_silent)
    return Part("feed", bool(silent) and not any(silent.values()), figures, gauges)


def _silent(assets: Sequence[Asset], now: datetime) -> dict[str, bool]:
    """By feed that prices any of the assets, whether it owes news of all of those that it prices."""
    chain = configured_feed()
    owes: defaultdict[str, list[bool]] = defaultdict(list)
    for asset in assets:
        feed = chain.feed_for(asset.asset_id)
        if feed is not None:
            owes[feed].append(chain.is_overdue(asset, now) or _is_ahead(asset, now))
    return {feed: all(each) for feed, each in owes.items()}


def _is_ahead(asset: Asset, now: datetime) -> bool:
    """Whether its price is of a time that has not come: no later one is taken until then."""
    moments = ((asset.received_at, now), (asset.price_at, asset.market_now(now)))
    return any(at is not None and (at - reached).total_seconds() > AHEAD for at, reached in moments)


def _polls(now: datetime) -> Part:
    """Feeds that failed at the last polls, one after the other; a feed may fail while another one delivers."""
    failing = [
        poll
        for poll in polls_failing([*(feed.name for feed in configured_feed().feeds), POLLS])
        if poll.count >= FAILURES and abs((now - poll.failed_at).total_seconds()) < LONGEST_WAIT
    ]
    figures = {
        poll.feed: {"seconds": round((now - poll.since).total_seconds(), 1), "reason": poll.reason} for poll in failing
    }
    gauge = Gauge("cryptopulse_polls_failing", "Feeds that fail at each poll.", len(failing))
    return Part("polls", not failing, {"failing": figures}, (gauge,))


def _triggers(assets: Sequence[Asset], rows: Mapping[str, SeriesRow], now: datetime) -> Part:
    known = [(asset, rows[asset.asset_id]) for asset in assets if asset.asset_id in rows]
    behind = [seconds for asset, row in known if (seconds := _seconds_behind(asset, row, now)) is not None]
    unreadable = len(assets) - len(known)
    oldest = max(behind, default=0)
    is_ahead = min(behind, default=0) < -AHEAD
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
    return Part("triggers", oldest < LONGEST_WAIT and not is_ahead and not unreadable, figures, gauges)


def _seconds_behind(asset: Asset, row: SeriesRow, now: datetime) -> float | None:
    """For how long the engine has missed prices of the asset, on its feed's clock; None where it has seen them all."""
    if asset.price_at is None or asset.received_at is None or not row.is_behind(asset.price_at):
        return None
    since = clock.from_milliseconds(row.last_seen.at) if row.last_seen.at else asset.price_at
    return (asset.market_now(now) - since).total_seconds()
