"""Budgets of a month: how much of one is spent, and what of that notifies the user."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from budgets.domain.categories import category_error, normal_category
from budgets.domain.expense import MOST_MONEY, Expense
from budgets.domain.month import CategoryTotal
from core import money
from core.errors import InvalidInput
from core.money import ZERO
from core.periods import Month

DEFAULT_THRESHOLDS = (50, 80, 100)
MOST_THRESHOLDS = 10
LARGEST_THRESHOLD = 1000
LARGE_SHARE = Decimal("0.10")
"""An expense of this share of its category's budget, or more, is a large one."""
LARGE_AMOUNT = Decimal("100.00")
"""An expense of this much or more is a large one where its category has no budget."""
HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class BudgetDraft:
    """What a user says of a budget: the amount of a month for a category, and the percentages that notify."""

    category: str
    amount: Decimal
    thresholds: tuple[int, ...] = DEFAULT_THRESHOLDS

    def normal(self) -> BudgetDraft:
        """The draft in the form that is stored: whole cents, rising percentages."""
        return BudgetDraft(
            normal_category(self.category),
            self.amount if _amount_error(self.amount) else self.amount.quantize(money.CENT),
            tuple(sorted(self.thresholds)),
        )

    def check(self, *, categories: Collection[str]) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field.

        The amount is zero or more in whole cents; there are one to ten different percentages from 1 to 1000.
        `categories` are those that may have a budget.
        """
        sentences = {
            "amount": _amount_error(self.amount),
            "thresholds": _thresholds_error(self.thresholds),
            "category": category_error(self.category, categories),
        }
        if errors := {name: [sentence] for name, sentence in sentences.items() if sentence}:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent on a category in a month; zero or more, whole cents. thresholds: whole percentages, rising."""

    category: str
    amount: Decimal
    thresholds: tuple[int, ...] = DEFAULT_THRESHOLDS
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is new about a category in its month: thresholds reached for the first time, and whether it is exceeded."""

    crossed: tuple[int, ...] = ()
    exceeded: bool = False

    @property
    def notifies(self) -> bool:
        """Whether there is anything to notify the user of."""
        return bool(self.crossed) or self.exceeded


@dataclass(frozen=True, slots=True)
class Crossing:
    """A category that has reached thresholds of its budget, or exceeded it, as the user is notified of it.

    `expense_id` is the expense that did it; None for a change of the budget or for an import.
    """

    month: Month
    category: str
    budget: Decimal
    spent: Decimal
    currency: str
    thresholds: tuple[int, ...]
    exceeded: bool
    expense_id: str | None = None


def percent_of(spent: Decimal, amount: Decimal) -> Decimal:
    """How many percent of a budget are spent, cut to one decimal: 79.96 is 79.9, for 80 is not reached.

    0 of 0 is 0 %, anything of 0 is 100 %. Refunds above the expenses make it negative.
    """
    if amount == 0:
        return HUNDRED if spent > 0 else ZERO
    return (spent * HUNDRED / amount).quantize(TENTH, ROUND_FLOOR)


def is_reached(threshold: int, spent: Decimal, amount: Decimal) -> bool:
    """Whether that many percent of the budget are spent, exactly."""
    if amount == 0:
        return spent > 0 and threshold <= 100
    return spent * HUNDRED >= threshold * amount


def judge(budget: Budget, total: CategoryTotal) -> Judgement:
    """What of the total the user was not notified of yet: thresholds that it reaches, and whether it is over."""
    reached = (each for each in budget.thresholds if is_reached(each, total.spent, budget.amount))
    return Judgement(
        crossed=tuple(each for each in reached if each not in total.notified),
        exceeded=total.spent > budget.amount and not total.notified_exceeded,
    )


def marked(total: CategoryTotal, budget: Budget, judgement: Judgement) -> CategoryTotal:
    """The total with this judgement by this budget noted as notified."""
    return replace(
        total,
        notified=tuple(sorted({*total.notified, *judgement.crossed})),
        notified_exceeded=total.notified_exceeded or judgement.exceeded,
        judged_by=budget.amount,
    )


def rejudged(total: CategoryTotal, budget: Budget) -> CategoryTotal:
    """The total under a budget that was set again: a higher one forgets thresholds that are no longer reached.

    They then notify when they are reached again. A lower one forgets nothing.
    """
    if total.judged_by is None or budget.amount <= total.judged_by:
        return total
    return replace(
        total,
        notified=tuple(each for each in total.notified if is_reached(each, total.spent, budget.amount)),
        notified_exceeded=total.notified_exceeded and total.spent > budget.amount,
    )


def in_the_end(crossing: Crossing, total: CategoryTotal) -> tuple[Crossing, CategoryTotal]:
    """What of a crossing without a notification still holds, and the total without the rest among its notified ones."""

    def holds(threshold: int) -> bool:
        return threshold not in crossing.thresholds or is_reached(threshold, total.spent, crossing.budget)

    exceeded = crossing.exceeded and total.spent > crossing.budget
    return (
        replace(
            crossing,
            spent=total.spent,
            thresholds=tuple(filter(holds, crossing.thresholds)),
            exceeded=exceeded,
        ),
        replace(
            total,
            notified=tuple(filter(holds, total.notified)),
            notified_exceeded=total.notified_exceeded and (exceeded or not crossing.exceeded),
        ),
    )


def is_large(expense: Expense, budget: Budget | None) -> bool:
    """Whether it is a large expense: at least 10 % of its category's budget, 100.00 where there is none.

    A refund never is.
    """
    if expense.is_refund:
        return False
    return expense.amount >= (LARGE_AMOUNT if budget is None else budget.amount * LARGE_SHARE)


def crossing_of(
    budget: Budget,
    total: CategoryTotal,
    judgement: Judgement,
    month: Month,
    currency: str,
    expense_id: str | None = None,
) -> Crossing:
    """The crossing that this judgement of a total is."""
    return Crossing(
        month=month,
        category=budget.category,
        budget=budget.amount,
        spent=total.spent,
        currency=currency,
        thresholds=judgement.crossed,
        exceeded=judgement.exceeded,
        expense_id=expense_id,
    )


def _amount_error(amount: Decimal) -> str:
    if not amount.is_finite() or not 0 <= amount <= MOST_MONEY:
        return f"Enter an amount of zero or more, at most {MOST_MONEY:,.0f}."
    return "Enter at most 2 decimal places." if money.places(amount) > 2 else ""


def _thresholds_error(thresholds: tuple[int, ...]) -> str:
    if not 1 <= len(thresholds) <= MOST_THRESHOLDS or len(set(thresholds)) != len(thresholds):
        return f"Enter 1 to {MOST_THRESHOLDS} different percentages, like 50, 80, 100."
    within = all(1 <= each <= LARGEST_THRESHOLD for each in thresholds)
    return "" if within else f"Enter whole percentages from 1 to {LARGEST_THRESHOLD}."
