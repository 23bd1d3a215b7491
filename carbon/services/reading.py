"""What a decision rests on, read consistently; an id that cannot be one has nothing."""

from __future__ import annotations

from carbon.domain.entry import Entry
from carbon.domain.goal import Goal
from carbon.repositories import entries, goals
from core.storage import Get, Item, store

LONGEST_ID = 36


def could_be_an_id(identifier: str) -> bool:
    """Whether a row could have this id; the store takes no empty key and none beyond its limit."""
    return 0 < len(identifier) <= LONGEST_ID


def entry_stored(username: str, entry_id: str) -> Entry | None:
    """The entry of this id; one request."""
    item = _read(entries.entry_get(username, entry_id)) if could_be_an_id(entry_id) else None
    return None if item is None else entries.from_item(item)


def goal_stored(username: str, goal_id: str) -> Goal | None:
    """The goal of this id; one request."""
    item = _read(goals.goal_get(username, goal_id)) if could_be_an_id(goal_id) else None
    return None if item is None else goals.from_item(item)


def _read(get: Get) -> Item | None:
    return store().get(get.table, get.key, consistent=True)
