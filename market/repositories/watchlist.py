"""Rows of the Watchlist table."""

from __future__ import annotations

from boto3.dynamodb.conditions import Key as KeyCondition

from core import clock
from core.storage import Get, Item, Key, Page, Query, store
from market.tables import WATCHLIST


def get_operation(username: str, asset_id: str) -> Get:
    """The address of one star, to be read together with others."""
    return Get(WATCHLIST, {"username": username, "asset_id": asset_id})


def add(username: str, asset_id: str) -> None:
    """Set the star; setting it twice changes nothing but its time."""
    item: Item = {"username": username, "asset_id": asset_id, "added_at": clock.to_text(clock.now())}
    store().put(WATCHLIST, item)


def remove(username: str, asset_id: str) -> None:
    """Take the star away; nothing happens where there is none."""
    store().delete(WATCHLIST, {"username": username, "asset_id": asset_id})


def page_of(username: str, *, limit: int | None = None, cursor: Key | None = None) -> Page:
    """One page of a user's stars, by asset id."""
    return store().query(
        Query(WATCHLIST, KeyCondition("username").eq(username), limit=limit, cursor=cursor, consistent=True)
    )
