"""Ways to plant a wrong row in books that agree."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.storage import Store
from tests.reconciling.books import copy, lose, rows, spoil

Plant = Callable[[Store], None]
Planted = tuple[str, str, str, Plant]
"""Its name, the rule that finds it, words of what is said, and how it is planted."""


def changed(table: str, at: int = 0, *, has: dict[str, Any], **values: Any) -> Plant:
    """Set attributes of one row."""
    return lambda opened: spoil(table, rows(opened, table, **has)[at], **values)


def changed_by(table: str, at: int = 0, *, has: dict[str, Any], **amounts: str) -> Plant:
    """Add amounts to attributes of one row."""

    def plant(opened: Store) -> None:
        row = rows(opened, table, **has)[at]
        spoil(table, row, **{name: row[name] + Decimal(amount) for name, amount in amounts.items()})

    return plant


def lost(table: str, at: int = 0, *, has: Mapping[str, Any]) -> Plant:
    """Take one row away."""
    return lambda opened: lose(table, rows(opened, table, **has)[at])


def doubled(table: str, key: str, at: int = 0, *, has: dict[str, Any], **values: Any) -> Plant:
    """Put one row a second time, under a key that sorts behind it, with other values."""

    def plant(opened: Store) -> None:
        row = rows(opened, table, **has)[at]
        copy(table, row, **{key: str(row[key])[:-1] + "z", **values})

    return plant
