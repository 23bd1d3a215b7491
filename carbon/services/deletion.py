"""Deleting entries and goals, and restoring them within 30 days."""

from dataclasses import replace

from carbon.domain.entry import Entry
from carbon.domain.goal import Goal
from carbon.events import goal_changed
from carbon.repositories import entries, goals
from carbon.selectors import DELETED_ENTRIES, DELETED_GOALS, entry_find, entry_get, goal_find, goal_get
from carbon.services.booking import commit_changes, stored
from core import clock, outbox, trash
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound, Refused
from core.events import event_put
from core.retry import optimistic
from core.storage import Write, journey


def entry_delete(user: User, entry_id: str) -> str:
    """Delete an entry, also from the totals; returns what `entry_restore` needs to bring it back.

    Raises NotFound; Refused `estimate_follows_expense` for an estimate, which goes with its expense.
    """
    with journey("carbon_entry_delete"):
        entry = optimistic(lambda: _delete_entry(user.username, entry_id))
    outbox.nudge(user.username)
    return entry


def entry_restore(user: User, entry: str) -> Entry:
    """Bring a deleted entry back as it was, in place of an estimate made since.

    A repeated call returns the entry that is back. Raises NotFound where nothing of this user's was deleted so, or
    more than 30 days ago, or the account is closed.
    """
    with journey("carbon_entry_restore"):
        restored = optimistic(lambda: _restore_entry(user.username, entry))
    outbox.nudge(user.username)
    return restored


def goal_delete(user: User, goal_id: str) -> str:
    """Delete a goal; returns what `goal_restore` needs to bring it back. Raises NotFound."""
    with journey("carbon_goal_delete"):
        entry = optimistic(lambda: _delete_goal(user.username, goal_id))
    outbox.nudge(user.username)
    return entry


def goal_restore(user: User, entry: str) -> Goal:
    """Bring a deleted goal back as it was; a repeated call returns it. Raises NotFound; Refused `goal_quota`."""
    with journey("carbon_goal_restore"):
        goal = optimistic(lambda: _restore_goal(user.username, entry))
    outbox.nudge(user.username)
    return goal


def _delete_entry(username: str, entry_id: str) -> str:
    entry, now = entry_get(username, entry_id), clock.now()
    if entry.is_estimate:
        raise Refused(
            "estimate_follows_expense",
            "An estimate is deleted with its expense. Enter what you measured to replace it, or delete the expense.",
        )
    key = trash.entry_of(entry_id, now)
    kept = DELETED_ENTRIES.keep_deleted(username, key, entries.entry_item(entry))
    commit_changes(username, [(entry, None)], now, own=[kept])
    return key


def _restore_entry(username: str, key: str) -> Entry:
    deleted = DELETED_ENTRIES.find(username, key)
    there = entry_find(username, trash.identifier_of(key))
    if there is not None and not there.is_estimate:
        return there
    if deleted is None:
        raise NotFound("This deleted entry")
    now = clock.now()
    back = replace(deleted.value, updated_at=now)
    commit_changes(username, [(there, back)], now, own=[deleted.restore()])
    return stored(back)


def _delete_goal(username: str, goal_id: str) -> str:
    goal = goal_get(username, goal_id)
    key = trash.entry_of(goal_id, clock.now())
    writes: list[Write] = [
        goals.goal_delete(goal),
        DELETED_GOALS.keep_deleted(username, key, goals.goal_item(goal)),
        event_put(goal_changed(username, goal_id)),
    ]
    commit(writes)
    return key


def _restore_goal(username: str, key: str) -> Goal:
    deleted = DELETED_GOALS.find(username, key)
    there = goal_find(username, trash.identifier_of(key))
    if there is not None:
        return there
    if deleted is None:
        raise NotFound("This deleted goal")
    goal = replace(deleted.value, updated_at=clock.now())
    commit(
        [
            goals.goal_put(goal),
            deleted.restore(),
            event_put(goal_changed(username, goal.goal_id)),
            open_check(username),
        ]
    )
    return replace(goal, version=goal.version + 1)
