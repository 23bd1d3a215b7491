"""What a budget's figures mean: percent, thresholds, exceeded, large."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.budget import (
    Budget,
    BudgetDraft,
    Judgement,
    is_large,
    judge,
    marked,
    percent_of,
    rejudged,
)
from budgets.domain.expense import Expense, recorded
from budgets.domain.month import CategoryTotal
from core.errors import InvalidInput
from core.ids import new_id
from tests.budgets.builders import a_draft
from tests.times import NOON

HUNDRED = Budget("Travel", Decimal(100))
NOTHING = Budget("Travel", Decimal(0))


def a_total(spent: str, **told: object) -> CategoryTotal:
    return CategoryTotal(Decimal(spent), 1, **told)  # type: ignore[arg-type]


def an_expense(amount: str, *, refund: bool = False) -> Expense:
    return recorded("alice", new_id(), a_draft(amount, "Travel", refund=refund), currency="eur", at=NOON)


@pytest.mark.parametrize(
    ("spent", "amount", "percent"),
    [
        ("0", "0", "0"),
        ("5", "0", "100"),
        ("0.01", "0", "100"),
        ("-5", "0", "0"),
        ("0", "100", "0"),
        ("50", "100", "50"),
        ("79.96", "100", "79.9"),
        ("1", "3", "33.3"),
        ("250", "100", "250"),
        ("-10", "100", "-10"),
    ],
)
def test_percent(spent: str, amount: str, percent: str) -> None:
    assert percent_of(Decimal(spent), Decimal(amount)) == Decimal(percent)


@pytest.mark.parametrize(
    ("spent", "crossed", "exceeded"),
    [
        ("49.99", (), False),
        ("50", (50,), False),
        ("79.99", (50,), False),
        ("80", (50, 80), False),
        ("100", (50, 80, 100), False),
        ("100.01", (50, 80, 100), True),
        ("-1", (), False),
    ],
)
def test_a_threshold_is_crossed_when_it_is_reached_exactly(
    spent: str, crossed: tuple[int, ...], exceeded: bool
) -> None:
    assert judge(HUNDRED, a_total(spent)) == Judgement(crossed, exceeded)


@pytest.mark.parametrize(
    ("spent", "judgement"), [("0", Judgement()), ("-1", Judgement()), ("5", Judgement((50, 80, 100), True))]
)
def test_a_budget_of_nothing_is_reached_by_anything(spent: str, judgement: Judgement) -> None:
    assert judge(NOTHING, a_total(spent)) == judgement


def test_a_third_of_a_cent_does_not_reach_a_threshold() -> None:
    third = Budget("Travel", Decimal("0.03"), (33, 34))
    assert judge(third, a_total("0.01")).crossed == (33,)


def test_what_has_notified_does_not_notify_again_even_after_spending_fell() -> None:
    total = marked(a_total("85"), HUNDRED, judge(HUNDRED, a_total("85")))
    assert judge(HUNDRED, total) == Judgement()
    fallen = replace(total, spent=Decimal(10))
    assert judge(HUNDRED, replace(fallen, spent=Decimal(90))) == Judgement()
    over = replace(fallen, spent=Decimal(101))
    assert judge(HUNDRED, over) == Judgement((100,), True)
    assert judge(HUNDRED, marked(over, HUNDRED, judge(HUNDRED, over))) == Judgement()


def test_a_higher_budget_forgets_what_is_no_longer_reached() -> None:
    told = a_total("101", notified=(50, 80, 100), notified_exceeded=True, judged_by=Decimal(100))
    raised = Budget("Travel", Decimal(150))
    after = rejudged(told, raised)
    assert (after.notified, after.notified_exceeded) == ((50,), False)
    assert judge(raised, after) == Judgement()
    assert judge(raised, replace(after, spent=Decimal(120))) == Judgement((80,), False)


@pytest.mark.parametrize("amount", ["100", "60"])
def test_a_lower_or_equal_budget_forgets_nothing(amount: str) -> None:
    told = a_total("20", notified=(50, 80), judged_by=Decimal(100))
    assert rejudged(told, Budget("Travel", Decimal(amount))) == told


def test_a_lower_budget_notifies_of_what_is_newly_reached_at_once() -> None:
    told = a_total("60", notified=(50,), judged_by=Decimal(100))
    lowered = Budget("Travel", Decimal(50))
    assert judge(lowered, rejudged(told, lowered)) == Judgement((80, 100), True)


@pytest.mark.parametrize(
    ("amount", "budget", "large"),
    [
        ("99.99", None, False),
        ("100", None, True),
        ("9.99", HUNDRED, False),
        ("10", HUNDRED, True),
        ("0.01", NOTHING, True),
    ],
)
def test_a_large_expense(amount: str, budget: Budget | None, large: bool) -> None:
    assert is_large(an_expense(amount), budget) is large
    assert not is_large(an_expense(amount, refund=True), budget)


def test_a_budget_is_kept_in_cents_with_its_thresholds_in_order() -> None:
    draft = BudgetDraft("Travel", Decimal("1e2"), (100, 20)).normal()
    draft.check(categories=["Travel"])
    assert (str(draft.amount), draft.thresholds) == ("100.00", (20, 100))


@pytest.mark.parametrize(
    ("amount", "thresholds", "field"),
    [
        ("-1", [50], "amount"),
        ("0.001", [50], "amount"),
        ("NaN", [50], "amount"),
        ("Infinity", [50], "amount"),
        ("1e13", [50], "amount"),
        ("1", [], "thresholds"),
        ("1", [50, 50], "thresholds"),
        ("1", [0], "thresholds"),
        ("1", [1001], "thresholds"),
        ("1", list(range(1, 12)), "thresholds"),
    ],
)
def test_what_is_no_budget_is_refused(amount: str, thresholds: list[int], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        BudgetDraft("Travel", Decimal(amount), tuple(thresholds)).normal().check(categories=["Travel"])
    assert list(wrong.value.errors) == [field]
