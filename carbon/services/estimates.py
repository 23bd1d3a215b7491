"""Estimates of what expenses emitted; they follow the expenses until the user measures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from budgets.selectors import Expense, expenses_by_id
from carbon.data.spend_book import spend_book
from carbon.domain.entry import LONGEST_DESCRIPTION, Entry, Estimate
from carbon.domain.spend import Spending
from carbon.domain.totals import Change, periods_of
from carbon.repositories import entries as rows
from carbon.services.booking import commit_changes
from carbon.services.snapshot import totals_addresses, totals_from_items
from core import clock, outbox
from core.accounts.repositories import users
from core.errors import NotFound
from core.retry import optimistic
from core.storage import InvalidOperation, journey, store

NOON = time(12)
"""The hour that an estimate is put at: an expense has a plain day."""
READ_AT_ONCE = 90
WRITTEN_AT_ONCE = 30
"""Each may bring a day and a month of its own, and a store takes 100 writes in one transaction."""

Expenses = Mapping[str, Expense | None]
"""Expenses by their ids; None for one that is gone."""
Wanted = Mapping[str, Estimate | None]
"""The estimate that each expense is to have, by its id; None for none."""


def estimates_follow(username: str, expense_ids: Sequence[str]) -> None:
    """Have the estimates of these expenses agree with the expenses as they are now; safe to repeat, in any order.

    Each expense is read again after the write, and written again where it has changed since: so the last write has seen
    the last change.
    """
    distinct = list(dict.fromkeys(expense_ids))
    for start in range(0, len(distinct), READ_AT_ONCE):
        left = _read(username, distinct[start : start + READ_AT_ONCE])
        while left:
            wanted = {each: estimate_of_expense(expense) if expense else None for each, expense in left.items()}
            estimates_put(username, wanted)
            seen, left = left, _read(username, list(left))
            left = {each: expense for each, expense in left.items() if expense != seen[each]}


def estimates_put(username: str, wanted: Wanted) -> None:
    """Have the estimates of these expenses be these ones; safe to repeat.

    Measured entries stay as they are. Each transaction holds up to 30 with their days and months and one event, 2
    requests, 3 where estimates move or go; one where the store takes no transaction of this size. Nothing happens where
    the account is closed.
    """
    with journey("carbon_estimates_put"):
        for part in _parts(wanted, WRITTEN_AT_ONCE):
            try:
                _put(username, part)
            except NotFound:
                return
    outbox.nudge(username)


def estimate_of_expense(expense: Expense) -> Estimate | None:
    """What the expense is taken to have emitted, as it is now; None where nothing is estimated."""
    named = ": ".join(text for text in (expense.merchant, expense.description) if text)
    spending = Spending(
        expense_id=expense.expense_id,
        day=expense.day,
        category=expense.category,
        amount=expense.amount,
        currency=expense.currency,
        description=named[:LONGEST_DESCRIPTION],
    )
    return spend_book().estimate_of(spending)


def _read(username: str, expense_ids: Sequence[str]) -> Expenses:
    return dict(zip(expense_ids, expenses_by_id(username, expense_ids), strict=True))


def _put(username: str, wanted: Wanted) -> None:
    try:
        optimistic(lambda: _put_together(username, wanted))
    except InvalidOperation:
        if len(wanted) == 1:
            raise
        for part in _parts(wanted, 1):
            _put(username, part)


def _put_together(username: str, wanted: Wanted) -> None:
    days = [each.day for each in wanted.values() if each is not None]
    periods = list(dict.fromkeys(period for day in days for period in periods_of(day)))
    owner, *items = store().batch_get(
        [
            users.user_address(username),
            *(rows.entry_address(username, each) for each in wanted),
            *totals_addresses(username, periods),
        ],
        consistent=True,
    )
    if owner is None:
        raise NotFound("An open account of this name")
    found = [None if item is None else rows.entry_from_item(item) for item in items[: len(wanted)]]
    now, zone = clock.now(), users.user_from_item(owner).zone
    changes = list(_changes(username, wanted, dict(zip(wanted, found, strict=True)), zone, now))
    if changes:
        totals = totals_from_items(periods, items[len(wanted) :])
        # they follow their expenses, which were let in
        commit_changes(username, changes, now, totals=totals, is_limited=False)


def _changes(
    username: str, wanted: Wanted, found: Mapping[str, Entry | None], zone: ZoneInfo, now: datetime
) -> Iterator[Change]:
    """Those of which something is to be written; a measured entry never is."""
    for expense_id, estimate in wanted.items():
        before = found[expense_id]
        if before is not None and not before.is_estimate:
            continue
        after = None if estimate is None else _entry_of(username, estimate, before, zone, now)
        if after != before:
            yield before, after if after is None else replace(after, updated_at=now)


def _entry_of(username: str, estimate: Estimate, before: Entry | None, zone: ZoneInfo, now: datetime) -> Entry:
    """The estimate as an entry; one that is there keeps its time while its day stays."""
    keeps_time = before is not None and before.day == estimate.day
    noon = datetime.combine(estimate.day, NOON, zone).astimezone(UTC)
    return Entry(
        username=username,
        entry_id=estimate.expense_id,
        timestamp=before.timestamp if before is not None and keeps_time else noon,
        day=estimate.day,
        category=estimate.category,
        activity=estimate.activity,
        amount=estimate.amount,
        unit=estimate.unit,
        occupancy=1,
        description=estimate.description,
        kg=estimate.kg,
        kg_with_fuel_supply=None,
        factor=estimate.factor,
        created_at=now if before is None else before.created_at,
        updated_at=now if before is None else before.updated_at,
        is_estimate=True,
        expense_id=estimate.expense_id,
        version=0 if before is None else before.version,
    )


def _parts(wanted: Wanted, size: int) -> Iterator[Wanted]:
    listed = list(wanted.items())
    return (dict(listed[start : start + size]) for start in range(0, len(listed), size))
