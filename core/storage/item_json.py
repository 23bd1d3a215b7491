"""Typed items as JSON text, on which rows of SQLite and dumps agree; bytes are in base64."""

import base64
import json
from typing import Any

from core.storage.codec import AttributeMap, AttributeValue


def to_json(item: AttributeMap) -> str:
    """The item on one line."""
    return _ENCODER.encode(item)


def from_json(text: str) -> AttributeMap:
    """The inverse of `to_json`. Raises ValueError for text that is not JSON."""
    item: AttributeMap = json.loads(text)
    if '"B":"' in text:
        return {name: _with_bytes(value) for name, value in item.items()}
    return item


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _with_bytes(attribute: AttributeValue) -> AttributeValue:
    ((kind, value),) = attribute.items()
    converted: Any = value
    if kind == "B":
        converted = base64.b64decode(value)
    elif kind == "L":
        converted = [_with_bytes(element) for element in value]
    elif kind == "M":
        converted = {name: _with_bytes(element) for name, element in value.items()}
    return {kind: converted}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_base64)
"""Made once: making one takes as long as its work on an item."""
