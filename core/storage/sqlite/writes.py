"""What a write makes of an item, and how the item and its index rows are kept together."""

import sqlite3
from typing import NamedTuple

from core.storage import checks, numbers
from core.storage.codec import AttributeMap, AttributeValue
from core.storage.errors import InvalidOperation
from core.storage.item_json import to_json
from core.storage.prepared import TypedUpdate, TypedWrite
from core.storage.sizes import write_units
from core.storage.sqlite.rows import ABSENT, KeyBytes, Row, expiry, from_json, index_bytes, key_bytes
from core.storage.sqlite.statements import Statements


def stored(connection: sqlite3.Connection, statements: Statements, key: AttributeMap) -> Row:
    """The row of a key; `ABSENT` where there is none."""
    found = connection.execute(statements.get, key_bytes(statements.table.key, key)).fetchone()
    return ABSENT if found is None else Row(from_json(found[0]), found[1])


def outcome(write: TypedWrite, before: Row) -> Row:
    """The row as the write leaves it, `ABSENT` for none.

    Raises InvalidOperation when an update cannot be applied to what is there, ItemTooLarge when it grows over 400 KB.
    """
    if write.delete:
        return ABSENT
    if write.item is not None:
        return Row(write.item, write.size)
    if write.update is None:
        return before
    if not before.item and not write.update.makes_item:
        return ABSENT
    updated = _updated(before.item or write.key, write.update)
    return Row(updated, checks.check_stored(write.table, updated))


class Written(NamedTuple):
    """Write units of one item as of a single write, and those of its index rows.

    A transaction pays twice for the item, and for the index rows what they cost outside of one, since these follow it.
    """

    item: float
    indexes: float = 0


def keep(connection: sqlite3.Connection, statements: Statements, before: Row, after: Row) -> Written:
    """Replace one row by another of the same key; index rows follow."""
    table = statements.table
    known = after.item or before.item
    if not known:
        return Written(write_units(0))
    address = key_bytes(table.key, known)
    if after.item:
        connection.execute(statements.put, (*address, to_json(after.item), after.size, expiry(table, after.item)))
    else:
        connection.execute(statements.delete, address)
    largest = write_units(max(after.size, before.size))
    return Written(largest, _keep_indexes(connection, statements, address, before.item, after.item) * largest)


def _keep_indexes(
    connection: sqlite3.Connection,
    statements: Statements,
    address: KeyBytes,
    before: AttributeMap,
    after: AttributeMap,
) -> int:
    """Bring the index rows of one item in line; how many index rows were written, as DynamoDB counts them."""
    written = 0
    for index in statements.indexes:
        old, new = index_bytes(index.index, before), index_bytes(index.index, after)
        if old == new:
            written += old is not None and before != after
            continue
        if old is not None:
            connection.execute(index.delete, (*old, *address))
            written += 1
        if new is not None:
            connection.execute(index.put, (*new, *address))
            written += 1
    return written


def _updated(item: AttributeMap, update: TypedUpdate) -> AttributeMap:
    changed = {**update.set_if_absent, **item, **update.set}
    for name, amount in update.add.items():
        changed[name] = _sum(name, item.get(name), amount)
    for name in update.remove:
        changed.pop(name, None)
    return changed


def _sum(name: str, before: AttributeValue | None, amount: AttributeValue) -> AttributeValue:
    if before is None:
        return amount
    if "N" not in before:
        raise InvalidOperation(f"{name} holds another type than what is added to it")
    return {"N": numbers.added(before["N"], amount["N"])}
