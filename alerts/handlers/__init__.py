"""Reactions to what other apps tell: history, notification centre and mail."""

from alerts.handlers.accounts import (
    queue_change_notice,
    queue_confirmation,
    queue_password_reset,
    queue_revert_notice,
    release_waiting,
)
from alerts.handlers.budgets import tell_import_finished, tell_large_expense, tell_threshold_crossed
from alerts.handlers.carbon import tell_achievement_earned, tell_goal_over
from alerts.handlers.orders import tell_order_filled

__all__ = [
    "queue_change_notice",
    "queue_confirmation",
    "queue_password_reset",
    "queue_revert_notice",
    "release_waiting",
    "tell_achievement_earned",
    "tell_goal_over",
    "tell_import_finished",
    "tell_large_expense",
    "tell_order_filled",
    "tell_threshold_crossed",
]
