"""Reads of the market, for its own pages and for other apps."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core import clock
from core.errors import NotFound
from core.reading import Rows, every, many, one, read_page
from core.storage import Item, Key
from core.stream import Price
from market.domain import INTERVALS, Asset, Candle, Tick, oldest_price_at
from market.feeds import stale_after
from market.repositories.assets import asset_address, asset_from_item, listed_query, may_be_id
from market.repositories.candles import candle_from_item, candles_query, cursor_after
from market.repositories.polls import POLLS, FailingPoll, poll_address, poll_from_item
from market.repositories.ticks import tick_from_item, ticks_query
from market.repositories.watchlist import Star, star_address, star_from_item, stars_query

__all__ = [
    "POLLS",
    "Asset",
    "Candle",
    "Tick",
    "asset_address",
    "asset_and_star",
    "asset_get",
    "asset_of",
    "assets_by_id",
    "assets_listed",
    "candles_between",
    "candles_latest",
    "candles_of",
    "candles_page",
    "oldest_price_at",
    "polls_failing",
    "price_to_push",
    "prices_to_push",
    "starred_ids",
    "ticks_between",
    "ticks_page",
    "watchlist_page",
]


def asset_of(item: Item) -> Asset:
    """The asset in a row that `asset_address` addressed, for a batch that reads other rows with it."""
    return asset_from_item(item, stale_after)


def asset_get(asset_id: str) -> Asset:
    """One asset; one request. Raises NotFound."""
    asset = one(asset_address(asset_id), asset_of, consistent=False) if may_be_id(asset_id) else None
    if asset is None:
        raise NotFound("This asset")
    return asset


def asset_and_star(username: str, asset_id: str) -> tuple[Asset, bool]:
    """One asset and whether it is on the user's watchlist; one request. Raises NotFound."""
    if not may_be_id(asset_id):
        raise NotFound("This asset")
    item, star = many([asset_address(asset_id), star_address(username, asset_id)], consistent=False)
    if item is None:
        raise NotFound("This asset")
    return asset_of(item), star is not None


def assets_by_id(asset_ids: Iterable[str], *, consistent: bool = False) -> dict[str, Asset]:
    """Those of these assets that exist, by id; one request for up to 100, none for no ids."""
    addresses = [asset_address(asset_id) for asset_id in dict.fromkeys(asset_ids) if may_be_id(asset_id)]
    assets = (asset_of(item) for item in many(addresses, consistent=consistent) if item is not None)
    return {asset.asset_id: asset for asset in assets}


def assets_listed() -> list[Asset]:
    """Every asset, inactive ones too, in the order of rank; one request. May lag behind by a moment."""
    return list(map(asset_of, every(listed_query())))


def polls_failing(feeds: Iterable[str]) -> list[FailingPoll]:
    """Those of some feeds that failed at their last noted poll; one request. Old notes are among them."""
    names = list(feeds)
    items = many([poll_address(feed) for feed in names], consistent=False)
    return [poll_from_item(feed, item) for feed, item in zip(names, items, strict=True) if item is not None]


def prices_to_push(asset_ids: Iterable[str]) -> dict[str, Price | None]:
    """The latest prices of those of up to 100 assets that exist, None where there is none yet; one request."""
    return {asset_id: price_to_push(asset) for asset_id, asset in assets_by_id(asset_ids).items()}


def price_to_push(asset: Asset) -> Price | None:
    """The latest price of an asset as open pages get it; None where there is none."""
    if asset.price is None or asset.price_at is None:
        return None
    return Price(asset.asset_id, asset.price, asset.price_at, asset.source)


def candles_between(asset_id: str, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Closed candles that opened at `start` or later and before `end`, oldest first; one request.

    `interval` is a name of `INTERVALS`. The candle that still runs is not among them; see `candles_of`.
    """
    query = candles_query(asset_id, interval, start, end)
    return [] if query is None else list(map(candle_from_item, every(query)))


def candles_of(asset: Asset, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Candles as `candles_between` gives them, with the running one, which is on the asset's row, at the end."""
    return [*candles_between(asset.asset_id, interval, start, end), *_running(asset, interval, start, end)]


def candles_page(
    asset: Asset, interval: str, start: datetime, end: datetime, *, limit: int, cursor: Key | None
) -> Rows[Candle]:
    """One page of what `candles_of` gives; one request."""
    query = candles_query(asset.asset_id, interval, start, end)
    rows: Rows[Candle] = Rows(())
    if query is not None:
        rows = read_page(query, candle_from_item, limit=limit, cursor=cursor)
    if rows.cursor is not None:
        return rows
    running = _running(asset, interval, start, end)
    if running and len(rows.items) == limit:
        return Rows(rows.items, cursor_after(rows.items[-1]))
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
    query = ticks_query(asset_id, after_ms=after_ms, until_ms=until_ms, limit=limit)
    return [] if query is None else list(map(tick_from_item, every(query)))


def ticks_page(asset_id: str, start: datetime, end: datetime, *, limit: int, cursor: Key | None) -> Rows[Tick]:
    """One page of the ticks of an asset at `start` or later and before `end`, oldest first; one request."""
    after_ms, until_ms = clock.to_milliseconds(start) - 1, clock.to_milliseconds(end) - 1
    query = ticks_query(asset_id, after_ms=after_ms, until_ms=until_ms)
    return Rows(()) if query is None else read_page(query, tick_from_item, limit=limit, cursor=cursor)


def starred_ids(username: str) -> frozenset[str]:
    """Ids of the assets on the user's watchlist; one request."""
    return frozenset(star.asset_id for star in map(star_from_item, every(stars_query(username))))


def watchlist_page(username: str, *, limit: int, cursor: Key | None) -> Rows[Star]:
    """One page of the user's stars, by asset id; one request."""
    return read_page(stars_query(username), star_from_item, limit=limit, cursor=cursor)


def _running(asset: Asset, interval: str, start: datetime, end: datetime) -> list[Candle]:
    running = asset.memory.running.get(interval)
    return [running] if running is not None and start <= running.opened_at < end else []
