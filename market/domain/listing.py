"""Choosing and ordering assets for a list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from market.domain.asset import Asset

SortKey = Decimal | int | str | None

KEYS: dict[str, Callable[[Asset], SortKey]] = {
    "rank": lambda asset: asset.rank,
    "name": lambda asset: asset.name.casefold(),
    "price": lambda asset: asset.price,
    "change": lambda asset: asset.change_24h,
    "cap": lambda asset: asset.market_cap,
}
SORTS = (*KEYS, *(f"-{name}" for name in KEYS))
DEFAULT_SORT = "rank"


def matching(assets: Iterable[Asset], words: str) -> list[Asset]:
    """Assets whose name, symbol or id contains every one of the words, in any case; all for no words."""
    wanted = words.casefold().split()
    return [
        asset
        for asset in assets
        if all(word in f"{asset.name} {asset.symbol} {asset.asset_id}".casefold() for word in wanted)
    ]


def in_order(assets: Iterable[Asset], sort: str) -> list[Asset]:
    """Assets by one of `SORTS`, a leading minus reverses the order; unknown comes last either way."""
    key = KEYS[sort.removeprefix("-")]
    known = [asset for asset in assets if key(asset) is not None]
    unknown = [asset for asset in assets if key(asset) is None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + unknown  # type: ignore[arg-type]


def movers(assets: Sequence[Asset], count: int) -> tuple[list[Asset], list[Asset]]:
    """The active assets that gained most and those that lost most in 24 hours, at most `count` each, largest first."""
    moved = [(asset.change_24h, asset) for asset in assets if asset.active and asset.change_24h]
    moved.sort(key=lambda pair: pair[0], reverse=True)
    gainers = [asset for change, asset in moved if change > 0]
    losers = [asset for change, asset in reversed(moved) if change < 0]
    return gainers[:count], losers[:count]


def oldest_price_at(assets: Iterable[Asset], now: datetime) -> datetime | None:
    """The time of the oldest of their prices, on the wall's clock; None where there is no price."""
    ages = [asset.age(now) for asset in assets if asset.price is not None]
    return now - max(ages, default=timedelta(0)) if ages else None
