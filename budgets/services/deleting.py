"""Deleting expenses, and restoring them within 30 days."""

from __future__ import annotations

from datetime import datetime

from budgets import events
from budgets.domain.days import month_of
from budgets.domain.effect import Changed, Effect, effect_of
from budgets.domain.expense import Expense
from budgets.repositories.expenses import expense_from_item, expense_insert, expense_item, expense_remove, stored
from budgets.services import steps
from budgets.services.reading import Situation, check_could_be, situation_of
from core import clock, outbox, trash
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.events import event_put
from core.retry import optimistic
from core.storage import journey

KIND = "expense"


def expense_delete(user: User, expense_id: str) -> str:
    """Take an expense away, and out of the totals of its month; 2 requests, 3 for one of another month than this.

    Returns the entry by which `expense_restore` brings it back. Raises NotFound, StoreUnavailable.
    """
    check_could_be(expense_id)
    with journey("expense_delete"):
        entry = optimistic(lambda: _delete(user, expense_id))
    outbox.nudge(user.username)
    return entry


def expense_restore(user: User, entry: str) -> Expense:
    """Bring a deleted expense back as it was, and into the totals of its month; 3 requests.

    A repeated call returns the expense that is back. Raises NotFound where nothing of this user's was deleted so, or
    more than 30 days ago, or the account is closed; StoreUnavailable.
    """
    with journey("expense_restore"):
        expense = optimistic(lambda: _restore(user, entry))
    outbox.nudge(user.username)
    return expense


def _delete(user: User, expense_id: str) -> str:
    now = clock.now()
    situation = situation_of(user.username, [month_of(user.time_zone, now)], [expense_id])
    expense = situation.expenses.get(expense_id)
    if expense is None:
        raise NotFound("This expense")
    situation = situation.with_months([expense.month])
    effect = _effect(user, (expense, None), situation, now)
    entry = trash.entry_of(expense_id, now)
    commit(
        [
            expense_remove(expense),
            *steps.effect_writes(effect, situation.definitions, now),
            trash.throw_away(user.username, entry, KIND, expense_item(expense)),
            event_put(events.expense_changed(user.username, expense_id)),
            *steps.tellings(user.username, effect, situation.definitions),
        ]
    )
    return entry


def _restore(user: User, entry: str) -> Expense:
    thrown = trash.thrown_get(user.username, entry)
    if thrown is None or thrown.kind != KIND:
        return _there(user.username, entry.partition("#")[2])
    now = clock.now()
    expense = expense_from_item(dict(thrown.row))
    situation = situation_of(user.username, [expense.month], [expense.expense_id])
    there = situation.expenses.get(expense.expense_id)
    if there is not None:
        return there
    effect = _effect(user, (None, expense), situation, now)
    commit(
        [
            expense_insert(expense),
            *steps.effect_writes(effect, situation.definitions, now),
            trash.take_out(thrown),
            open_check(user.username),
            event_put(events.expense_changed(user.username, expense.expense_id)),
            *steps.tellings(user.username, effect, situation.definitions),
        ]
    )
    return stored(expense)


def _effect(user: User, change: Changed, situation: Situation, now: datetime) -> Effect:
    """What the change does; an expense that comes back was told as a large one when it was recorded."""
    effect = effect_of(
        [change],
        situation.months,
        situation.definitions.budgets,
        current=month_of(user.time_zone, now),
        currency=user.home_currency,
    )
    return Effect(effect.months, effect.crossings)


def _there(username: str, expense_id: str) -> Expense:
    try:
        check_could_be(expense_id)
    except NotFound as error:
        raise NotFound("This deleted expense") from error
    expense = situation_of(username, (), [expense_id]).expenses.get(expense_id)
    if expense is None:
        raise NotFound("This deleted expense")
    return expense
