"""Entries and goals that were deleted and can be restored."""

from carbon.repositories.entries import entry_from_item
from carbon.repositories.goals import goal_from_item
from core.trash import Kind

DELETED_ENTRIES = Kind("carbon_entry", entry_from_item)
DELETED_GOALS = Kind("carbon_goal", goal_from_item)
