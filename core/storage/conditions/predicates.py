"""Conditions as functions of a typed item."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from boto3.dynamodb.conditions import Attr, AttributeBase, ConditionBase

from core.storage.codec import AttributeMap, AttributeValue, encode
from core.storage.conditions.operands import is_literal, operand, values_of
from core.storage.errors import InvalidOperation

Predicate = Callable[[AttributeMap], bool]

MOST_ALTERNATIVES = 99
"""DynamoDB's IN takes 100 operands, the attribute among them."""

_ORDERED = {"S", "N", "B"}


def predicate(condition: ConditionBase) -> Predicate:
    """The condition as a function of a typed item; an absent item is `{}`.

    Raises InvalidOperation for what DynamoDB would not take: an unordered value in an order, bounds in the wrong
    order, no alternative or too many, an attribute compared with itself. And for what no condition of the product uses:
    `~`, `contains`, `attribute_type`, `size`, paths into an attribute.
    """
    if not isinstance(condition, ConditionBase):
        raise InvalidOperation(f"{condition!r} is not a condition; make one with Attr or Key")
    make = _MAKERS.get(condition.expression_operator)
    if make is None:
        raise InvalidOperation(
            f"a condition with {condition.expression_operator} is not taken; use {', '.join(_MAKERS)}"
        )
    return make(*values_of(condition))


def compared(left: AttributeValue, right: AttributeValue) -> int | None:
    """-1, 0 or 1 as left is before, equal to or after right; None where they have no common order."""
    ((kind, one),) = left.items()
    if kind not in right or kind not in _ORDERED:
        return None
    other = right[kind]
    if kind == "N":
        one, other = Decimal(one), Decimal(other)
    return int(one > other) - int(one < other)


def _and(left: ConditionBase, right: ConditionBase) -> Predicate:
    one, other = predicate(left), predicate(right)
    return lambda item: one(item) and other(item)


def _or(left: ConditionBase, right: ConditionBase) -> Predicate:
    one, other = predicate(left), predicate(right)
    return lambda item: one(item) or other(item)


def _equals(left: Any, right: Any) -> Predicate:
    _require_another(left, right)
    one, other = operand(left), operand(right)

    def equals(item: AttributeMap) -> bool:
        value = one(item)
        return value is not None and value == other(item)

    return equals


def _differs(left: Any, right: Any) -> Predicate:
    equals = _equals(left, right)
    return lambda item: not equals(item)


def _order(accepted: set[int]) -> Callable[[Any, Any], Predicate]:
    def make(left: Any, right: Any) -> Predicate:
        _require_ordered(left, right)
        _require_another(left, right)
        one, other = operand(left), operand(right)

        def holds(item: AttributeMap) -> bool:
            first, second = one(item), other(item)
            return first is not None and second is not None and compared(first, second) in accepted

        return holds

    return make


def _between(value: Any, low: Any, high: Any) -> Predicate:
    _require_ordered(value, low, high)
    if is_literal(low) and is_literal(high) and compared(encode(low), encode(high)) not in (-1, 0):
        raise InvalidOperation(f"between {low!r} and {high!r}: the bounds must be of one type, the lower one first")
    at_least, at_most = _order({0, 1})(value, low), _order({-1, 0})(value, high)
    return lambda item: at_least(item) and at_most(item)


def _is_in(value: Any, alternatives: Any) -> Predicate:
    _require_another(value, *alternatives)
    candidates = [operand(alternative) for alternative in alternatives]
    if not 1 <= len(candidates) <= MOST_ALTERNATIVES:
        raise InvalidOperation(f"{len(candidates)} alternatives; give 1 to {MOST_ALTERNATIVES}")
    wanted = operand(value)

    def holds(item: AttributeMap) -> bool:
        found = wanted(item)
        return found is not None and any(found == candidate(item) for candidate in candidates)

    return holds


def _begins_with(value: Any, prefix: Any) -> Predicate:
    if is_literal(prefix) and not isinstance(prefix, (str, bytes)):
        raise InvalidOperation(f"{prefix!r} is not a prefix; give text or bytes")
    _require_another(value, prefix)
    whole, start = operand(value), operand(prefix)

    def holds(item: AttributeMap) -> bool:
        found, wanted = whole(item), start(item)
        if found is None or wanted is None:
            return False
        return any(kind in found and kind in wanted and found[kind].startswith(wanted[kind]) for kind in ("S", "B"))

    return holds


def _exists(attribute: AttributeBase) -> Predicate:
    found = operand(attribute)
    return lambda item: found(item) is not None


def _not_exists(attribute: AttributeBase) -> Predicate:
    found = operand(attribute)
    return lambda item: found(item) is None


def _require_ordered(*values: Any) -> None:
    for value in values:
        if is_literal(value) and not _ORDERED & encode(value).keys():
            raise InvalidOperation(f"{value!r} has no order; compare with text, a number or bytes")


def _require_another(first: Any, *others: Any) -> None:
    if isinstance(first, Attr) and any(isinstance(other, Attr) and other.name == first.name for other in others):
        raise InvalidOperation(f"{first.name} is compared with itself; name another attribute, or use exists")


_MAKERS: dict[str, Callable[..., Predicate]] = {
    "AND": _and,
    "OR": _or,
    "=": _equals,
    "<>": _differs,
    "<": _order({-1}),
    "<=": _order({-1, 0}),
    ">": _order({1}),
    ">=": _order({0, 1}),
    "BETWEEN": _between,
    "IN": _is_in,
    "begins_with": _begins_with,
    "attribute_exists": _exists,
    "attribute_not_exists": _not_exists,
}
