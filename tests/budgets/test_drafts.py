"""What an expense may look like, and what categories there are."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from budgets.domain.categories import CATEGORIES, new_category
from budgets.domain.expense import ExpenseDraft, last_day_allowed
from core.errors import InvalidInput
from tests.budgets.builders import TODAY, a_draft


def wrong_fields(draft: ExpenseDraft, today: date = TODAY) -> list[str]:
    """The fields that are wrong."""
    try:
        draft.normal().check(categories=(*CATEGORIES, "Pets"), today=today)
    except InvalidInput as error:
        return sorted(error.errors)
    return []


def test_the_categories() -> None:
    assert len(CATEGORIES) == 11
    assert {"Food & Dining", "Transportation", "Insurance", "Other"} < set(CATEGORIES)


def test_a_draft_is_brought_into_the_form_that_is_stored() -> None:
    draft = a_draft(
        "1e1", " Travel ", description=" to Porto\nand back ", merchant=" CP ", tags=(" work ", "", "work", "train")
    ).normal()
    assert draft == ExpenseDraft(
        Decimal("10.00"), "Travel", TODAY, "to Porto\nand back", "CP", ("work", "train"), refund=False
    )
    assert str(draft.amount) == "10.00"
    spoken = a_draft(
        "1", "Cafe\u0301", description="one\r\ntwo\tthree \U0001f468\u200d\U0001f469", merchant="a  b"
    ).normal()
    assert (spoken.category, spoken.description) == ("Caf\xe9", "one\ntwo three \U0001f468\u200d\U0001f469")
    assert (spoken.merchant, wrong_fields(spoken)) == ("a b", ["category"])
    assert wrong_fields(draft) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal("sNaN")}, "amount"),
        ({"amount": Decimal("Infinity")}, "amount"),
        ({"amount": Decimal("1e30")}, "amount"),
        ({"amount": Decimal("1000000000000.01")}, "amount"),
        ({"category": "travel"}, "category"),
        ({"category": ""}, "category"),
        ({"category": "Cars"}, "category"),
        ({"day": date(1969, 12, 31)}, "date"),
        ({"day": date(2027, 11, 21)}, "date"),
        ({"description": "x" * 501}, "description"),
        ({"description": "a\0b"}, "description"),
        ({"merchant": "x" * 201}, "merchant"),
        ({"merchant": "a\x7fb"}, "merchant"),
        ({"description": "\ud800"}, "description"),
        ({"tags": ("x" * 51,)}, "tags"),
        ({"tags": ("a,b",)}, "tags"),
        ({"tags": ("a\0b",)}, "tags"),
        ({"tags": tuple(str(number) for number in range(21))}, "tags"),
    ],
)
def test_a_wrong_field_is_named(said: dict[str, Any], field: str) -> None:
    good: dict[str, Any] = {"amount": Decimal(10), "category": "Travel", "day": TODAY}
    assert wrong_fields(ExpenseDraft(**(good | said))) == [field]


def test_all_that_is_wrong_is_reported_at_once() -> None:
    draft = ExpenseDraft(Decimal(0), "Cars", date(1900, 1, 1), "x" * 501, "x" * 201, ("x" * 51,))
    assert wrong_fields(draft) == ["amount", "category", "date", "description", "merchant", "tags"]


@pytest.mark.parametrize(
    "draft",
    [
        a_draft("0.01"),
        a_draft("1000000000000"),
        a_draft(day=date(1970, 1, 1)),
        a_draft(day=date(2027, 11, 20)),
        a_draft(category="Pets"),
        a_draft(
            description="x" * 500, merchant="x" * 200, tags=tuple("x" * 48 + f"{number:02d}" for number in range(20))
        ),
    ],
)
def test_what_is_just_allowed(draft: ExpenseDraft) -> None:
    assert wrong_fields(draft) == []


def test_a_year_ahead_of_a_leap_day() -> None:
    assert last_day_allowed(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("typed", "stored"), [(" Pets ", "Pets"), ("Side  jobs", "Side jobs"), ("x" * 50, "x" * 50), ("Café #1", "Café #1")]
)
def test_an_own_category(typed: str, stored: str) -> None:
    assert new_category(typed) == stored


@pytest.mark.parametrize("name", ["", "  ", "x" * 51, "a\0b", "travel", "FOOD & DINING", "..", "--"])
def test_what_is_no_own_category(name: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        new_category(name)
    assert list(wrong.value.errors) == ["name"]
