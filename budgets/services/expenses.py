"""Recording expenses and editing them."""

from collections.abc import Sequence

from budgets.domain.expense import Expense, ExpenseDraft
from budgets.services.booking import commit_booking, prepare, prepare_new
from budgets.services.snapshot import snapshot_of
from core import clock, ids, outbox
from core.accounts.domain import User
from core.errors import NotFound
from core.periods import Month, day_of
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey


def expense_record(user: User, *, expense_id: str, draft: ExpenseDraft, also: Sequence[Write] = ()) -> Expense:
    """Record an expense or a refund, with the totals of its month and the events; 2 requests.

    expense_id is the client's: repeated with the same draft, it returns the expense as it is by now. The currency is
    the user's home currency. Raises InvalidInput by field (amount, category, date, description, merchant, tags,
    expense_id); Refused `idempotency_mismatch`; NotFound where the account is closed; StoreUnavailable.
    """
    ids.check_id(expense_id, "expense_id")
    with journey("expense_record"):
        expense = optimistic(lambda: _record(user, expense_id, draft.normal(), also))
    outbox.nudge(user.username)
    return expense


def expense_change(user: User, expense_id: str, draft: ExpenseDraft, *, version: int | None = None) -> Expense:
    """Edit an expense: it becomes what the draft says; receipt and import stay. 2 requests, 3 from month to month.

    The totals move with it, from month to month and from category to category. A category that the expense has may
    stay, even where it is no longer among the user's own. version: of the expense that the draft was made from; where
    it has changed since into something else, Refused `changed_meanwhile`.
    Raises InvalidInput as `expense_record` does, NotFound, Refused, StoreUnavailable.
    """
    ids.check_could_be(expense_id, "This expense")
    with journey("expense_change"):
        expense = optimistic(lambda: _change(user, expense_id, draft.normal(), version))
    outbox.nudge(user.username)
    return expense


def _record(user: User, expense_id: str, draft: ExpenseDraft, also: Sequence[Write]) -> Expense:
    snapshot = snapshot_of(user.username, [Month.of(draft.day)], [expense_id])
    there = snapshot.expenses.get(expense_id)
    if there is not None:
        check_same(expense_id=(draft.digest(), there.digest))
        return there
    ids.check_fresh(expense_id, "expense_id")
    booking = prepare_new(user, {expense_id: draft}, snapshot, clock.now())
    commit_booking(booking, also=also)
    return booking.expenses[0]


def _change(user: User, expense_id: str, draft: ExpenseDraft, version: int | None) -> Expense:
    now = clock.now()
    snapshot = snapshot_of(user.username, [Month.of(draft.day)], [expense_id])
    before = snapshot.expenses.get(expense_id)
    if before is None:
        raise NotFound("This expense")
    if before.draft == draft:
        return before
    check_unchanged(version, before.version, "This expense")
    categories = (*snapshot.definitions.categories, before.category)
    draft.check(categories=categories, today=day_of(user.zone, now))
    booking = prepare(user, [(before, before.edited(draft, now))], snapshot, now)
    commit_booking(booking)
    return booking.expenses[0]
