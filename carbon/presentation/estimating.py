"""Why there is no estimate for an expense, in words."""

from __future__ import annotations

from collections.abc import Collection

REFUND = "A refund is not estimated: what came back was mostly made all the same."
NO_CATEGORY = "“Other” and categories of your own do not say what was bought, so nothing is estimated of them."
NO_CURRENCY = "The rate of its currency in 2023 is not known here, so nothing is estimated of it."
SOON = "Its estimate is being made: look again in a moment."


def why_not_estimated(
    category: str, currency: str, *, is_refund: bool, categories: Collection[str], currencies: Collection[str]
) -> str:
    """One sentence; `categories` and `currencies` are those that estimates are made of."""
    if is_refund:
        return REFUND
    if category not in categories:
        return NO_CATEGORY
    return NO_CURRENCY if currency not in currencies else SOON
