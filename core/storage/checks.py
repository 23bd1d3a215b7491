"""Rules of the store that hold before any backend is asked, so that they hold on all of them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.storage.codec import AttributeMap, AttributeValue, encode_item
from core.storage.errors import InvalidOperation, ItemTooLarge
from core.storage.operations import Key, Update
from core.storage.schema import Attribute, Table
from core.storage.sizes import LARGEST_ITEM, item_size, text_size

LARGEST_PARTITION_KEY = 2048
LARGEST_SORT_KEY = 1024


def encoded_key(table: Table, key: Key) -> AttributeMap:
    """The typed key. Raises InvalidOperation unless it is exactly the table's key, of its types, not empty."""
    if tuple(key) != table.key_names and set(key) != set(table.key_names):
        raise InvalidOperation(f"{table.name}: the key is {', '.join(table.key_names)}; given {', '.join(key)}")
    encoded = _encoded(table, key)
    _check_key(table, encoded)
    return encoded


def whole_item(table: Table, item: Mapping[str, Any]) -> tuple[AttributeMap, int]:
    """The typed item and its size in bytes.

    Raises InvalidOperation when a key is missing or wrong, ItemTooLarge over 400 KB.
    """
    encoded = _encoded(table, item)
    missing = [name for name in table.key_names if name not in encoded]
    if missing:
        raise InvalidOperation(f"{table.name}: the item has no {', '.join(missing)}, which is of the key")
    _check_key(table, encoded)
    return encoded, check_stored(table, encoded)


def check_stored(table: Table, encoded: AttributeMap) -> int:
    """The size in bytes of an item that the table can hold. Raises InvalidOperation, ItemTooLarge."""
    check_index_keys(table, encoded)
    size = item_size(encoded)
    if size > LARGEST_ITEM:
        raise ItemTooLarge(f"{table.name}: an item of {size} bytes; the store takes {LARGEST_ITEM}")
    return size


def check_index_keys(table: Table, attributes: AttributeMap) -> None:
    """Whether the attributes that are keys of an index have its types and sizes. Raises InvalidOperation."""
    for index in table.indexes:
        for attribute, largest in zip(index.key, (LARGEST_PARTITION_KEY, LARGEST_SORT_KEY), strict=False):
            value = attributes.get(attribute.name)
            if value is not None:
                _check_key_value(f"{table.name}, {index.name}", attribute, value, largest)


def check_update(table: Table, update: Update) -> None:
    """Whether an update leaves the key alone and names whole attributes. Raises InvalidOperation."""
    for name in (*update.set, *update.add, *update.remove, *update.set_if_absent):
        if name in table.key_names:
            raise InvalidOperation(f"{table.name}: {name} is of the key and cannot be changed; put another item")
        if not name or "." in name or "[" in name:
            raise InvalidOperation(f"{table.name}: {name!r} does not name a whole attribute; set the outer attribute")
    for name, value in update.add.items():
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise InvalidOperation(f"{table.name}: add takes a number, {name} is a {type(value).__name__}")


def check_distinct(table_keys: Iterable[tuple[Table, AttributeMap]], what: str) -> None:
    """Raises InvalidOperation when two operations are on one item."""
    seen: set[tuple[str, str]] = set()
    for table, key in table_keys:
        address = (table.name, repr([key[name] for name in table.key_names]))
        if address in seen:
            raise InvalidOperation(f"{what}: the same item of {table.name} twice ({address[1]})")
        seen.add(address)


def check_count(count: int, most: int, what: str) -> None:
    """Raises InvalidOperation unless there are 1 to `most` operations."""
    if not 1 <= count <= most:
        raise InvalidOperation(f"{what} takes 1 to {most} operations; given {count}")


def _encoded(table: Table, attributes: Mapping[str, Any]) -> AttributeMap:
    try:
        return encode_item(attributes)
    except InvalidOperation as error:
        raise InvalidOperation(f"{table.name}: {error}") from error


def _check_key(table: Table, encoded: AttributeMap) -> None:
    for attribute, largest in zip(table.key, (LARGEST_PARTITION_KEY, LARGEST_SORT_KEY), strict=False):
        _check_key_value(table.name, attribute, encoded[attribute.name], largest)


def _check_key_value(where: str, attribute: Attribute, value: AttributeValue, largest: int) -> None:
    if attribute.type not in value:
        raise InvalidOperation(f"{where}: {attribute.name} must be of type {attribute.type}, as its key declares")
    if attribute.type == "S" and text_size(value["S"]) > largest:
        raise InvalidOperation(f"{where}: {attribute.name} is longer than {largest} bytes")
