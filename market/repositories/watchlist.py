"""Rows of the Watchlist table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.accounts.repositories.users import open_check
from core.errors import NotFound
from core.reading import Rows, every, rows_of
from core.storage import Get, Item, Key, KeyCondition, Put, Query, TransactionCancelled, store
from market.tables import WATCHLIST


@dataclass(frozen=True, slots=True)
class Star:
    """An asset that a user marked, and when."""

    asset_id: str
    added_at: datetime


def get_operation(username: str, asset_id: str) -> Get:
    """The address of one star, to be read together with others."""
    return Get(WATCHLIST, {"username": username, "asset_id": asset_id})


def add(username: str, asset_id: str) -> None:
    """Set the star; setting it twice changes nothing but its time. Raises NotFound where the account is closed."""
    item: Item = {"username": username, "asset_id": asset_id, "added_at": clock.to_text(clock.now())}
    try:
        store().transact_write([Put(WATCHLIST, item), open_check(username)])
    except TransactionCancelled as error:
        raise NotFound("An open account of this name") from error


def remove(username: str, asset_id: str) -> None:
    """Take the star away; nothing happens where there is none."""
    store().delete(WATCHLIST, {"username": username, "asset_id": asset_id})


def of(username: str) -> Iterator[Star]:
    """All stars of a user, by asset id."""
    return map(_from_item, every(_query(username)))


def page_of(username: str, *, limit: int, cursor: Key | None) -> Rows[Star]:
    """One page of the same."""
    return rows_of(store().query(_query(username, limit=limit, cursor=cursor)), _from_item)


def _query(username: str, *, limit: int | None = None, cursor: Key | None = None) -> Query:
    where = KeyCondition("username").eq(username)
    return Query(WATCHLIST, where, limit=limit, cursor=cursor, consistent=True)


def _from_item(item: Item) -> Star:
    return Star(item["asset_id"], clock.from_text(item["added_at"]))
