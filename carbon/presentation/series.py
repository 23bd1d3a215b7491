"""Days of a month and months of a year as charts and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from carbon.domain.totals import CategoryTotal, PeriodTotals
from carbon.presentation.bars import Chart, Column, chart_of
from carbon.presentation.months import years_first
from core.months import MONTHS_OF_A_YEAR, Month


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table beside a chart: what it is of, its first and last day, its sums."""

    label: str
    first: date
    last: date
    total: CategoryTotal


@dataclass(frozen=True, slots=True)
class Series:
    """A chart, its summary in one sentence, and its table without the empty rows, the latest first."""

    chart: Chart
    summary: str
    lines: Sequence[Line]


def days_of(month: Month, days: Iterable[PeriodTotals], category: str = "all", *, level: Decimal | None) -> Series:
    """Every day of a month; `level` is what a day may have."""
    found = {each.period: each.of(category) for each in days}
    lines = [Line(f"{day.day} {day:%b}", day, day, found.get(day.isoformat(), CategoryTotal())) for day in month.days()]
    return _series(lines, f"kg CO₂e by day in {month.label}", "day", level)


def year_until(month: Month, months: Iterable[PeriodTotals], category: str = "all", *, level: Decimal | None) -> Series:
    """The twelve months that end with this one; `level` is what a month may have."""
    found = {each.period: each.of(category) for each in months}
    first = years_first(month)
    count = (month.year - first.year) * MONTHS_OF_A_YEAR + month.month - first.month
    shown = [month.shifted(back) for back in range(-count, 1)]
    lines = [
        Line(f"{each.first_day:%b %Y}", each.first_day, each.last_day, found.get(str(each), CategoryTotal()))
        for each in shown
    ]
    return _series(lines, f"kg CO₂e by month until {month.label}", "month", level)


def _series(lines: Sequence[Line], label: str, name: str, level: Decimal | None) -> Series:
    columns = [Column(each.total.measured_kg, each.total.estimated_kg) for each in lines]
    filled = [each for each in lines if each.total.count]
    return Series(chart_of(columns, label, level=level), _summary(filled, len(lines), name), filled[::-1])


def _summary(filled: Sequence[Line], count: int, name: str) -> str:
    """`Most on 14 Nov: 86.20 kg. 12 of 30 days have entries.`, without the figure where amounts may be hidden."""
    if not filled:
        return f"No {name} has an entry."
    most = max(filled, key=lambda each: each.total.kg)
    verb = "has" if len(filled) == 1 else "have"
    return f"Most {'on' if name == 'day' else 'in'} {most.label}. {len(filled)} of {count} {name}s {verb} entries."
