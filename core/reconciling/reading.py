"""Reading the rows of one account after the other, and the names of all."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock, wiring
from core.accounts import everything
from core.accounts.repositories.reservations import reservation_address
from core.accounts.tables import RESERVATIONS, USERS
from core.outbox.repository import user_queries
from core.reading import every
from core.reconciling.rules import Account
from core.storage import Item, Store
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
            rows[table.name] = list(every(query, store))
    rows[OUTBOX.name] = [item for query in user_queries(username) for item in every(query, store)]
    rows[RESERVATIONS.name] = [held for user in rows[USERS.name] for held in _reservations(store, user)]
    return Account(username, rows, now)


def _reservations(store: Store, user: Item) -> Iterator[Item]:
    """Those of the address of a user, and of those that it can go back to."""
    for email in (user["email"], *(kept["email"] for kept in user.get("kept_addresses", ()))):
        address = reservation_address(email)
        held = store.get(address.table, address.key, consistent=True)
        if held is not None:
            yield held
