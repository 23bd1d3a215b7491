"""Estimates of many expenses at once, for imports: some of them in each transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from carbon.domain.entry import Entry, Estimate
from carbon.domain.periods import zone_of
from carbon.domain.totals import PeriodTotals
from carbon.events import entry_changed
from carbon.repositories import entries as rows
from carbon.repositories import totals as sums
from carbon.services import summing
from carbon.services.estimates import entry_of_estimate
from core import outbox, writing
from core.accounts.repositories import users
from core.accounts.repositories.users import open_check
from core.errors import NotFound
from core.events import Event, event_put
from core.retry import optimistic
from core.storage import InvalidOperation, Write, journey, store

AT_ONCE = 30
"""Each may bring a day and a month of its own, and a store takes 100 writes in one transaction."""

Wanted = Mapping[str, Estimate | None]
"""What is to stand for each expense, by its id; None for nothing."""
Change = tuple[Entry | None, Entry | None]
"""An entry before and after."""


def estimates_put_many(username: str, wanted: Wanted) -> None:
    """Have the estimates of these expenses be these ones; safe to repeat.

    Measured entries stay as they are. Each transaction holds up to 30 with their days and months and one event, 2
    requests, 3 where estimates move; one where the store takes no transaction of this size. Nothing happens where the
    account is closed.
    """
    with journey("carbon_estimates_put_many"):
        for part in _parts(wanted, AT_ONCE):
            try:
                _put(username, part)
            except NotFound:
                return
    outbox.nudge(username)


def _put(username: str, wanted: Wanted) -> None:
    try:
        optimistic(lambda: _put_together(username, wanted))
    except InvalidOperation:
        if len(wanted) == 1:
            raise
        for part in _parts(wanted, 1):
            _put(username, part)


def _put_together(username: str, wanted: Wanted) -> None:
    ids, estimates = list(wanted), [each for each in wanted.values() if each is not None]
    periods = list(dict.fromkeys(period for each in estimates for period in summing.periods_of(each.day)))
    gets = [rows.entry_address(username, each) for each in ids]
    owner, *items = store().batch_get(
        [users.user_address(username), *gets, *summing.addresses(username, periods)], consistent=True
    )
    if owner is None:
        raise NotFound("An open account of this name")
    found = [None if item is None else rows.entry_from_item(item) for item in items[: len(ids)]]
    now = writing.now()
    zone = zone_of(users.user_from_item(owner))
    changes = list(_changes(username, wanted, dict(zip(ids, found, strict=True)), zone, now))
    if not changes:
        return
    totals = summing.with_missing(
        username,
        summing.from_items(periods, items[len(ids) :]),
        [before.day for before, _ in changes if before is not None],
    )
    writing.commit(
        [
            *(_write(before, after) for before, after in changes),
            *(sums.totals_put(username, each, now) for each in _moved(totals, changes)),
            event_put(_event(username, changes)),
            open_check(username),
        ],
        is_limited=False,  # they follow their expenses, which were let in
    )


def _changes(
    username: str, wanted: Wanted, found: Mapping[str, Entry | None], zone: ZoneInfo, now: datetime
) -> Iterator[Change]:
    """Those of which something is to be written; a measured entry never is."""
    for expense_id, estimate in wanted.items():
        before = found[expense_id]
        if before is not None and not before.is_estimate:
            continue
        after = None if estimate is None else entry_of_estimate(username, estimate, before, zone, now)
        if after != before:
            yield before, after if after is None else replace(after, updated_at=now)


def _write(before: Entry | None, after: Entry | None) -> Write:
    if after is not None:
        return rows.entry_put(after, before)
    assert before is not None
    return rows.entry_delete(before)


def _moved(totals: summing.Totals, changes: Sequence[Change]) -> list[PeriodTotals]:
    """The sums that are others after these changes."""
    after = dict(totals)
    for old, new in changes:
        for entry, sign in ((old, -1), (new, 1)):
            for period in summing.periods_of(entry.day) if entry is not None else ():
                assert entry is not None
                contribution = summing.contribution(entry)
                change = contribution if sign > 0 else -contribution
                after[period] = after[period].with_added(entry.category, change)
    return [each for period, each in after.items() if each.categories != totals[period].categories]


def _event(username: str, changes: Sequence[Change]) -> Event:
    """One for all: who reacts judges the user's whole footprint anew."""
    entry = next(each for change in changes for each in change if each is not None)
    return entry_changed(username, entry.entry_id, entry.expense_id)


def _parts(wanted: Wanted, size: int) -> Iterator[Wanted]:
    listed = list(wanted.items())
    return (dict(listed[start : start + size]) for start in range(0, len(listed), size))
