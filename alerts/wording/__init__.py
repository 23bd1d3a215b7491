"""Alerts in words: the same on pages, in notifications and in mails."""

from alerts.wording.prices import (
    OPERATORS,
    PRICE_TYPES,
    condition_text,
    exact,
    firing_words,
    link,
    rearm_text,
    test_words,
)

__all__ = [
    "OPERATORS",
    "PRICE_TYPES",
    "condition_text",
    "exact",
    "firing_words",
    "link",
    "rearm_text",
    "test_words",
]
