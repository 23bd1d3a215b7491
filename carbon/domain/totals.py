"""Sums of entries by category, for a day, a month, or any other time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from carbon.domain.entry import Entry
from core.money import ZERO
from core.periods import Month

Change = tuple[Entry | None, Entry | None]
"""An entry before and after; None where it is not there."""


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """kg CO2e and number of entries; of these, those estimated from expenses."""

    kg: Decimal = ZERO
    count: int = 0
    estimated_kg: Decimal = ZERO
    estimated_count: int = 0

    @property
    def measured_kg(self) -> Decimal:
        """kg of what the user entered."""
        return self.kg - self.estimated_kg

    @property
    def measured_count(self) -> int:
        """Entries that the user made."""
        return self.count - self.estimated_count

    def __add__(self, other: CategoryTotal) -> CategoryTotal:
        return CategoryTotal(
            self.kg + other.kg,
            self.count + other.count,
            self.estimated_kg + other.estimated_kg,
            self.estimated_count + other.estimated_count,
        )

    def __neg__(self) -> CategoryTotal:
        return CategoryTotal(-self.kg, -self.count, -self.estimated_kg, -self.estimated_count)


@dataclass(frozen=True, slots=True)
class PeriodTotals:
    """The sums of a month (`2026-11`) or of a day (`2026-11-20`). version: 0 for one never written."""

    period: str
    categories: Mapping[str, CategoryTotal] = field(default_factory=dict)
    version: int = 0

    @property
    def is_day(self) -> bool:
        """Whether it is of one day, not of a month."""
        return len(self.period) > len("2026-11")

    @property
    def first_day(self) -> date:
        """The day itself, or the first of the month."""
        return date.fromisoformat(self.period if self.is_day else f"{self.period}-01")

    @property
    def total(self) -> CategoryTotal:
        """All categories together."""
        return sum(self.categories.values(), CategoryTotal())

    def of(self, category: str) -> CategoryTotal:
        """The sums of one category, or of `all`."""
        return self.total if category == "all" else self.categories.get(category, CategoryTotal())

    def with_added(self, category: str, change: CategoryTotal) -> PeriodTotals:
        """These sums with a change; a category that no entry is left of is dropped."""
        after = self.of(category) + change
        kept = {name: total for name, total in self.categories.items() if name != category}
        if after.count:
            kept[category] = after
        return PeriodTotals(self.period, kept, self.version)


def periods_of(day: date) -> tuple[str, str]:
    """The periods in which an entry of this day counts."""
    return day.isoformat(), str(Month.of(day))


def contribution(entry: Entry) -> CategoryTotal:
    """What an entry adds to the sums."""
    return CategoryTotal(entry.kg, 1, entry.kg, 1) if entry.is_estimate else CategoryTotal(entry.kg, 1)


def moved(totals: Mapping[str, PeriodTotals], changes: Iterable[Change]) -> list[PeriodTotals]:
    """The sums that are others after these changes, of all whose periods they are in."""
    after = dict(totals)
    for before, now in changes:
        if before is not None:
            _add(after, before, -contribution(before))
        if now is not None:
            _add(after, now, contribution(now))
    return [each for period, each in after.items() if each.categories != totals[period].categories]


def _add(sums: dict[str, PeriodTotals], entry: Entry, change: CategoryTotal) -> None:
    for period in periods_of(entry.day):
        sums[period] = sums[period].with_added(entry.category, change)


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """A month by category and by day, against the user's budget. days: those with entries, oldest first."""

    month: str
    totals: PeriodTotals
    days: tuple[PeriodTotals, ...]
    budget_kg: Decimal

    @property
    def kg(self) -> Decimal:
        """All of the month."""
        return self.totals.total.kg

    @property
    def estimated_percent(self) -> Decimal:
        """How much of the kg was estimated from expenses, in percent."""
        total = self.totals.total
        return total.estimated_kg / total.kg * 100 if total.kg else ZERO

    @property
    def budget_percent(self) -> Decimal:
        """How much of the budget is used, in percent."""
        return self.kg / self.budget_kg * 100

    @property
    def left_kg(self) -> Decimal:
        """What the budget leaves; negative when it is used up."""
        return self.budget_kg - self.kg
