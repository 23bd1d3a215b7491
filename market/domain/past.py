"""The past of an asset, put before the prices that it has."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from market.domain.asset import Asset
from market.domain.candle import Candle
from market.domain.last_day import OLDEST_REFERENCE, Hour, LastDay
from market.domain.recording import DAILY_CLOSES


def with_past(asset: Asset, candles: Sequence[Candle]) -> tuple[Asset, list[Candle]]:
    """The asset with its past, and the closed candles to write for it.

    `candles` are of any intervals, each interval in the order of time. What ticks have made stays: candles after the
    running one are left out, and the running one only gains what came before its first tick. An asset without a price
    is returned unchanged, with nothing to write: it has no running candles to end the past at.
    """
    if asset.price_at is None:
        return asset, []
    running, closed = dict(asset.memory.running), []
    for candle in candles:
        now = running.get(candle.interval)
        if now is None or candle.opened_at > now.opened_at:
            continue
        if candle.opened_at == now.opened_at:
            running[candle.interval] = _begun_by(candle, now)
        else:
            closed.append(candle)
    last_day = _last_day(asset, asset.price_at, closed)
    memory = replace(asset.memory, running=running, last_day=last_day)
    change = last_day.change(asset.price_at)
    return replace(
        asset,
        memory=memory,
        daily_closes=_closes(asset, closed),
        change_24h=asset.change_24h if change is None else change,
        high_24h=last_day.high(asset.price_at),
        low_24h=last_day.low(asset.price_at),
    ), closed


def _begun_by(past: Candle, running: Candle) -> Candle:
    """The running candle with what its span held before. Either volume may hold some of the other: the larger stays."""
    volumes = [volume for volume in (past.volume, running.volume) if volume is not None]
    return replace(
        running,
        open=past.open,
        high=max(past.high, running.high),
        low=min(past.low, running.low),
        volume=max(volumes, default=None),
    )


def _last_day(asset: Asset, price_at: datetime, closed: Sequence[Candle]) -> LastDay:
    own, oldest = asset.memory.last_day.hours, price_at - OLDEST_REFERENCE
    hours = [Hour.of(candle) for candle in closed if candle.interval == "1h" and candle.opened_at >= oldest]
    before = [hour for hour in hours if not own or hour.opened_at < own[0].opened_at]
    return LastDay.until(price_at, [*before, *own])


def _closes(asset: Asset, closed: Sequence[Candle]) -> tuple[tuple[date, Decimal], ...]:
    own = asset.daily_closes
    days = [(candle.opened_at.date(), candle.close) for candle in closed if candle.interval == "1d"]
    before = [pair for pair in days if not own or pair[0] < own[0][0]]
    return (*before, *own)[-DAILY_CLOSES:]
