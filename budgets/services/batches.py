"""Recording and taking away many expenses at once, for imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from budgets import events
from budgets.domain.batch import BatchResult
from budgets.domain.days import day_of
from budgets.domain.effect import Changed, Effect, effect_of
from budgets.domain.expense import Expense, ExpenseDraft, recorded
from budgets.repositories.expenses import expense_insert, expense_remove, stored
from budgets.services import steps
from budgets.services.reading import Situation, situation_of
from core import clock, ids, outbox
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.events import event_put
from core.months import Month
from core.retry import optimistic
from core.storage import Write, journey

BatchRow = tuple[str, ExpenseDraft, str]
"""Expense id, draft, import id."""
Also = Sequence[Write] | Callable[[BatchResult], Sequence[Write]]
"""Writes of the caller that join the transaction, or what makes them from what it is about to do."""


def expenses_record_batch(user: User, rows: Sequence[BatchRow], *, also: Also = ()) -> BatchResult:
    """Record many expenses in one transaction with the totals of their months; 2 requests.

    The ids are the caller's own making, of any time. Quiet: thresholds of the current month are marked as told, and
    none is told singly; the result lists what was crossed, for one summary. Nothing tells of large expenses. Rows whose
    id is there already are passed over; where all are, nothing is written, nor is `also`. One event tells of all rows
    of an import.

    The transaction has one write a row, one a month, four besides, and `also`, at most 100 in all, and some servers
    take fewer: then InvalidOperation is raised with nothing written, and the caller gives fewer rows. Raises
    InvalidInput with what is wrong with the first bad row; NotFound where the account is closed; TransactionCancelled
    where one of `also` fails; StoreUnavailable.
    """
    for expense_id, _, _ in rows:
        ids.check_id(expense_id, "expense_id")
    with journey("expenses_record_batch"):
        result = optimistic(lambda: _record(user, rows, also))
    outbox.nudge(user.username)
    return result


def expenses_remove_batch(user: User, expense_ids: Sequence[str], *, import_id: str, also: Also = ()) -> BatchResult:
    """Take many expenses of an import away in one transaction, and out of the totals of their months; 2 or 3 requests.

    Each goes as it stands now, edited or not; what is not there, or is not of this import, is passed over. `also` is
    written in any case. Quiet, and limited in size, as `expenses_record_batch` is. Nothing goes to the trash.
    Raises TransactionCancelled where one of `also` fails, InvalidOperation, StoreUnavailable.
    """
    with journey("expenses_remove_batch"):
        result = optimistic(lambda: _remove(user, expense_ids, import_id, also))
    outbox.nudge(user.username)
    return result


def _record(user: User, rows: Sequence[BatchRow], also: Also) -> BatchResult:
    now = clock.now()
    today = day_of(user.time_zone, now)
    normal = [(expense_id, draft.normal(), import_id) for expense_id, draft, import_id in rows]
    months = {Month.of(draft.day) for _, draft, _ in normal}
    situation = situation_of(user.username, months, [expense_id for expense_id, _, _ in normal])
    passed_over = tuple(expense_id for expense_id, _, _ in normal if expense_id in situation.expenses)
    expenses: list[Expense] = []
    for expense_id, draft, import_id in normal:
        if expense_id in situation.expenses:
            continue
        draft.check(categories=situation.definitions.categories, today=today)
        expenses.append(
            recorded(user.username, expense_id, draft, currency=user.home_currency, at=now, import_id=import_id)
        )
    if not expenses:
        return BatchResult((), passed_over, ())
    effect = _effect(user, [(None, expense) for expense in expenses], situation, Month.of(today))
    result = BatchResult(tuple(map(stored, expenses)), passed_over, effect.crossings)
    commit(
        [
            *map(expense_insert, expenses),
            *steps.effect_writes(effect, situation.definitions, now),
            open_check(user.username),
            *_imported(user.username, expenses),
        ],
        _writes(also, result),
    )
    return result


def _remove(user: User, expense_ids: Sequence[str], import_id: str, also: Also) -> BatchResult:
    now = clock.now()
    current = Month.of(day_of(user.time_zone, now))
    situation = situation_of(user.username, [current], expense_ids)
    expenses = [each for each in situation.expenses.values() if each.import_id == import_id]
    going = {expense.expense_id for expense in expenses}
    passed_over = tuple(expense_id for expense_id in expense_ids if expense_id not in going)
    situation = situation.with_months(expense.month for expense in expenses)
    effect = _effect(user, [(expense, None) for expense in expenses], situation, current)
    result = BatchResult(tuple(expenses), passed_over, effect.crossings)
    writes: list[Write] = []
    if expenses:
        writes = [
            *map(expense_remove, expenses),
            *steps.effect_writes(effect, situation.definitions, now),
            *_imported(user.username, expenses),
        ]
    others = _writes(also, result)
    if writes or others:
        commit(writes, others)
    return result


def _effect(user: User, changes: Sequence[Changed], situation: Situation, current: Month) -> Effect:
    return effect_of(
        changes, situation.months, situation.definitions.budgets, current=current, currency=user.home_currency
    )


def _imported(username: str, expenses: Sequence[Expense]) -> list[Write]:
    by_import: dict[str, list[str]] = {}
    for expense in expenses:
        assert expense.import_id is not None
        by_import.setdefault(expense.import_id, []).append(expense.expense_id)
    return [
        event_put(events.expenses_imported(username, import_id, expense_ids))
        for import_id, expense_ids in by_import.items()
    ]


def _writes(also: Also, result: BatchResult) -> Sequence[Write]:
    return also(result) if callable(also) else also
