"""Items as rows: keys as bytes in the order of DynamoDB, items as text."""

from decimal import Decimal
from typing import NamedTuple

from core.storage import item_json
from core.storage.codec import AttributeMap, AttributeValue
from core.storage.errors import StoreUnavailable
from core.storage.numbers import ordered_bytes
from core.storage.schema import Attribute, Index, Table

NO_SORT_KEY = b""
LATEST = Decimal(2**63 - 1)
"""The largest integer that SQLite holds."""

KeyBytes = tuple[bytes, bytes]

DAMAGED = "The data file is damaged: stop the site, keep the file, and restore a backup."


class Row(NamedTuple):
    """A stored item and its size as DynamoDB counts it."""

    item: AttributeMap
    size: int


ABSENT = Row({}, 0)


def from_json(text: str) -> AttributeMap:
    """As `item_json.from_json`. Raises StoreUnavailable for a row of a damaged file."""
    try:
        return item_json.from_json(text)
    except ValueError as error:
        message = "the database file: a row cannot be read"
        raise StoreUnavailable(message, repeatable=False, advice=DAMAGED) from error


def key_bytes(key: tuple[Attribute, ...], attributes: AttributeMap) -> KeyBytes:
    """Partition and sort key as bytes; the sort key of a table without one is empty."""
    partition = sortable(attributes[key[0].name])
    return partition, sortable(attributes[key[1].name]) if len(key) == 2 else NO_SORT_KEY


def index_bytes(index: Index, item: AttributeMap) -> KeyBytes | None:
    """The item's key in a sparse index; None where it is not in it."""
    for attribute in index.key:
        if attribute.name not in item:
            return None
    return key_bytes(index.key, item)


def sortable(value: AttributeValue) -> bytes:
    """Text as UTF-8, numbers in their order."""
    ((kind, content),) = value.items()
    return ordered_bytes(content) if kind == "N" else content.encode()


def expiry(table: Table, item: AttributeMap) -> int | None:
    """The epoch second from which the item counts as expired; None for never."""
    value = None if table.ttl is None else item.get(table.ttl)
    if value is None or "N" not in value:
        return None
    return int(min(Decimal(value["N"]), LATEST))
