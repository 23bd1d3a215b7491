"""Reactions to what other apps tell: history, notification centre and mail."""

from alerts.handlers.accounts import (
    queue_change_notice,
    queue_confirmation,
    queue_password_reset,
    queue_revert_notice,
    release_waiting,
)
from alerts.handlers.budgets import notify_import_finished, notify_large_expense, notify_threshold_crossed
from alerts.handlers.carbon import notify_achievement_earned, notify_goal_over
from alerts.handlers.orders import notify_order_filled

__all__ = [
    "queue_change_notice",
    "queue_confirmation",
    "queue_password_reset",
    "queue_revert_notice",
    "release_waiting",
    "notify_achievement_earned",
    "notify_goal_over",
    "notify_import_finished",
    "notify_large_expense",
    "notify_order_filled",
    "notify_threshold_crossed",
]
