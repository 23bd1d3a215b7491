"""What ticks make of an asset: which are accepted, and what they change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core import clock
from market.domain.asset import Asset
from market.domain.candle import INTERVALS, Candle, opened_by
from market.domain.tick import Tick

DAILY_CLOSES = 90
FURTHEST_AHEAD = timedelta(minutes=1)


class Refusal(StrEnum):
    """Why a tick is refused."""

    NOT_FINITE = "not_finite"
    NOT_POSITIVE = "not_positive"
    AHEAD = "ahead"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Recording:
    """An asset after some ticks, the ticks accepted, and the candles closed."""

    asset: Asset
    accepted: tuple[Tick, ...]
    closed: tuple[Candle, ...]
    refused: Counter[str]
    quarantined: int


def recorded(
    asset: Asset, ticks: Sequence[Tick], received_at: datetime, *, asked_at: datetime | None = None
) -> Recording:
    """Fold ticks of one asset, received at this wall time, in the order of their times.

    The same asset and ticks give the same recording. A tick of the same time as the newest known is a repetition and
    left out without a count. So is an older one, where another poll recorded the asset after the feed was asked for
    these ticks (`asked_at`, wall time): that poll was faster, and the feed is not late.
    """
    accepted: list[Tick] = []
    closed: list[Candle] = []
    refused: Counter[str] = Counter()
    quarantined = 0
    is_overtaken = asked_at is not None and asset.received_at is not None and asset.received_at > asked_at
    for tick in sorted((tick.rounded() for tick in ticks), key=lambda tick: tick.timestamp):
        seen_at = asset.memory.seen_at
        if seen_at is not None and tick.timestamp == clock.to_milliseconds(seen_at):
            continue
        if refusal := _refusal(asset, tick, received_at):
            if refusal is Refusal.LATE and is_overtaken:
                continue
            refused[refusal] += 1
            if refusal in (Refusal.NOT_FINITE, Refusal.NOT_POSITIVE):
                asset = replace(asset, memory=replace(asset.memory, seen_at=tick.at))
            continue
        is_accepted, quarantine = asset.memory.quarantine.after(tick)
        asset = replace(asset, memory=replace(asset.memory, seen_at=tick.at, quarantine=quarantine))
        if not is_accepted:
            quarantined += 1
            continue
        accepted.append(tick)
        asset, newly_closed = _priced(asset, tick)
        closed += newly_closed
    if accepted:
        asset = _summed_up(asset, accepted[-1], received_at)
    return Recording(asset, tuple(accepted), tuple(closed), refused, quarantined)


def _refusal(asset: Asset, tick: Tick, received_at: datetime) -> Refusal | None:
    seen_at = asset.memory.seen_at
    if seen_at is not None and tick.timestamp < clock.to_milliseconds(seen_at):
        return Refusal.LATE
    if not tick.replayed and tick.at > received_at + FURTHEST_AHEAD:
        # Accepting it would make every honest tick after it late.
        return Refusal.AHEAD
    if not all(price.is_finite() for price in tick.prices):
        return Refusal.NOT_FINITE
    if min(tick.prices) <= 0:
        return Refusal.NOT_POSITIVE
    return None


def _priced(asset: Asset, tick: Tick) -> tuple[Asset, list[Candle]]:
    closed: list[Candle] = []
    running = dict(asset.memory.running)
    for name, interval in INTERVALS.items():
        if interval.seconds < tick.bar_seconds:
            continue
        before = running.get(name)
        if before is not None and before.opened_at == interval.opened_at(tick.at):
            running[name] = before.joined(tick)
        else:
            if before is not None:
                closed.append(before)
            running[name] = opened_by(tick, interval)
    memory = replace(asset.memory, running=running, last_day=asset.memory.last_day.after(tick))
    daily_closes = closes_with(asset.daily_closes, tick.at.date(), tick.close)
    return replace(asset, memory=memory, daily_closes=daily_closes), closed


def _summed_up(asset: Asset, last: Tick, received_at: datetime) -> Asset:
    last_day = asset.memory.last_day
    offset = clock.to_milliseconds(received_at) - last.timestamp if last.replayed else 0
    change = last_day.change(last.at)
    return replace(
        asset,
        price=last.close,
        price_at=last.at,
        received_at=received_at,
        source=last.source,
        clock_offset_ms=offset,
        change_24h=last.change_24h if change is None else change,
        high_24h=last_day.high(last.at),
        low_24h=last_day.low(last.at),
        market_cap=last.market_cap,
        volume_24h=last.volume_24h,
    )


def closes_with(
    closes: tuple[tuple[date, Decimal], ...], day: date, close: Decimal
) -> tuple[tuple[date, Decimal], ...]:
    """Daily closes with that of the newest day set, and without those more than 90 days before it."""
    kept = closes[:-1] if closes and closes[-1][0] == day else closes
    oldest = day - timedelta(days=DAILY_CLOSES - 1)
    if kept and kept[0][0] < oldest:
        kept = tuple(pair for pair in kept if pair[0] >= oldest)
    return (*kept, (day, close))
