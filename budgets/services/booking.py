"""Changes of expenses: first decided as a booking, then written in one transaction, one change or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from budgets import events
from budgets.domain.budget import Crossing
from budgets.domain.definitions import Definitions
from budgets.domain.effect import Changed, Effect, effect_of
from budgets.domain.expense import Expense, ExpenseDraft, recorded
from budgets.repositories.definitions import definitions_check
from budgets.repositories.expenses import expense_insert, expense_remove, expense_replace, stored
from budgets.repositories.months import month_put
from budgets.services.snapshot import Snapshot, snapshot_of
from core import clock
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.events import Event, event_put
from core.periods import Month, day_of
from core.storage import Write

UNCHANGED = 1
"""The version of an expense that nobody has written since it was recorded."""


@dataclass(frozen=True, slots=True)
class Booking:
    """Changes of one user's expenses with their effect, decided at a time and not written yet.

    definitions: those it was decided by. import_id: of the import that makes these changes, which has a summary of its
    own. passed_over: ids that were asked for, of expenses that are there and stay as they are.
    """

    username: str
    at: datetime
    definitions: Definitions
    changes: tuple[Changed, ...]
    effect: Effect
    import_id: str | None = None
    passed_over: tuple[str, ...] = ()

    @property
    def expenses(self) -> tuple[Expense, ...]:
        """Each expense as it is once this is written; one that is removed, as it was."""
        return tuple(each for before, after in self.changes if (each := stored(after) if after else before))

    @property
    def crossings(self) -> tuple[Crossing, ...]:
        """What it crosses; of an import these are marked as notified, and left to its summary."""
        return self.effect.crossings

    @property
    def events(self) -> list[Event]:
        """The events of it."""
        ids = [expense.expense_id for expense in self.expenses]
        if self.import_id is not None:
            return [events.expenses_imported(self.username, self.import_id, ids)]
        channels, large = self.definitions.channels, self.effect.large
        sent = [events.expense_changed(self.username, expense_id) for expense_id in ids]
        sent += [events.threshold_crossed(self.username, crossing, channels) for crossing in self.crossings]
        if large is not None:
            sent.append(events.large_expense(large, self.definitions.budgets.get(large.category), channels))
        return sent


def prepare(
    user: User,
    changes: Sequence[Changed],
    snapshot: Snapshot,
    at: datetime,
    *,
    import_id: str | None = None,
) -> Booking:
    """Decide what these changes do to months and budgets; 1 request where one of their months was not read.

    Raises InvalidInput where a month has no room for another category.
    """
    snapshot = snapshot.with_months(each.month for change in changes for each in change if each is not None)
    effect = effect_of(
        changes,
        snapshot.months,
        snapshot.definitions.budgets,
        current=Month.of(day_of(user.zone, at)),
        currency=user.home_currency,
    )
    for totals in effect.months:
        totals.check_size()
    return Booking(user.username, at, snapshot.definitions, tuple(changes), effect, import_id)


def prepare_new(
    user: User,
    drafts: Mapping[str, ExpenseDraft],
    snapshot: Snapshot,
    at: datetime,
    *,
    import_id: str | None = None,
) -> Booking:
    """Decide about new expenses of these drafts, by id and in their normal form.

    Raises InvalidInput with what is wrong with the first bad one.
    """
    today = day_of(user.zone, at)
    for draft in drafts.values():
        draft.check(categories=snapshot.definitions.categories, today=today)
    changes: list[Changed] = [
        (None, recorded(user.username, expense_id, draft, currency=user.home_currency, at=at, import_id=import_id))
        for expense_id, draft in drafts.items()
    ]
    return prepare(user, changes, snapshot, at, import_id=import_id)


def prepare_import(user: User, drafts: Mapping[str, ExpenseDraft], import_id: str) -> Booking:
    """Decide about new expenses of an import, by ids that it makes; 1 request. Those that are there are passed over.

    Raises InvalidInput with what is wrong with the first bad one.
    """
    normal = {expense_id: draft.normal() for expense_id, draft in drafts.items()}
    snapshot = snapshot_of(user.username, {Month.of(draft.day) for draft in normal.values()}, normal)
    new = {expense_id: draft for expense_id, draft in normal.items() if expense_id not in snapshot.expenses}
    booking = prepare_new(user, new, snapshot, clock.now(), import_id=import_id)
    return replace(booking, passed_over=tuple(snapshot.expenses))


def prepare_undo(user: User, expense_ids: Sequence[str], import_id: str) -> Booking:
    """Decide to remove expenses that an import recorded, for good; 1 or 2 requests.

    Those that were changed since, or are not of this import, are passed over.
    """
    at = clock.now()
    snapshot = snapshot_of(user.username, [Month.of(day_of(user.zone, at))], expense_ids)
    going = {
        expense_id: expense
        for expense_id, expense in snapshot.expenses.items()
        if expense.import_id == import_id and expense.version == UNCHANGED
    }
    booking = prepare(user, [(expense, None) for expense in going.values()], snapshot, at, import_id=import_id)
    return replace(booking, passed_over=tuple(each for each in snapshot.expenses if each not in going))


def commit_booking(booking: Booking, own: Sequence[Write] = (), also: Sequence[Write] = ()) -> None:
    """Write it in one transaction with further rows of the app (`own`) and of the caller (`also`); 1 request.

    A booking without changes writes these alone. It has one write for each expense and month, three or four besides,
    those for what it crosses, `own` and `also`: at most 100 in all, and some servers take fewer; then InvalidOperation
    is raised with nothing written. Raises LostRace where anything changed since it was decided; NotFound where the
    account is closed; TransactionCancelled where one of `also` fails.
    """
    writes: list[Write] = []
    if booking.changes:
        writes = [
            *(_write(before, after) for before, after in booking.changes),
            definitions_check(booking.definitions),
            *(month_put(totals, booking.at) for totals in booking.effect.months),
            *map(event_put, booking.events),
        ]
    if any(before is None for before, _ in booking.changes):
        writes.append(open_check(booking.username))
    if writes or own or also:
        commit([*writes, *own], also)


def _write(before: Expense | None, after: Expense | None) -> Write:
    if after is None:
        assert before is not None
        return expense_remove(before)
    return expense_insert(after) if before is None else expense_replace(after)
