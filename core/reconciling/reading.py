"""Reading the rows of one account after the other, and the names of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core import clock, wiring
from core.accounts.repositories import everything, reservations
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
    rows[RESERVATIONS.name] = [held for user in rows[USERS.name] for held in _reservations(store, user)]
    return Account(username, rows, now)


def _reservations(store: Store, user: Item) -> Iterator[Item]:
    """Those of the address of a user, and of those that it can go back to."""
    for email in (user["email"], *(kept["email"] for kept in user.get("kept_addresses", ()))):
        get = reservations.get_operation(email)
        held = store.get(get.table, get.key, consistent=True)
        if held is not None:
            yield held


def _every(store: Store, query: Query) -> Iterator[Item]:
    while True:
        page = store.query(query)
        yield from page.items
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)
