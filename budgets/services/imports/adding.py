"""One step of adding the rows of an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from budgets import events
from budgets.domain.batch import BatchResult
from budgets.domain.budget import Crossing, in_the_end
from budgets.domain.importing.record import MOST_NAMED, Import, Status
from budgets.domain.importing.rows import Row, short
from budgets.repositories import imports
from budgets.repositories.months import month_put
from budgets.services.batches import expenses_record_batch
from budgets.services.imports.slicing import Slice
from budgets.services.reading import situation_of
from budgets.usage import OPEN_IMPORTS
from core import clock, outbox
from core.accounts.domain import User
from core.commit import commit
from core.errors import InvalidInput, Refused
from core.events import event_put
from core.retry import optimistic
from core.storage import TransactionCancelled, Write
from core.usage.held import held_less

LONGEST_REASON = 300
"""Characters of why a row was refused: a hundred of them and all else of an import are one item of at most 400 KB."""


def add(user: User, found: Import, part: Slice) -> Import:
    """Add these rows: expenses, totals, marks and progress in one transaction; the import as it stands then.

    Rows that another import has added meanwhile are counted and left out. A row alone that may no longer be added is
    counted with the reason; of several, InvalidInput is raised and nothing written. Raises Refused, likewise,
    where the user has no room for them, and TransactionCancelled (label `import`) where another worker was faster.
    """
    rows, doubled = list(part.rows), 0
    while rows:
        try:
            return _added(user, found, rows, part.end, doubled)
        except TransactionCancelled as error:
            if error.failed("import"):
                raise
            lost = _lost_keys(error, len(rows))
            doubled += len(lost)
            rows = [row for place, row in enumerate(rows) if place not in lost]
        except InvalidInput as error:
            if len(rows) > 1:
                raise
            reasons = " ".join(sentence for said in error.errors.values() for sentence in said)
            refusals = (*found.refusals, (rows[0].number, short(reasons, LONGEST_REASON)))[:MOST_NAMED]
            return _committed(_gone_on(found, part.end, doubled=doubled, refused=found.refused + 1, refusals=refusals))
    return _committed(_gone_on(found, part.end, doubled=doubled))


def finish(user: User, found: Import) -> Import:
    """Say that all is added, in one summary with what is spent in the end; 2 requests.

    A threshold that later rows of the import took back, as refunds do, is not told, so it may be told another time.
    """
    return _summed_up(user, found, "")


def stop(user: User, found: Import, refused: Refused) -> Import:
    """Leave the import where it is, for want of room, and say so in a summary of what it has added; 2 requests.

    Its user has it go on, or undoes it.
    """
    return _summed_up(user, found, refused.code)


def _summed_up(user: User, found: Import, stopped_by: str) -> Import:
    after = optimistic(lambda: _told(user, found, stopped_by))
    outbox.nudge(user.username)
    return after


def _told(user: User, found: Import, stopped_by: str) -> Import:
    now = clock.now()
    situation = situation_of(user.username, {each.month for each in found.crossed})
    months = dict(situation.months)
    crossed: list[Crossing] = []
    for each in found.crossed:
        total = months[each.month].of(each.category)
        stands, untold = in_the_end(each, total)
        if untold != total:
            months[each.month] = months[each.month].with_total(each.category, untold)
        if stands.thresholds or stands.exceeded:
            crossed.append(stands)
    event = events.import_finished(
        user.username,
        found.import_id,
        added=found.added,
        duplicates=found.counts.get("duplicate", 0) + found.doubled,
        errors=found.counts.get("error", 0) + found.refused,
        crossed=crossed,
        currency=user.home_currency,
        channels=situation.definitions.channels,
        stopped=bool(stopped_by),
    )
    writes: list[Write] = [event_put(event)]
    if stopped_by:  # what it goes on to cross is another summary
        after = found.after(now, status=Status.STOPPED, stopped_by=stopped_by, crossed=())
    else:
        after = found.after(now, status=Status.DONE, finished_at=now, crossed=tuple(crossed))
        writes.append(held_less(user.username, OPEN_IMPORTS, found.import_id))
    changed = [month_put(totals, now) for month, totals in months.items() if totals != situation.months[month]]
    commit(changed, [imports.import_replace(after), *writes])
    return after


def _added(user: User, found: Import, rows: Sequence[Row], end: int, doubled: int) -> Import:
    after = found
    now = clock.now()

    def also(result: BatchResult) -> list[Write]:
        nonlocal after
        after = _gone_on(
            found,
            end,
            at=now,
            doubled=doubled,
            added=found.added + len(result.expenses),
            crossed=merged(found.crossed, result.crossed),
        )
        recorded = {expense.expense_id for expense in result.expenses}
        return [
            imports.import_replace(after),
            *(
                imports.key_put(user.username, row, found.expense_id(row), found.import_id, now)
                for row in rows
                if found.expense_id(row) in recorded
            ),
        ]

    batch = [(found.expense_id(row), row.draft(), found.import_id) for row in rows]
    result = expenses_record_batch(user, batch, also=also)
    return after if result.expenses else _committed(_gone_on(found, end, doubled=doubled + len(rows)))


def _gone_on(found: Import, end: int, *, at: datetime | None = None, doubled: int, **changed: object) -> Import:
    return found.after(at or clock.now(), position=end, doubled=found.doubled + doubled, **changed)


def _committed(after: Import) -> Import:
    commit([], [imports.import_replace(after)])
    return after


def _lost_keys(error: TransactionCancelled, count: int) -> set[int]:
    """Places of the rows whose marks stand already; the marks are the last writes of the transaction."""
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
