"""How a report is spoken of: its days and its expenses in words, the same on the page and in the file."""

from __future__ import annotations

from datetime import date

from budgets.domain.expense import Expense
from budgets.domain.report_days import ReportDays
from core.months import Month


def day_words(day: date) -> str:
    """`20 Nov 2026`."""
    return f"{day.day} {day:%b} {day.year}"


def month_words(month: Month) -> str:
    """`November 2026`."""
    return f"{month.first_day:%B} {month.year}"


def days_words(days: ReportDays) -> str:
    """`November 2026`, `August 2026 to October 2026`, `3 Nov 2026` or `3 Nov 2026 to 10 Nov 2026`."""
    first, last = (
        (month_words(days.months[0]), month_words(days.months[-1]))
        if days.months
        else (day_words(days.first), day_words(days.last))
    )
    return first if first == last else f"{first} to {last}"


def before_words(days: ReportDays) -> str:
    """What the days before are called: `the month before`, `the 3 months before`, `the 8 days before`."""
    count, unit = (len(days.months), "month") if days.months else (days.count, "day")
    return f"the {unit} before" if count == 1 else f"the {count} {unit}s before"


def file_name(days: ReportDays) -> str:
    """What a file of the report is called, without its ending: `spending-2026-11`."""
    if len(days.months) == 1:
        return f"spending-{days.months[0]}"
    return f"spending-{days.first.isoformat()}-{days.last.isoformat()}"


def called(expense: Expense) -> str:
    """What an expense is called in a list: who was paid and what for, else its category."""
    parts = [expense.merchant, *expense.description.splitlines()[:1]]
    return ", ".join(filter(None, parts)) or expense.category
