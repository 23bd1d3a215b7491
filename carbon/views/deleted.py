"""Deleting entries and goals, and restoring them."""

from carbon import selectors, services
from core.deleted_pages import DeletedPages

ENTRIES = DeletedPages(
    name="carbon entry",
    names="carbon entries",
    deleted=selectors.entries_deleted,
    delete=services.entry_delete,
    restore=services.entry_restore,
    template="carbon/entries_deleted.html",
    list_url="carbon:entries",
    deleted_url="carbon:entries-deleted",
    restore_url="carbon:entry-restore",
    page_url="carbon:entry",
    deleted_text="The entry was deleted.",
    restored_text="The entry was restored and counts again.",
)
GOALS = DeletedPages(
    name="carbon goal",
    names="carbon goals",
    deleted=selectors.goals_deleted,
    delete=services.goal_delete,
    restore=services.goal_restore,
    template="carbon/goals_deleted.html",
    list_url="carbon:goals",
    deleted_url="carbon:goals-deleted",
    restore_url="carbon:goal-restore",
    deleted_text="The goal was deleted.",
    restored_text="The goal was restored.",
)
