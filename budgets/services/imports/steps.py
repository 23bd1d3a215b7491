"""One step of an import: some of its rows added or removed, or the end of it."""

from collections.abc import Sequence
from dataclasses import replace

from budgets import events
from budgets.domain.budget import Crossing, in_the_end
from budgets.domain.importing.batches import Batch
from budgets.domain.importing.record import MOST_NAMED, Import, Status
from budgets.domain.importing.rows import Row, short
from budgets.repositories import imports
from budgets.repositories.months import month_put
from budgets.services.booking import commit_booking, prepare_import, prepare_undo
from budgets.services.snapshot import snapshot_of
from budgets.usage import OPEN_IMPORTS
from core import clock, outbox
from core.accounts.domain import User
from core.commit import commit
from core.errors import InvalidInput, Refused
from core.events import event_put
from core.retry import optimistic
from core.storage import TransactionCancelled, Write, store
from core.usage.held import held_less

LONGEST_REASON = 300
"""Characters of why a row was refused: a hundred of them and all else of an import are one item of at most 400 KB."""


def add(user: User, found: Import, part: Batch) -> Import:
    """Add these rows: expenses, totals, marks and progress in one transaction; the import as it is then. 2 requests.

    Rows that another import has added are counted and left out. A row alone that may no longer be added is
    counted with the reason; of several, InvalidInput is raised and nothing written. Raises Refused, likewise, where the
    user has no room for them; TransactionCancelled (label `import`) where another worker was faster; InvalidOperation
    where the store takes no transaction of this size.
    """
    rows, duplicates = list(part.rows), found.duplicates
    while rows:
        try:
            return _added(user, found.after(clock.now(), position=part.end, duplicates=duplicates), rows)
        except TransactionCancelled as error:
            if error.failed("import"):
                raise
            lost = _lost_keys(error, len(rows))
            duplicates += len(lost)
            rows = [row for place, row in enumerate(rows) if place not in lost]
        except InvalidInput as error:
            if len(rows) > 1:
                raise
            reasons = " ".join(sentence for said in error.errors.values() for sentence in said)
            refusals = (*found.refusals, (rows[0].number, short(reasons, LONGEST_REASON)))[:MOST_NAMED]
            found = replace(found, refused=found.refused + 1, refusals=refusals)
            rows = []
    return _written(found.after(clock.now(), position=part.end, duplicates=duplicates))


def remove(user: User, found: Import, part: Batch) -> Import:
    """Remove what these rows became, with its totals and marks, in one transaction; the import as it is then.

    An expense that was changed since stays, with its mark. One that was deleted by hand stays deleted, and its mark
    too, so that no import brings it back. 3 requests, 4 where another month than this is read. Raises
    TransactionCancelled (label `import`) where another worker was faster; InvalidOperation as `add` does.
    """
    rows = {found.expense_id(row): row for row in part.rows}

    def removed() -> Import:
        keys = store().batch_get([imports.key_address(user.username, row.key) for row in part.rows], consistent=True)
        marked = {item["expense_id"] for item in keys if item}
        booking = prepare_undo(user, list(rows), found.import_id)
        after = found.after(
            booking.at,
            position=part.end,
            removed=found.removed + len(booking.changes),
            kept=(*found.kept, *booking.passed_over)[:MOST_NAMED],
            kept_count=found.kept_count + len(booking.passed_over),
        )
        marks = [rows[each.expense_id] for each in booking.expenses if each.expense_id in marked]
        commit_booking(
            booking, also=[imports.import_replace(after), *(imports.key_delete(user.username, row) for row in marks)]
        )
        return after

    after = optimistic(removed)
    outbox.nudge(user.username)
    return after


def finish(user: User, found: Import) -> Import:
    """Say that all is added, in one summary with what is spent in the end, or that all is removed; 1 or 2 requests.

    A threshold that later rows of the import took back, as refunds do, does not notify, so it may do so another time.
    """
    if found.status is Status.RUNNING:
        return _summed_up(user, found, "")
    now = clock.now()
    return _written(found.after(now, status=Status.UNDONE, undone_at=now))


