"""Every operator, on what it holds for and what it does not."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import ConditionBase

from core.storage import Attr, ConditionFailed, InvalidOperation, KeyCondition, Query, Store, Update
from tests.storage.tables import NAMES

ITEM = {
    "name": "a",
    "number": Decimal("5.5"),
    "same": Decimal("5.5"),
    "other": 7,
    "text": "hello",
    "bytes": b"hello",
    "yes": True,
    "nothing": None,
    "list": ["x", 2, [3], {"four": 4}],
    "map": {"inner": 1},
}

HOLD = {
    "eq": Attr("number").eq(Decimal("5.50")),
    "eq text": Attr("text").eq("hello"),
    "eq list": Attr("list").eq(["x", 2, [3], {"four": 4}]),
    "eq of two attributes": Attr("number").eq(Attr("same")),
    "ne": Attr("number").ne(6),
    "ne of another type": Attr("number").ne("5.5"),
    "ne missing": Attr("missing").ne(1),
    "lt": Attr("number").lt(6),
    "lt of two attributes": Attr("number").lt(Attr("other")),
    "lte": Attr("number").lte(Decimal("5.5")),
    "gt text": Attr("text").gt("hell"),
    "gte bytes": Attr("bytes").gte(b"hello"),
    "between": Attr("number").between(5, 6),
    "between at the bounds": Attr("other").between(7, 7),
    "in": Attr("text").is_in(["bye", "hello"]),
    "begins_with": Attr("text").begins_with("he"),
    "begins_with bytes": Attr("bytes").begins_with(b"he"),
    "exists": Attr("nothing").exists(),
    "not_exists": Attr("missing").not_exists(),
    "and": Attr("number").gt(5) & Attr("text").eq("hello"),
    "or": Attr("number").gt(50) | Attr("text").eq("hello"),
}

FAIL = {
    "eq": Attr("number").eq(6),
    "eq bool and number": Attr("yes").eq(1),
    "eq of another type": Attr("number").eq("5.5"),
    "eq missing": Attr("missing").eq(1),
    "eq of two missing": Attr("missing").eq(Attr("gone")),
    "ne": Attr("text").ne("hello"),
    "lt": Attr("number").lt(5),
    "lt of another type": Attr("number").lt("6"),
    "lt missing": Attr("missing").lt(5),
    "lte missing": Attr("missing").lte(5),
    "gt missing": Attr("missing").gt(5),
    "gte missing": Attr("missing").gte(5),
    "between": Attr("number").between(6, 7),
    "between missing": Attr("missing").between(6, 7),
    "in": Attr("number").is_in([1, 2]),
    "in missing": Attr("missing").is_in([1, 2]),
    "begins_with": Attr("text").begins_with("lo"),
    "begins_with on a number": Attr("number").begins_with("5"),
    "begins_with missing": Attr("missing").begins_with("a"),
    "exists": Attr("missing").exists(),
    "not_exists of null": Attr("nothing").not_exists(),
    "and": Attr("number").gt(5) & Attr("text").eq("bye"),
    "or": Attr("number").gt(50) | Attr("text").eq("bye"),
}

REFUSED = {
    "order of a list": Attr("number").lt([1]),
    "order of a bool": Attr("number").gte(True),
    "bounds swapped": Attr("number").between(7, 6),
    "bounds of two types": Attr("number").between(6, "7"),
    "no alternatives": Attr("number").is_in([]),
    "too many alternatives": Attr("number").is_in(list(range(101))),
    "begins with a number": Attr("text").begins_with(5),
    "eq to itself": Attr("number").eq(Attr("number")),
    "order to itself": Attr("number").lte(Attr("number")),
    "in itself": Attr("number").is_in([5, Attr("number")]),
    "begins with itself": Attr("text").begins_with(Attr("text")),
    "not": ~Attr("number").gt(50),
    "not, inside of others": Attr("text").exists() & ~(Attr("number").gt(50) | Attr("text").eq("bye")),
    "contains": Attr("text").contains("ell"),
    "type": Attr("text").attribute_type("S"),
    "size": Attr("text").size().eq(5),
    "size alone": Attr("text").size(),
    "size as a value": Attr("number").lt(Attr("text").size()),
    "set": Attr("text").eq({"hello"}),
    "path": Attr("map.inner").exists(),
    "path in a list": Attr("list[1]").eq(2),
}


@pytest.fixture
def judge(shared_items: Store) -> Callable[[ConditionBase], bool]:
    """Whether a condition holds for the item, as the condition of a write; as a filter it must say the same."""
    shared_items.put(NAMES, ITEM)

    def holds(condition: ConditionBase) -> bool:
        page = shared_items.query(Query(NAMES, KeyCondition("name").eq("a"), filter=condition))
        try:
            shared_items.put(NAMES, ITEM, condition=condition)
        except ConditionFailed:
            assert page.items == ()
            return False
        assert page.items == (ITEM,)
        return True

    return holds


@pytest.mark.parametrize("condition", HOLD.values(), ids=HOLD)
def test_a_condition_that_holds(judge: Callable[[ConditionBase], bool], condition: ConditionBase) -> None:
    assert judge(condition)


@pytest.mark.parametrize("condition", FAIL.values(), ids=FAIL)
def test_a_condition_that_fails(judge: Callable[[ConditionBase], bool], condition: ConditionBase) -> None:
    assert not judge(condition)


@pytest.mark.parametrize("condition", REFUSED.values(), ids=REFUSED)
def test_a_condition_that_is_refused(shared_items: Store, condition: ConditionBase) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.put(NAMES, ITEM, condition=condition)


def test_names_of_conditions_and_updates_do_not_replace_each_other(items: Store) -> None:
    items.put(NAMES, {"name": "a", "first": 1, "second": 2})

    items.update(
        NAMES,
        {"name": "a"},
        Update(set={"third": 3}, add={"second": 10}, remove=("fourth",), set_if_absent={"fifth": 5}),
        condition=Attr("first").eq(1) & Attr("second").eq(2),
    )

    assert items.get(NAMES, {"name": "a"}) == {"name": "a", "first": 1, "second": 12, "third": 3, "fifth": 5}


def test_reserved_and_odd_names_are_names_like_any_other(items: Store) -> None:
    items.put(NAMES, {"name": "a", "size": 1, "status": "open", "#n0": 1, ":v0": 2, "two words": 3})

    items.update(
        NAMES,
        {"name": "a"},
        Update(set={"value": 1, "#u0": 2}),
        condition=Attr("size").eq(1) & Attr("status").eq("open") & Attr("#n0").eq(1) & Attr("two words").eq(3),
    )

    found = items.get(NAMES, {"name": "a"})
    assert found is not None
    assert (found["value"], found["#u0"]) == (1, 2)
