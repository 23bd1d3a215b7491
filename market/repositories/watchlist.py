"""Rows of the Watchlist table."""

from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.storage.operations import Delete, Get, Item, KeyCondition, Put, Query
from market.tables import WATCHLIST


@dataclass(frozen=True, slots=True)
class Star:
    """An asset on a user's watchlist, and since when."""

    asset_id: str
    added_at: datetime


def star_address(username: str, asset_id: str) -> Get:
    """Where one star is."""
    return Get(WATCHLIST, {"username": username, "asset_id": asset_id})


def star_put(username: str, asset_id: str, at: datetime) -> Put:
    """Put the asset on the watchlist; twice changes nothing but the time."""
    return Put(WATCHLIST, {**star_address(username, asset_id).key, "added_at": clock.to_text(at)})


def star_delete(username: str, asset_id: str) -> Delete:
    """Take the asset off the watchlist, where it need not be."""
    return Delete(WATCHLIST, star_address(username, asset_id).key)


def stars_query(username: str) -> Query:
    """Stars of a user, by asset id."""
    return Query(WATCHLIST, KeyCondition("username").eq(username), consistent=True)


def star_from_item(item: Item) -> Star:
    """The star that a row holds."""
    return Star(item["asset_id"], clock.from_text(item["added_at"]))