def stop(user: User, found: Import, refused: Refused) -> Import:
    """Leave the import where it is, for lack of room, and say so in a summary of what it has added; 2 requests.

    Its user has it go on, or undoes it.
    """
    return _summed_up(user, found, refused.code)


def _added(user: User, found: Import, rows: Sequence[Row]) -> Import:
    """The import with these rows added; `found` says all else of it as it is then."""

    def added() -> Import:
        booking = prepare_import(user, {found.expense_id(row): row.draft() for row in rows}, found.import_id)
        after = replace(
            found,
            added=found.added + len(booking.changes),
            duplicates=found.duplicates + len(booking.passed_over),
            crossed=merged(found.crossed, booking.crossings),
        )
        new = {expense.expense_id for expense in booking.expenses}
        marks = (
            imports.key_put(user.username, row, found.expense_id(row), found.import_id, booking.at)
            for row in rows
            if found.expense_id(row) in new
        )
        commit_booking(booking, also=[imports.import_replace(after), *marks])
        return after

    after = optimistic(added)
    outbox.nudge(user.username)
    return after


def _summed_up(user: User, found: Import, stopped_by: str) -> Import:
    after = optimistic(lambda: _sum_up(user, found, stopped_by))
    outbox.nudge(user.username)
    return after


def _sum_up(user: User, found: Import, stopped_by: str) -> Import:
    now = clock.now()
    snapshot = snapshot_of(user.username, {each.month for each in found.crossed})
    months = dict(snapshot.months)
    crossed: list[Crossing] = []
    for each in found.crossed:
        total = months[each.month].of(each.category)
        held, corrected = in_the_end(each, total)
        if corrected != total:
            months[each.month] = months[each.month].with_total(each.category, corrected)
        if held.thresholds or held.exceeded:
            crossed.append(held)
    event = events.import_finished(
        user.username,
        found.import_id,
        added=found.added,
        duplicates=found.counts.get("duplicate", 0) + found.duplicates,
        errors=found.counts.get("error", 0) + found.refused,
        crossed=crossed,
        currency=user.home_currency,
        channels=snapshot.definitions.channels,
        stopped=bool(stopped_by),
    )
    writes: list[Write] = [event_put(event)]
    if stopped_by:  # what it goes on to cross is another summary
        after = found.after(now, status=Status.STOPPED, stopped_by=stopped_by, crossed=())
    else:
        after = found.after(now, status=Status.DONE, finished_at=now, crossed=tuple(crossed))
        writes.append(held_less(user.username, OPEN_IMPORTS, found.import_id))
    changed = [month_put(totals, now) for month, totals in months.items() if totals != snapshot.months[month]]
    commit(changed, [imports.import_replace(after), *writes])
    return after


def _written(after: Import) -> Import:
    commit([], [imports.import_replace(after)])
    return after


def _lost_keys(error: TransactionCancelled, count: int) -> set[int]:
    """Places of the rows whose marks are there already; the marks are the last writes of the transaction."""
    lost = {place for place, reason in enumerate(error.reasons[-count:]) if reason.failed and reason.label == "key"}
    if not lost:
        raise error
    return lost


def merged(earlier: Sequence[Crossing], later: Sequence[Crossing]) -> tuple[Crossing, ...]:
    """All thresholds crossed, for each category and month once, with what is spent in the end."""
    found = {(each.month, each.category): each for each in earlier}
    for each in later:
        before = found.get((each.month, each.category))
        if before is not None:
            thresholds = tuple(sorted({*before.thresholds, *each.thresholds}))
            each = replace(each, thresholds=thresholds, exceeded=before.exceeded or each.exceeded)
        found[each.month, each.category] = each
    return tuple(found.values())
