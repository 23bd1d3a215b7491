"""Conditions of every kind on the attributes that items of a program have."""

from typing import Any

from boto3.dynamodb.conditions import ConditionBase
from hypothesis import strategies as st

from core.storage import Attr
from tests.storage.programs import values
from tests.storage.programs.differences import Feature

Conditions = st.SearchStrategy[ConditionBase]

NUMBER, TEXT, TAGS, ANY, STATUS = "number", "text", "tags", "any", "status"
"""Always a number, text, a set of text; `any` and `status` (a reserved word) are anything."""

PATHS = [NUMBER, TEXT, TAGS, ANY, STATUS, "any.x", "any.größe", "any[0]", "status.x[1]"]
TYPES = ["S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M"]
ORDERS = ["lt", "lte", "gt", "gte"]

paths = st.sampled_from(PATHS)


def conditions(features: frozenset[Feature]) -> Conditions:
    """Comparisons and functions, alone or joined by and, or, not."""
    anything = values.anything(features)
    prefixes = values.texts | values.binaries if Feature.BINARY_PREFIXES in features else values.texts
    kinds: list[Conditions] = [
        st.builds(_compared, paths, st.sampled_from(["eq", "ne"]), anything),
        st.builds(lambda path, some: Attr(path).is_in(some), paths, st.lists(anything, min_size=1, max_size=3)),
        st.builds(lambda path, prefix: Attr(path).begins_with(prefix), st.sampled_from([TEXT]) | paths, prefixes),
        st.builds(lambda path, element: Attr(path).contains(element), paths, anything),
        st.builds(lambda path, there: Attr(path).exists() if there else Attr(path).not_exists(), paths, st.booleans()),
        st.builds(lambda path, kind: Attr(path).attribute_type(kind), paths, st.sampled_from(TYPES)),
        _orders(features),
    ]
    if Feature.SIZES in features:
        sized = paths if Feature.SIZES_OF_TEXT in features else st.just(TAGS)
        kinds.append(st.builds(_sized, sized, st.sampled_from(["eq", *ORDERS]), st.integers(0, 4)))
    if Feature.TWO_ATTRIBUTES in features:
        kinds.append(st.builds(_two, st.permutations(PATHS), st.sampled_from(["eq", "ne", *ORDERS, "contains"])))
    simple = st.one_of(kinds)
    return st.one_of(
        simple,
        simple,
        st.builds(lambda one, other: one & other, simple, simple),
        st.builds(lambda one, other: one | other, simple, simple),
        st.builds(lambda inner: ~inner, simple),
        st.builds(lambda one, other, third: one & ~(other | third), simple, simple, simple),
    )


def _orders(features: frozenset[Feature]) -> Conditions:
    operators = st.sampled_from(ORDERS)
    by_type = [(NUMBER, values.numbers), (TEXT, values.texts)]
    pairs: list[tuple[Any, Any]] = [(st.just(name), each) for name, each in by_type]
    if Feature.MIXED_ORDERS in features:
        pairs += [(paths, each) for each in (values.numbers, values.texts, values.binaries)]
    return st.one_of(
        *(st.builds(_compared, path, operators, value) for path, value in pairs),
        *(st.builds(_between, path, value, value) for path, value in pairs),
    )


def _compared(path: str, operator: str, value: Any) -> ConditionBase:
    compared: ConditionBase = getattr(Attr(path), operator)(value)
    return compared


def _sized(path: str, operator: str, value: int) -> ConditionBase:
    sized: ConditionBase = getattr(Attr(path).size(), operator)(value)
    return sized


def _two(shuffled: list[str], operator: str) -> ConditionBase:
    return _compared(shuffled[0], operator, Attr(shuffled[1]))


def _between(path: str, one: Any, other: Any) -> ConditionBase:
    # UTF-8 keeps the order of code points, so Python's order of text is the store's
    return Attr(path).between(*sorted((one, other)))
