"""Values of Python to DynamoDB's typed attribute values (`{"S": "text"}`) and back.

str S, int and Decimal N, bytes B, bool BOOL, None NULL, list and tuple L, mapping M. Equal values have equal attribute
values: a number has one text. Refused, with InvalidOperation: float, NaN and infinity, more than 38 digits, datetime
and anything else, empty text and bytes, a value inside of more than 31 lists and maps. DynamoDB's sets too: no row has
one.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.storage import numbers
from core.storage.errors import InvalidOperation
from core.storage.operations import Item

AttributeValue = dict[str, Any]
AttributeMap = dict[str, AttributeValue]

LARGEST_DEPTH = 31
"""Lists and maps around a value; the value itself is the last of the 32 levels that DynamoDB holds."""


def encode_item(item: Mapping[str, Any]) -> AttributeMap:
    """The attributes of an item. Raises InvalidOperation, naming the attribute that cannot be held."""
    return _encode_map(item, 0)


def decode_item(attributes: AttributeMap) -> Item:
    """The item that the attributes say; numbers are Decimal."""
    item = {}
    for name, attribute in attributes.items():
        for kind, value in attribute.items():  # there is one; a loop is the fastest way to get it
            decoder = _DECODERS[kind]
            item[name] = value if decoder is None else decoder(value)
    return item


def encode(value: Any, depth: int = 0) -> AttributeValue:
    """The attribute value of one value. Raises InvalidOperation."""
    if type(value) is Decimal:
        return {"N": numbers.canonical(value)}
    if isinstance(value, str):
        return {"S": _text(value)}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, (int, Decimal)):
        return {"N": numbers.canonical(value)}
    if value is None:
        return {"NULL": True}
    if isinstance(value, (bytes, bytearray)):
        return {"B": _bytes(bytes(value))}
    if depth >= LARGEST_DEPTH:
        raise InvalidOperation(f"a value inside of more than {LARGEST_DEPTH} lists and maps")
    if isinstance(value, (list, tuple)):
        return {"L": [encode(element, depth + 1) for element in value]}
    if isinstance(value, Mapping):
        return {"M": _encode_map(value, depth + 1)}
    if isinstance(value, float):
        raise InvalidOperation(f"{value!r} is a float, which does not hold 0.1; give a Decimal made from text")
    raise InvalidOperation(f"a {type(value).__name__} cannot be stored; give text, a number, or a list or map of them")


def _encode_map(mapping: Mapping[str, Any], depth: int) -> AttributeMap:
    attributes: AttributeMap = {}
    for name, value in mapping.items():
        if not isinstance(name, str) or not name:
            raise InvalidOperation(f"{name!r} is not the name of an attribute; give text that is not empty")
        if type(value) is str and value and value.isascii():  # most are; a call for each would take longer than this
            attributes[name] = {"S": value}
            continue
        try:
            attributes[name] = encode(value, depth)
        except InvalidOperation as error:
            raise InvalidOperation(f"{name}: {error}") from error
    return attributes


def _text(value: str) -> str:
    if not value:
        raise InvalidOperation("empty text is not stored; leave the attribute out")
    if type(value) is str and value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidOperation("text that is not Unicode (a lone surrogate)") from error
    return str(value)


def _bytes(value: bytes) -> bytes:
    if not value:
        raise InvalidOperation("empty bytes are not stored; leave the attribute out")
    return value


def _decode_null(_: bool) -> None:
    return None


def _decode_list(values: list[AttributeValue]) -> list[Any]:
    elements = []
    for attribute in values:
        for kind, value in attribute.items():
            decoder = _DECODERS[kind]
            elements.append(value if decoder is None else decoder(value))
    return elements


_DECODERS: dict[str, Callable[[Any], Any] | None] = {
    "S": None,
    "BOOL": None,
    "N": Decimal,
    "B": bytes,
    "NULL": _decode_null,
    "L": _decode_list,
    "M": decode_item,
}
