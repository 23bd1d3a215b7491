"""Reading the rows of one account after the other, and the names of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core import clock, wiring
from core.accounts.repositories import everything, users
from core.accounts.tables import RESERVATIONS, USERS
from core.reconciling.rules import Account
from core.storage import Item, Query, Store
from core.tables import OUTBOX


def usernames(store: Store) -> list[str]:
    """Every name under which any row stands, sorted, whether there is an account of it or not.

    Streams all tables that hold rows of users; only the names are kept in memory.
    """
    names: set[str] = set()
    for table in wiring.tables():
        if everything.query_of(table, "any") is not None:
            names.update(item["username"] for item in store.dump(table) if "username" in item)
    return sorted(names)


def account_of(store: Store, username: str) -> Account:
    """All rows of one username, read consistently but for sessions and keys, which an index finds.

    About one request for each table.
    """
    now = clock.now()
    rows: dict[str, list[Item]] = {}
    for table in wiring.tables():
        query = everything.query_of(table, username)
        if query is not None:
            rows[table.name] = list(_every(store, query))
    rows[OUTBOX.name] = [item for query in everything.queries_of_events(username) for item in _every(store, query)]
    rows[RESERVATIONS.name] = [held for user in rows[USERS.name] if (held := _reservation(store, user)) is not None]
    return Account(username, rows, now)


def _reservation(store: Store, user: Item) -> Item | None:
    get = users.reservation_get(user["email"])
    return store.get(get.table, get.key, consistent=True)


def _every(store: Store, query: Query) -> Iterator[Item]:
    while True:
        page = store.query(query)
        yield from page.items
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)
