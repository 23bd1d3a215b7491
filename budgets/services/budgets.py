"""Setting what may be spent on a category in a month, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budgets import events
from budgets.domain.budget import DEFAULT_THRESHOLDS, Budget, Crossing, checked_budget, judge, marked, rejudged
from budgets.domain.categories import check_category, normal_category
from budgets.domain.days import month_of
from budgets.repositories.definitions import definitions_put
from budgets.repositories.months import month_put
from budgets.services.reading import situation_of
from core import clock, outbox
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.events import event_put
from core.retry import optimistic
from core.storage import Write, journey


def budget_set(user: User, *, category: str, amount: Decimal, thresholds: Sequence[int] = DEFAULT_THRESHOLDS) -> Budget:
    """Set the budget of a category for every month from now on, in place of the one before; 2 requests.

    amount: zero or more, in the home currency. thresholds: 1 to 10 different whole percentages; each is told once a
    month. What the current month has reached by it and was not told is told now, in one event; a higher amount forgets
    what was told and is no longer reached. Setting the same again changes nothing.
    Raises InvalidInput by field; NotFound where the account is closed; StoreUnavailable.
    """
    with journey("budget_set"):
        budget = optimistic(lambda: _set(user, normal_category(category), amount, thresholds))
    outbox.nudge(user.username)
    return budget


def budget_delete(user: User, category: str) -> Budget:
    """Take the budget of a category away and return it; setting it again undoes this, and tells nothing twice.

    Expenses and totals stay. 2 requests. Raises NotFound, StoreUnavailable.
    """
    with journey("budget_delete"):
        return optimistic(lambda: _delete(user.username, category))


def _set(user: User, category: str, amount: Decimal, thresholds: Sequence[int]) -> Budget:
    now = clock.now()
    month = month_of(user.time_zone, now)
    situation = situation_of(user.username, [month])
    before = situation.definitions.budgets.get(category)
    if before is None:
        check_category(category, situation.definitions.categories)
    budget = checked_budget(category, amount, thresholds, now)
    if before is not None:
        budget = replace(budget, created_at=before.created_at)
        if (before.amount, before.thresholds) == (budget.amount, budget.thresholds):
            return before
    definitions = situation.definitions.with_budget(budget)
    totals = situation.months[month]
    total = rejudged(totals.of(category), budget)
    judgement = judge(budget, total)
    told: list[Write] = []
    if judgement.is_told:
        crossing = Crossing(
            month=month,
            category=category,
            budget=budget.amount,
            spent=total.spent,
            currency=user.home_currency,
            thresholds=judgement.crossed,
            exceeded=judgement.exceeded,
        )
        told = [event_put(events.threshold_crossed(user.username, crossing, definitions.channels))]
    after = totals.with_total(category, marked(total, budget, judgement))
    after.check_size()
    commit(
        [
            definitions_put(definitions, now),
            month_put(after, now),
            open_check(user.username),
            *told,
        ]
    )
    return budget


def _delete(username: str, category: str) -> Budget:
    situation = situation_of(username, ())
    budget = situation.definitions.budgets.get(category)
    if budget is None:
        raise NotFound("This budget")
    commit([definitions_put(situation.definitions.without_budget(category), clock.now())])
    return budget
