"""Key conditions: one partition, and at most one range of its sort key."""

from dataclasses import dataclass

from boto3.dynamodb.conditions import ConditionBase, Key

from core.storage.codec import AttributeMap, AttributeValue, encode
from core.storage.conditions.operands import values_of
from core.storage.conditions.predicates import Predicate, predicate
from core.storage.errors import InvalidOperation
from core.storage.schema import Attribute

_SORT_OPERATORS = {"=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"}


@dataclass(frozen=True, slots=True)
class KeyRange:
    """The rows that a key condition selects.

    operator: "" for the whole partition, else one of `= < <= > >= BETWEEN begins_with` with its bounds.
    condition: the key condition, the partition's part first. holds: whether a typed item or key is inside.
    """

    partition: AttributeValue
    operator: str
    bounds: tuple[AttributeValue, ...]
    condition: ConditionBase
    holds: Predicate


def key_range(where: ConditionBase, key: tuple[Attribute, ...]) -> KeyRange:
    """What a `Key` condition says about a table or index with this key.

    Raises InvalidOperation unless it is `Key(partition).eq(...)`, alone or with one condition on the sort key, with
    values of the declared types.
    """
    parts = {_attribute_name(part): part for part in _parts(where)}
    partition = parts.pop(key[0].name, None)
    if partition is None or partition.expression_operator != "=":
        raise InvalidOperation(f"a query needs Key({key[0].name!r}).eq(...)")
    (partition_value,) = _bounds(partition, key[0])
    if not parts:
        return KeyRange(partition_value, "", (), where, predicate(where))
    if len(key) == 1 or set(parts) != {key[1].name} or len(_parts(where)) != 2:
        raise InvalidOperation(f"a query takes one condition on each of {', '.join(a.name for a in key)}")
    (sort,) = parts.values()
    if sort.expression_operator not in _SORT_OPERATORS:
        raise InvalidOperation(
            f"{sort.expression_operator} is not for a key; use eq, lt, lte, gt, gte, between or begins_with"
        )
    if sort.expression_operator == "begins_with" and key[1].type != "S":
        raise InvalidOperation(f"{key[1].name} is a number; begins_with is for text")
    bounds = _bounds(sort, key[1])
    return KeyRange(partition_value, sort.expression_operator, bounds, partition & sort, predicate(where))


def _parts(where: ConditionBase) -> list[ConditionBase]:
    if not isinstance(where, ConditionBase):
        raise InvalidOperation(f"{where!r} is not a condition; make one with Key")
    if where.expression_operator == "AND":
        return [part for value in values_of(where) for part in _parts(value)]
    return [where]


def _attribute_name(part: ConditionBase) -> str:
    values = values_of(part)
    if not values or not isinstance(values[0], Key):
        raise InvalidOperation("a query is made of Key conditions joined by &")
    return values[0].name


def _bounds(part: ConditionBase, attribute: Attribute) -> tuple[AttributeValue, ...]:
    encoded: AttributeMap = {str(n): encode(value) for n, value in enumerate(values_of(part)[1:])}
    for value in encoded.values():
        if attribute.type not in value:
            raise InvalidOperation(f"{attribute.name} is of type {attribute.type}, the value given is not")
    return tuple(encoded.values())
