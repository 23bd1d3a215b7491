"""What a condition compares: attributes of an item, and values."""

from collections.abc import Callable
from typing import Any

from boto3.dynamodb.conditions import AttributeBase, ConditionBase, Size

from core.storage.codec import AttributeMap, AttributeValue, encode
from core.storage.errors import InvalidOperation

Operand = Callable[[AttributeMap], AttributeValue | None]


def values_of(condition: ConditionBase) -> tuple[Any, ...]:
    """The values that a condition was made from, in order."""
    return tuple(condition.get_expression()["values"])


def operand(value: Any) -> Operand:
    """What a value of a condition is for an item: an attribute of it, or the value itself.

    Raises InvalidOperation for what is neither.
    """
    if isinstance(value, Size):
        raise InvalidOperation("the size of an attribute is not compared here; store it as an attribute of its own")
    if isinstance(value, AttributeBase):
        name = attribute_name(value)
        return lambda item: item.get(name)
    if isinstance(value, ConditionBase):
        raise InvalidOperation("a condition cannot be compared; give an attribute or a value")
    literal = encode(value)
    return lambda item: literal


def is_literal(value: Any) -> bool:
    """Whether it is a value of its own rather than an attribute."""
    return not isinstance(value, (AttributeBase, ConditionBase))


def attribute_name(attribute: AttributeBase) -> str:
    """The name of a whole attribute. Raises InvalidOperation for a path into one, such as `lines[0].total`."""
    name = str(attribute.name)
    if not name or "." in name or "[" in name:
        raise InvalidOperation(f"{name!r} is not the name of a whole attribute; conditions look at whole attributes")
    return name


def names(condition: ConditionBase) -> set[str]:
    """The attributes of an item that a condition looks at."""
    found: set[str] = set()
    for value in values_of(condition):
        if isinstance(value, ConditionBase):
            found |= names(value)
        elif isinstance(value, AttributeBase):
            found.add(attribute_name(value))
    return found
