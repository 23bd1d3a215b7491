"""Writes of the carbon footprint: entries, estimates, goals, achievements, factors.

Each change is one transaction, with the totals of its day and month and its event. A repeated client id returns what
it made the first time; with other values it raises Refused `idempotency_mismatch`. Lost races are tried again, then
raise StoreUnavailable; the same call may be repeated under the same id. `also` are writes of the caller that join the
transaction; where one of them fails, TransactionCancelled comes through unchanged.
"""

from carbon.services.achievements import achievements_refresh
from carbon.services.deletion import entry_delete, entry_restore, goal_delete, goal_restore
from carbon.services.entries import entry_add, entry_change, entry_preview, expense_measure
from carbon.services.estimates import estimates_follow, estimates_put
from carbon.services.factors import factor_add
from carbon.services.goals import goal_add, goal_change

__all__ = [
    "achievements_refresh",
    "entry_add",
    "entry_change",
    "entry_delete",
    "entry_preview",
    "entry_restore",
    "estimates_follow",
    "estimates_put",
    "expense_measure",
    "factor_add",
    "goal_add",
    "goal_change",
    "goal_delete",
    "goal_restore",
]
