"""Items as rows: JSON of the typed attributes, and keys as bytes in the order of DynamoDB."""

from __future__ import annotations

import base64
import json
from typing import Any, NamedTuple

from core.storage.codec import AttributeMap, AttributeValue
from core.storage.numbers import ordered_bytes
from core.storage.schema import Attribute, Index, Table

NO_SORT_KEY = b""

KeyBytes = tuple[bytes, bytes]


class Row(NamedTuple):
    """A stored item and its size as DynamoDB counts it."""

    item: AttributeMap
    size: int


def to_json(item: AttributeMap) -> str:
    """The item as JSON; bytes in base64."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=_base64)


def from_json(text: str) -> AttributeMap:
    """The inverse of `to_json`."""
    item: AttributeMap = json.loads(text)
    if '"B":"' in text or '"BS":[' in text:
        return {name: _with_bytes(value) for name, value in item.items()}
    return item


def key_bytes(key: tuple[Attribute, ...], attributes: AttributeMap) -> KeyBytes:
    """Partition and sort key as bytes; the sort key of a table without one is empty."""
    partition = sortable(attributes[key[0].name])
    return partition, sortable(attributes[key[1].name]) if len(key) == 2 else NO_SORT_KEY


def index_bytes(index: Index, item: AttributeMap) -> KeyBytes | None:
    """The item's key in a sparse index; None where it is not in it."""
    if any(attribute.name not in item for attribute in index.key):
        return None
    return key_bytes(index.key, item)


def sortable(value: AttributeValue) -> bytes:
    """Text as UTF-8, numbers in their order."""
    ((kind, content),) = value.items()
    return ordered_bytes(content) if kind == "N" else content.encode()


def expiry(table: Table, item: AttributeMap) -> int | None:
    """The epoch second from which the item counts as expired; None for never."""
    value = None if table.ttl is None else item.get(table.ttl)
    return int(float(value["N"])) if value is not None and "N" in value else None


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _with_bytes(attribute: AttributeValue) -> AttributeValue:
    ((kind, value),) = attribute.items()
    converted: Any = value
    if kind == "B":
        converted = base64.b64decode(value)
    elif kind == "BS":
        converted = [base64.b64decode(element) for element in value]
    elif kind == "L":
        converted = [_with_bytes(element) for element in value]
    elif kind == "M":
        converted = {name: _with_bytes(element) for name, element in value.items()}
    return {kind: converted}
