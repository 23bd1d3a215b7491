"""How a month and its budgets are shown on a page, and the words of a report on its page and in its file."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from budgets.domain.budget import HUNDRED, TENTH
from budgets.domain.expense import Expense, can_have_expenses
from budgets.domain.report_days import ReportDays
from budgets.domain.summary import CategoryLine, MonthSummary
from core.money import CENT, ZERO
from core.periods import Month

BudgetLevel = Literal["within", "ahead", "over"]


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of a budget is spent, and how much of the month is past: both in percent of the bar, 0 to 100.

    level: over the budget; ahead, where more of it is spent than of the current month is past; else within.
    `day_at` is None for a month that is not the current one.
    """

    filled: Decimal
    day_at: Decimal | None
    level: BudgetLevel


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget as the month's page shows it; `a_day` keeps it, None where there is nothing left or no day to go."""

    line: CategoryLine
    bar: Bar
    a_day: Decimal | None

    @property
    def over_by(self) -> Decimal:
        """What was spent beyond the budget; 0 within it."""
        left = self.line.left
        return ZERO if left is None else max(-left, ZERO)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month as its page shows it, on the user's day `today`.

    `a_day` keeps every budget that has something left.
    """

    summary: MonthSummary
    today: date
    rows: tuple[BudgetRow, ...]
    unbudgeted: tuple[CategoryLine, ...]
    bar: Bar
    a_day: Decimal | None

    @property
    def is_current(self) -> bool:
        """Whether today is a day of the month."""
        return self.summary.month == Month.of(self.today)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.summary.month.length

    @property
    def left(self) -> Decimal:
        """The budgets less what was spent on them; negative where that is more."""
        return self.summary.budgeted - self.summary.budgeted_spent

    @property
    def over_by(self) -> Decimal:
        """What was spent beyond all budgets together; 0 within them."""
        return max(-self.left, ZERO)

    @property
    def before(self) -> Month | None:
        """The month before; None where no expense can be of it."""
        return self._if_allowed(self.summary.month.previous)

    @property
    def after(self) -> Month | None:
        """The month after; None where no expense can be of it."""
        return self._if_allowed(self.summary.month.next)

    @property
    def exceeded(self) -> int:
        """How many budgets are exceeded."""
        return sum(row.bar.level == "over" for row in self.rows)

    @property
    def unbudgeted_spent(self) -> Decimal:
        """What was spent on categories without a budget."""
        return sum((line.spent for line in self.unbudgeted), ZERO)

    def _if_allowed(self, month: Month) -> Month | None:
        return month if can_have_expenses(month, self.today) else None


def month_page(summary: MonthSummary, today: date) -> MonthPage:
    """The month as it is shown on this day of the user's."""
    rows = tuple(
        BudgetRow(
            line,
            bar_of(line.spent, line.budget.amount, summary.month, today),
            a_day(line.left or ZERO, summary.month, today),
        )
        for line in summary.lines
        if line.budget
    )
    keepable = sum((max(row.line.left or ZERO, ZERO) for row in rows), ZERO)
    return MonthPage(
        summary=summary,
        today=today,
        rows=rows,
        unbudgeted=tuple(line for line in summary.lines if line.budget is None),
        bar=bar_of(summary.budgeted_spent, summary.budgeted, summary.month, today),
        a_day=a_day(keepable, summary.month, today),
    )


def bar_of(spent: Decimal, amount: Decimal, month: Month, today: date) -> Bar:
    """The bar of a budget of this amount."""
    share = (HUNDRED if spent > 0 else ZERO) if amount == 0 else spent * HUNDRED / amount
    filled = min(max(share, ZERO), HUNDRED).quantize(TENTH, ROUND_HALF_UP)
    day_at = None
    if month == Month.of(today):
        day_at = (HUNDRED * today.day / month.length).quantize(TENTH, ROUND_HALF_UP)
    if spent > amount:
        return Bar(filled, day_at, "over")
    return Bar(filled, day_at, "ahead" if day_at is not None and day_at < share < HUNDRED else "within")


def a_day(left: Decimal, month: Month, today: date) -> Decimal | None:
    """What may be spent on each day from today to the end of the current month, cut to cents."""
    if month != Month.of(today) or left <= 0:
        return None
    return (left / (month.length - today.day + 1)).quantize(CENT, ROUND_DOWN)


def month_named(text: str, today: date) -> Month:
    """The month that an address names; the current one where that names none, or one that no expense can be of."""
    try:
        month = Month.from_text(text)
    except ValueError:
        return Month.of(today)
    return month if can_have_expenses(month, today) else Month.of(today)


def day_words(day: date) -> str:
    """`20 Nov 2026`."""
    return f"{day.day} {day:%b} {day.year}"


def days_words(days: ReportDays) -> str:
    """`November 2026`, `August 2026 to October 2026`, `3 Nov 2026` or `3 Nov 2026 to 10 Nov 2026`."""
    first, last = (
        (days.months[0].label, days.months[-1].label) if days.months else (day_words(days.first), day_words(days.last))
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
