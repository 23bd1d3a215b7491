"""Reads of the market, for its own pages and for other apps."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from core import clock
from core.errors import NotFound
from core.reading import Rows, every, many, one, read_page
from core.storage import Get, Item, Key, store
from core.stream import Price
from market.domain import (
    INTERVALS,
    Asset,
    Candle,
    MarketStatistics,
    Tick,
    movers,
    oldest_price_at,
    statistics_of,
)
from market.repositories import assets as asset_rows
from market.repositories import candles as candle_rows
from market.repositories import ticks as tick_rows
from market.repositories import watchlist
from market.repositories.polls import POLLS, FailingPoll, poll_address, poll_from_item
from market.repositories.watchlist import Star

__all__ = [
    "POLLS",
    "Asset",
    "Candle",
    "Tick",
    "asset_address",
    "asset_and_star",
    "asset_from_item",
    "asset_get",
    "assets_by_id",
    "assets_listed",
    "candles_between",
    "candles_latest",
    "candles_of",
    "candles_page",
    "market_statistics",
    "movers",
    "oldest_price_at",
    "polls_failing",
    "price_to_tell",
    "prices_to_tell",
    "ticks_between",
    "ticks_page",
    "watched_ids",
    "watchlist_page",
]


def asset_get(asset_id: str) -> Asset:
    """One asset; one request. Raises NotFound."""
    address = asset_rows.asset_address(asset_id)
    asset = one(address, asset_from_item, consistent=False) if asset_rows.may_be_id(asset_id) else None
    if asset is None:
        raise NotFound("This asset")
    return asset


def assets_by_id(asset_ids: Iterable[str], *, consistent: bool = False) -> dict[str, Asset]:
    """Those of these assets that exist, by id; one request for up to 100, none for no ids."""
    addresses = [asset_address(asset_id) for asset_id in dict.fromkeys(asset_ids) if asset_rows.may_be_id(asset_id)]
    items = many(addresses, consistent=consistent)
    return {item["asset_id"]: asset_from_item(item) for item in items if item is not None}


def polls_failing(feeds: Iterable[str]) -> list[FailingPoll]:
    """Those of some feeds that failed at their last noted poll; one request. Old notes are among them."""
    names = list(feeds)
    items = store().batch_get([poll_address(feed) for feed in names])
    return [poll_from_item(feed, item) for feed, item in zip(names, items, strict=True) if item is not None]


def prices_to_tell(asset_ids: Iterable[str]) -> dict[str, Price | None]:
    """The latest prices of those of up to 100 assets that exist, None where there is none yet; one request."""
    return {asset_id: price_to_tell(asset) for asset_id, asset in assets_by_id(asset_ids).items()}


def price_to_tell(asset: Asset) -> Price | None:
    """The latest price of an asset as open pages are told of it; None where there is none."""
    if asset.price is None or asset.price_at is None:
        return None
    return Price(asset.asset_id, asset.price, asset.price_at, asset.source)


def assets_listed() -> list[Asset]:
    """Every asset, inactive ones too, in the order of rank; one request. May lag behind by a moment."""
    return list(map(asset_from_item, every(asset_rows.listed_query())))


def market_statistics(assets: Sequence[Asset]) -> MarketStatistics:
    """Figures over the active ones among these assets, now; no request."""
    return statistics_of(assets, clock.now())


def asset_address(asset_id: str) -> Get:
    """Where an asset is, for a batch that reads other rows with it; see `asset_from_item`."""
    return asset_rows.asset_address(asset_id)


def asset_from_item(item: Item) -> Asset:
    """The asset in a row that `asset_address` addressed."""
    return asset_rows.asset_from_item(item)


def asset_and_star(username: str, asset_id: str) -> tuple[Asset, bool]:
    """One asset and whether the user watches it; one request. Raises NotFound."""
    if not asset_rows.may_be_id(asset_id):
        raise NotFound("This asset")
    item, star = store().batch_get([asset_address(asset_id), watchlist.star_address(username, asset_id)])
    if item is None:
        raise NotFound("This asset")
    return asset_from_item(item), star is not None


def candles_between(asset_id: str, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Closed candles that opened at `start` or later and before `end`, oldest first; one request.

    `interval` is a name of `INTERVALS`. The candle that still runs is not among them; see `candles_of`.
    """
    query = candle_rows.candles_query(asset_id, interval, start, end)
    return [] if query is None else list(map(candle_rows.candle_from_item, every(query)))


def candles_of(asset: Asset, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Candles as `candles_between` gives them, with the running one, which is on the asset's row, at the end."""
    return [*candles_between(asset.asset_id, interval, start, end), *_running(asset, interval, start, end)]


def candles_page(
    asset: Asset, interval: str, start: datetime, end: datetime, *, limit: int, cursor: Key | None
) -> Rows[Candle]:
    """One page of what `candles_of` gives; one request."""
    query = candle_rows.candles_query(asset.asset_id, interval, start, end)
    rows: Rows[Candle] = Rows(())
    if query is not None:
        rows = read_page(query, candle_rows.candle_from_item, limit=limit, cursor=cursor)
    if rows.cursor is not None:
        return rows
    running = _running(asset, interval, start, end)
    if running and len(rows.items) == limit:
        return Rows(rows.items, candle_rows.cursor_after(rows.items[-1]))
    return Rows((*rows.items, *running))


def candles_latest(asset: Asset, interval: str, count: int) -> list[Candle]:
    """The candles of the `count` spans up to the asset's latest price, the running one last; one request.

    Spans without a price have no candle, so there may be fewer. Empty for an asset without a price.
    """
    if asset.price_at is None:
        return []
    last = INTERVALS[interval].opened_at(asset.price_at)
    span = timedelta(seconds=INTERVALS[interval].seconds)
    return candles_of(asset, interval, last - (count - 1) * span, last + span)


def ticks_between(asset_id: str, after_ms: int, until_ms: int | None = None, limit: int | None = None) -> list[Tick]:
    """Ticks of an asset after one millisecond and up to another, oldest first, at most `limit`.

    One consistent request on the base table, more only where they do not fit in one answer.
    """
    query = tick_rows.ticks_query(asset_id, after_ms=after_ms, until_ms=until_ms, limit=limit)
    return [] if query is None else list(map(tick_rows.tick_from_item, every(query)))


def ticks_page(asset_id: str, after_ms: int, until_ms: int | None, *, limit: int, cursor: Key | None) -> Rows[Tick]:
    """One page of the same; one request."""
    query = tick_rows.ticks_query(asset_id, after_ms=after_ms, until_ms=until_ms)
    return Rows(()) if query is None else read_page(query, tick_rows.tick_from_item, limit=limit, cursor=cursor)


def watched_ids(username: str) -> frozenset[str]:
    """Ids of the assets that the user watches; one request."""
    return frozenset(item["asset_id"] for item in every(watchlist.stars_query(username)))


def watchlist_page(username: str, *, limit: int, cursor: Key | None) -> Rows[Star]:
    """One page of the user's stars, by asset id; one request."""
    return read_page(watchlist.stars_query(username), watchlist.star_from_item, limit=limit, cursor=cursor)


def _running(asset: Asset, interval: str, start: datetime, end: datetime) -> list[Candle]:
    running = asset.memory.running.get(interval)
    return [running] if running is not None and start <= running.opened_at < end else []
