"""What is read, consistently, to decide about expenses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from budgets.domain.definitions import Definitions
from budgets.domain.expense import Expense
from budgets.domain.month import MonthTotals
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.repositories.expenses import expense_address, expense_from_item
from budgets.repositories.months import month_address, month_from_item
from core.periods import Month
from core.storage import Item, store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the user has set, some months, and some expenses by id, those that are there."""

    definitions: Definitions
    months: Mapping[Month, MonthTotals]
    expenses: Mapping[str, Expense]

    def with_months(self, months: Iterable[Month]) -> Snapshot:
        """The same with these months too; 1 request, none where they are all there."""
        missing = sorted(set(months) - set(self.months))
        if not missing:
            return self
        username = self.definitions.username
        items = store().batch_get([month_address(username, month) for month in missing], consistent=True)
        read = {month: _month(username, month, item) for month, item in zip(missing, items, strict=True)}
        return replace(self, months={**self.months, **read})


def snapshot_of(username: str, months: Iterable[Month], expense_ids: Iterable[str] = ()) -> Snapshot:
    """What the user has set, these months and these expenses, at most 99 of both together; 1 request.

    They may be of different moments: a write that rests on them names the version of each.
    """
    wanted, wanted_ids = sorted(set(months)), list(dict.fromkeys(expense_ids))
    definitions, *items = store().batch_get(
        [
            definitions_address(username),
            *(month_address(username, month) for month in wanted),
            *(expense_address(username, expense_id) for expense_id in wanted_ids),
        ],
        consistent=True,
    )
    month_items, expense_items = items[: len(wanted)], items[len(wanted) :]
    return Snapshot(
        definitions=definitions_from_item(definitions) if definitions else Definitions(username),
        months={month: _month(username, month, item) for month, item in zip(wanted, month_items, strict=True)},
        expenses={item["expense_id"]: expense_from_item(item) for item in expense_items if item},
    )


def _month(username: str, month: Month, item: Item | None) -> MonthTotals:
    return month_from_item(item) if item else MonthTotals(username, month)
