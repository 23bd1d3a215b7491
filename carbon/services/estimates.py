"""Estimates that stand for expenses until somebody measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from carbon.domain.entry import Entry, EntryDraft, Estimate
from carbon.domain.periods import zone_of
from carbon.events import entry_changed
from carbon.repositories import entries as rows
from carbon.services import drafting, steps, summing
from carbon.services.drafting import Wish
from carbon.services.snapshot import entry_stored, snapshot_of
from core import outbox, writing
from core.accounts.domain import User
from core.accounts.repositories import users
from core.accounts.repositories.users import open_check
from core.errors import NotFound
from core.events import event_put
from core.retry import optimistic
from core.storage import Write, journey, store

NOON = time(12)
"""The hour that an estimate is put at: an expense has a plain day."""


def estimate_put(username: str, estimate: Estimate) -> Entry | None:
    """Have the expense's estimate be this one, added, changed or left as it is; safe to repeat.

    Returns None, with nothing written, where a measured entry has the expense's id or the account is closed.
    """
    with journey("carbon_estimate_put"):
        try:
            entry = optimistic(lambda: _put(username, estimate))
        except NotFound:
            return None
    outbox.nudge(username)
    return entry


def estimate_remove(username: str, expense_id: str) -> None:
    """Take the expense's estimate away, if there is one; a measured entry stays. Safe to repeat."""
    with journey("carbon_estimate_remove"):
        optimistic(lambda: _remove(username, expense_id))
    outbox.nudge(username)


def expense_measure(user: User, expense_id: str, draft: EntryDraft, *, version: int | None = None) -> Entry:
    """Put what was measured in the place of the expense's estimate, so that it counts once.

    The entry carries the expense's id; a measured one that is there is changed. The caller has seen that the expense
    is this user's. version: that of the entry that the user saw. Raises InvalidInput; NotFound where the account is
    closed; Refused `changed_meanwhile` where the entry has another version by now; StoreUnavailable.
    """
    writing.check_id_form(expense_id, "expense_id")
    wish = drafting.wish_of(user, draft)
    with journey("carbon_expense_measure"):
        entry = optimistic(lambda: _measure(user.username, expense_id, wish, version))
    outbox.nudge(user.username)
    return entry


def _put(username: str, estimate: Estimate) -> Entry | None:
    periods = summing.periods_of(estimate.day)
    owner, item, *sums = store().batch_get(
        [
            users.user_address(username),
            rows.entry_address(username, estimate.expense_id),
            *summing.addresses(username, periods),
        ],
        consistent=True,
    )
    before = None if item is None else rows.entry_from_item(item)
    if owner is None or (before is not None and not before.is_estimate):
        return None
    now = writing.now()
    after = entry_of_estimate(username, estimate, before, zone_of(users.user_from_item(owner)), now)
    if after == before:
        return before
    after = replace(after, updated_at=now)
    totals: summing.Totals = summing.from_items(periods, sums)
    if before is not None:
        totals = summing.with_missing(username, totals, [before.day])
    writing.commit(
        [
            rows.entry_put(after, before),
            *summing.writes(username, totals, before, after, now),
            event_put(entry_changed(username, after.entry_id, after.expense_id)),
            open_check(username),
        ],
        is_limited=False,  # it follows its expense, which was let in
    )
    return drafting.stored(after)


def _remove(username: str, expense_id: str) -> None:
    entry = entry_stored(username, expense_id)
    if entry is None or not entry.is_estimate:
        return
    now = writing.now()
    totals = summing.with_missing(username, {}, [entry.day])
    writing.commit(
        [
            rows.entry_delete(entry),
            *summing.writes(username, totals, entry, None, now),
            event_put(entry_changed(username, expense_id, entry.expense_id)),
        ]
    )


def _measure(username: str, expense_id: str, wish: Wish, version: int | None) -> Entry:
    snapshot = snapshot_of(username, expense_id, wish.draft.activity, wish.day)
    if snapshot.entry is not None:
        steps.check_version(version, snapshot.entry.version, "This entry")
        return drafting.replaced(snapshot.entry, wish, snapshot.totals, snapshot.added)
    now = writing.now()
    wish.check_time(now, is_expense=True)
    entry = replace(drafting.entry_of(username, expense_id, wish, snapshot.added, at=now), expense_id=expense_id)
    writes: list[Write] = [
        rows.entry_put(entry),
        *summing.writes(username, snapshot.totals, None, entry, now),
        event_put(entry_changed(username, expense_id, expense_id)),
        open_check(username),
    ]
    writing.commit(writes)
    return drafting.stored(entry)


def entry_of_estimate(username: str, estimate: Estimate, before: Entry | None, zone: ZoneInfo, now: datetime) -> Entry:
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
