"""Conditions of every kind on the attributes that items of a program have."""

from typing import Any

from boto3.dynamodb.conditions import ConditionBase
from hypothesis import strategies as st

from core.storage import Attr
from tests.storage.programs import values
from tests.storage.programs.differences import Feature

Conditions = st.SearchStrategy[ConditionBase]

NUMBER, TEXT, ANY, STATUS, SIZE = "number", "text", "any", "status", "größe"
"""Always a number, text; the others, of which `status` is a reserved word, are anything."""

NAMED = [NUMBER, TEXT, ANY, STATUS, SIZE]
ORDERS = ["lt", "lte", "gt", "gte"]

names = st.sampled_from(NAMED)


def conditions(features: frozenset[Feature]) -> Conditions:
    """Comparisons and functions, alone or joined by and, or."""
    anything = values.anything(features)
    prefixes = values.texts | values.binaries if Feature.BINARY_PREFIXES in features else values.texts
    kinds: list[Conditions] = [
        st.builds(_compared, names, st.sampled_from(["eq", "ne"]), anything),
        st.builds(lambda name, some: Attr(name).is_in(some), names, st.lists(anything, min_size=1, max_size=3)),
        st.builds(lambda name, prefix: Attr(name).begins_with(prefix), st.sampled_from([TEXT]) | names, prefixes),
        st.builds(lambda name, there: Attr(name).exists() if there else Attr(name).not_exists(), names, st.booleans()),
        _orders(features),
    ]
    if Feature.TWO_ATTRIBUTES in features:
        kinds.append(st.builds(_two, st.permutations(NAMED), st.sampled_from(["eq", "ne", *ORDERS])))
    simple = st.one_of(kinds)
    return st.one_of(
        simple,
        simple,
        st.builds(lambda one, other: one & other, simple, simple),
        st.builds(lambda one, other: one | other, simple, simple),
        st.builds(lambda one, other, third: one & (other | third), simple, simple, simple),
    )


def _orders(features: frozenset[Feature]) -> Conditions:
    operators = st.sampled_from(ORDERS)
    by_type = [(NUMBER, values.numbers), (TEXT, values.texts)]
    pairs: list[tuple[Any, Any]] = [(st.just(name), each) for name, each in by_type]
    if Feature.MIXED_ORDERS in features:
        pairs += [(names, each) for each in (values.numbers, values.texts, values.binaries)]
    return st.one_of(
        *(st.builds(_compared, name, operators, value) for name, value in pairs),
        *(st.builds(_between, name, value, value) for name, value in pairs),
    )


def _compared(name: str, operator: str, value: Any) -> ConditionBase:
    compared: ConditionBase = getattr(Attr(name), operator)(value)
    return compared


def _two(shuffled: list[str], operator: str) -> ConditionBase:
    return _compared(shuffled[0], operator, Attr(shuffled[1]))


def _between(name: str, one: Any, other: Any) -> ConditionBase:
    # UTF-8 keeps the order of code points, so Python's order of text is the store's
    return Attr(name).between(*sorted((one, other)))
