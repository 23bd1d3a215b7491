"""Rows of the Assets table."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from core import clock
from core.storage.operations import Attr, Change, ConditionBase, Get, Item, KeyCondition, Put, Query, Update
from market.domain import Asset, Hour, LastDay, PriceMemory, Quarantine, Recording
from market.repositories.candles import candle_fields, candle_of
from market.tables import ASSETS

LISTING = "all"
ASSET = "asset"
"""Label of the writes of one asset."""
LONGEST_ID = 100
QUARANTINED = "quarantined"
REFUSED = "refused_"


def asset_address(asset_id: str) -> Get:
    """Where an asset is."""
    return Get(ASSETS, {"asset_id": asset_id})


def may_be_id(asset_id: str) -> bool:
    """Whether it can be an id: keys have a longest length, so the store cannot be asked for a longer one."""
    return 0 < len(asset_id) <= LONGEST_ID


def listed_query() -> Query:
    """Every listed asset in the order of its rank. May lag."""
    return Query(ASSETS, KeyCondition("listing").eq(LISTING), index="ListingIndex")


def asset_put(asset: Asset, *, is_listed: bool = True) -> Put:
    """The row of a new asset, label `asset`, never over another. One that is not listed is found by its id alone."""
    return Put(ASSETS, _description(asset, is_listed=is_listed), condition=Attr("asset_id").not_exists(), label=ASSET)


def description_change(before: Asset, changes: Mapping[str, Any]) -> Change:
    """Set what the staff may change of an asset, label `asset`, if each value is still as it was read."""
    condition: ConditionBase = Attr("asset_id").exists()
    for name in changes:
        condition = condition & Attr(name).eq(getattr(before, name))
    return Change(ASSETS, {"asset_id": before.asset_id}, Update(set=dict(changes)), condition, ASSET)


def recording_change(before: Asset, recording: Recording) -> Change:
    """Write what a recording made of an asset, label `asset`, if its prices are still as they were read."""
    counts = {f"{REFUSED}{reason}": count for reason, count in recording.refused.items()}
    if recording.quarantined:
        counts[f"{REFUSED}{QUARANTINED}"] = recording.quarantined
    key, after = asset_address(before.asset_id).key, recording.asset
    if after == before:
        return Change(ASSETS, key, Update(add=counts), Attr("asset_id").exists(), ASSET)
    prices = _prices(after)
    update = Update(
        set={name: value for name, value in prices.items() if value not in (None, "")},
        add=counts,
        remove=tuple(name for name, value in prices.items() if value in (None, "")),
    )
    return Change(ASSETS, key, update, _unchanged_since(before.memory.seen_at), ASSET)


def asset_from_item(item: Item, stale_after: Callable[[str], timedelta]) -> Asset:
    """The asset that a row holds. `stale_after` says by the source of its price how old that may grow."""
    return Asset(
        asset_id=item["asset_id"],
        symbol=item["symbol"],
        name=item["name"],
        kind=item["kind"],
        rank=int(item["rank"]),
        active=item["active"],
        price=item.get("price"),
        price_at=_moment(item, "price_at"),
        received_at=_moment(item, "received_at"),
        source=item.get("source", ""),
        clock_offset_ms=int(item.get("clock_offset_ms", 0)),
        change_24h=item.get("change_24h"),
        high_24h=item.get("high_24h"),
        low_24h=item.get("low_24h"),
        market_cap=item.get("market_cap"),
        volume_24h=item.get("volume_24h"),
        daily_closes=_daily_closes(item.get("daily_closes", {})),
        memory=_memory(item),
        stale_after=stale_after(item.get("source", "")),
    )


def _daily_closes(closes: Mapping[str, Decimal]) -> tuple[tuple[date, Decimal], ...]:
    days = sorted(closes)
    return tuple(zip(map(date.fromisoformat, days), map(closes.__getitem__, days), strict=True))


def _description(asset: Asset, *, is_listed: bool) -> Item:
    item: Item = {
        "asset_id": asset.asset_id,
        "symbol": asset.symbol,
        "name": asset.name,
        "kind": asset.kind,
        "rank": asset.rank,
        "active": asset.active,
    }
    return item | {"listing": LISTING} if is_listed else item


def _unchanged_since(seen_at: datetime | None) -> ConditionBase:
    """Every write of prices moves `seen_at` forward: where it is the same, the prices are those that were read."""
    if seen_at is None:
        return Attr("asset_id").exists() & Attr("seen_at").not_exists()
    return Attr("seen_at").eq(clock.to_text(seen_at))


def _prices(asset: Asset) -> dict[str, Any]:
    memory = asset.memory
    return {
        "price": asset.price,
        "price_at": asset.price_at and clock.to_text(asset.price_at),
        "received_at": asset.received_at and clock.to_text(asset.received_at),
        "source": asset.source,
        "clock_offset_ms": asset.clock_offset_ms,
        "change_24h": asset.change_24h,
        "high_24h": asset.high_24h,
        "low_24h": asset.low_24h,
        "market_cap": asset.market_cap,
        "volume_24h": asset.volume_24h,
        "daily_closes": {day.isoformat(): close for day, close in asset.daily_closes},
        "running": {name: candle_fields(candle) for name, candle in memory.running.items()},
        "hours": [
            [clock.to_seconds(hour.opened_at), hour.high, hour.low, hour.close] for hour in memory.last_day.hours
        ],
        "recent": list(memory.quarantine.recent),
        "suspects": list(memory.quarantine.suspects),
        "seen_at": memory.seen_at and clock.to_text(memory.seen_at),
    }


def _memory(item: Item) -> PriceMemory:
    return PriceMemory(
        seen_at=_moment(item, "seen_at"),
        quarantine=Quarantine(tuple(item.get("recent", ())), tuple(item.get("suspects", ()))),
        last_day=LastDay(
            tuple(
                Hour(clock.from_milliseconds(int(opened_at) * 1_000), high, low, close)
                for opened_at, high, low, close in item.get("hours", ())
            )
        ),
        running={name: candle_of(item["asset_id"], name, fields) for name, fields in item.get("running", {}).items()},
        refused={name.removeprefix(REFUSED): int(value) for name, value in item.items() if name.startswith(REFUSED)},
    )


def _moment(item: Item, name: str) -> datetime | None:
    return clock.from_text(item[name]) if name in item else None
