"""What a condition compares: paths into an item, sizes and values."""

import re
from collections.abc import Callable
from typing import Any

from boto3.dynamodb.conditions import AttributeBase, ConditionBase, Size

from core.storage.codec import AttributeMap, AttributeValue, encode
from core.storage.errors import InvalidOperation

Operand = Callable[[AttributeMap], AttributeValue | None]
Path = tuple[str | int, ...]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]|(\.)")
_SIZED = {"S", "B", "SS", "NS", "BS", "L", "M"}


def values_of(condition: ConditionBase) -> tuple[Any, ...]:
    """The values that a condition was made from, in order."""
    return tuple(condition.get_expression()["values"])


def operand(value: Any) -> Operand:
    """What a value of a condition says about an item: the attribute at a path, its size, or the value itself."""
    if isinstance(value, Size):
        return _size(operand(values_of(value)[0]))
    if isinstance(value, AttributeBase):
        return _attribute(path(value.name))
    if isinstance(value, ConditionBase):
        raise InvalidOperation("a condition cannot be compared; give an attribute or a value")
    literal = encode(value)
    return lambda item: literal


def is_literal(value: Any) -> bool:
    """Whether it is a value of its own rather than an attribute or the size of one."""
    return not isinstance(value, (AttributeBase, ConditionBase))


def path(name: str) -> Path:
    """`lines[0].total` as `("lines", 0, "total")`. Raises InvalidOperation for what is no path."""
    steps: list[str | int] = []
    position = 0
    for match in _STEP.finditer(name):
        attribute, index, dot = match.groups()
        if match.start() != position or (dot and (not steps or match.end() == len(name))):
            break
        position = match.end()
        if not dot:
            steps.append(attribute if attribute is not None else int(index))
    if position != len(name) or not steps or isinstance(steps[0], int):
        raise InvalidOperation(f"{name!r} is no path to an attribute")
    return tuple(steps)


def names(condition: ConditionBase) -> set[str]:
    """The attributes of an item that a condition looks at, without what is nested in them."""
    found: set[str] = set()
    for value in values_of(condition):
        if isinstance(value, ConditionBase):
            found |= names(value)
        elif isinstance(value, AttributeBase):
            found.add(str(path(value.name)[0]))
    return found


def _attribute(steps: Path) -> Operand:
    first, *rest = steps

    def top(item: AttributeMap) -> AttributeValue | None:
        return item.get(str(first))

    def nested(item: AttributeMap) -> AttributeValue | None:
        found = item.get(str(first))
        for step in rest:
            found = _step(found, step)
        return found

    return nested if rest else top


def _step(attribute: AttributeValue | None, step: str | int) -> AttributeValue | None:
    if attribute is None:
        return None
    if isinstance(step, str):
        found: AttributeValue | None = attribute.get("M", {}).get(step)
        return found
    elements: list[AttributeValue] = attribute.get("L", [])
    return elements[step] if step < len(elements) else None


def _size(measured: Operand) -> Operand:
    def size(item: AttributeMap) -> AttributeValue | None:
        attribute = measured(item)
        if attribute is None:
            return None
        ((kind, value),) = attribute.items()
        if kind not in _SIZED:
            return None
        # the size of text is in UTF-16 code units, though the store counts and orders it in UTF-8
        return {"N": str(len(value.encode("utf-16-le")) // 2 if kind == "S" else len(value))}

    return size
