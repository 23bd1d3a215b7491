"""Sizes and capacity units, counted as DynamoDB counts them.

Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats" and "Read and write operations".
"""

from typing import Any

from core.storage.codec import AttributeMap, AttributeValue

LARGEST_ITEM = 400 * 1024
LARGEST_PAGE = 1024 * 1024
LARGEST_TRANSACTION = 4 * 1024 * 1024
LARGEST_BATCH = 16 * 1024 * 1024
READ_BLOCK = 4 * 1024
WRITE_BLOCK = 1024


def item_size(attributes: AttributeMap) -> int:
    """Bytes of an item: the UTF-8 bytes of its names and the sizes of its values."""
    size = 0
    texts = list(attributes)
    for attribute in attributes.values():
        for kind, value in attribute.items():  # there is one; a loop is the fastest way to get it
            if kind == "S":
                texts.append(value)
            else:
                size += _value_size(kind, value)
    return size + text_size("".join(texts))


def read_units(size: int, *, consistent: bool) -> float:
    """Units of reading that many bytes: one per 4 KB begun, half as much when not consistent. Exact in a float."""
    blocks = max(1, -(-size // READ_BLOCK))
    return blocks if consistent else blocks / 2


def write_units(size: int) -> float:
    """Units of writing an item of that many bytes: one per 1 KB begun."""
    return max(1, -(-size // WRITE_BLOCK))


def text_size(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def _size(attribute: AttributeValue) -> int:
    ((kind, value),) = attribute.items()
    return _value_size(kind, value)


def _value_size(kind: str, value: Any) -> int:
    if kind == "N":
        return _number_size(value)
    if kind == "S":
        return text_size(value)
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "B":
        return len(value)
    if kind == "L":
        return 3 + sum(1 + _size(element) for element in value)
    return 3 + sum(1 + text_size(name) + _size(element) for name, element in value.items())


def _number_size(text: str) -> int:
    """One byte for every two significant digits begun, one for the exponent, one for a minus."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return 1 + (len(digits) + 1) // 2 + text.startswith("-")
