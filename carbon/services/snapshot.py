"""What a decision about entries and goals is made on, read consistently; an id that cannot be one has nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from carbon.domain.entry import Entry
from carbon.domain.goal import Goal
from carbon.repositories import entries, goals
from carbon.repositories.factors import Current, current_address, current_from_item
from carbon.services import summing
from carbon.services.summing import Totals
from core.reading import one
from core.storage import store

LONGEST_ID = 36


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An entry (None: there is none), the sums of a day and its month, and the factors that staff added."""

    entry: Entry | None
    totals: Totals
    added: Current


def snapshot_of(username: str, entry_id: str, activity: str, day: date) -> Snapshot:
    """The entry of this id, the sums of the day and its month, and the added factors of an activity; 1 request."""
    periods = summing.periods_of(day)
    entry, added, *sums = store().batch_get(
        [entries.entry_address(username, entry_id), current_address(activity), *summing.addresses(username, periods)],
        consistent=True,
    )
    return Snapshot(
        entry=None if entry is None else entries.entry_from_item(entry),
        totals=summing.from_items(periods, sums),
        added=current_from_item(activity, added),
    )


def could_be_an_id(identifier: str) -> bool:
    """Whether a row could have this id; the store takes no empty key and none beyond its limit."""
    return 0 < len(identifier) <= LONGEST_ID


def entry_stored(username: str, entry_id: str) -> Entry | None:
    """The entry of this id; one request."""
    return one(entries.entry_address(username, entry_id), entries.entry_from_item) if could_be_an_id(entry_id) else None


def goal_stored(username: str, goal_id: str) -> Goal | None:
    """The goal of this id; one request."""
    return one(goals.goal_address(username, goal_id), goals.goal_from_item) if could_be_an_id(goal_id) else None
