"""The stamp of tables that are loaded or copied: it moves with them, in place of that of the empty store."""

from collections.abc import Iterable

from core.layout.compatibility import refusal_of_newer
from core.layout.stamp import NAME, stamp_from_item
from core.storage import Item, Store, Table
from core.storage.transfer import TransferFailed
from core.tables import SITE


def refuse_rows_of_newer(rows: Iterable[Item]) -> None:
    """Raises TransferFailed where these rows of the table Site say that a newer release must have the store."""
    stamp = next((row for row in rows if row["name"] == NAME), None)
    try:
        reason = refusal_of_newer(stamp_from_item(stamp))
    except ValueError as error:
        reason = f"The layout cannot be read: {error}."
    if reason:
        raise TransferFailed(reason)


def of_users(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables that must be empty before others are moved there: all but that of the stamp."""
    return tuple(table for table in tables if table is not SITE)


def forget_stamp(store: Store, tables: Iterable[Table]) -> None:
    """Delete the stamp of an empty store, where one of the tables is that of the stamp."""
    if SITE in tables:
        for row in list(store.dump(SITE)):
            store.delete(SITE, {"name": row["name"]})
