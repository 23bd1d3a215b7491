"""Reports: figures of any range of days, by category, week and day, beside the budgets and the days before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.report import Figures, Report
from budgets.domain.report_days import ReportDays, checked_days
from budgets.selectors import month_summary
from budgets.selectors.reports import report
from core.accounts.domain import User
from core.errors import InvalidInput
from core.periods import Month
from core.storage import measured
from tests.budgets.builders import MONTH, TODAY, budgeted, refunded, spent
from tests.builders import a_user
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")

every_backend = pytest.mark.every_backend
NOVEMBER = ReportDays.of_month(MONTH)


def day(text: str) -> date:
    return date.fromisoformat(text)


def line(found: Report, category: str) -> list[str]:
    """What was spent on a category, its budget, what is left of it, and what was spent before; a dash for nothing."""
    [each] = [each for each in found.categories if each.category == category]
    figures = (each.figures.spent, each.budget, each.left, each.before)
    return ["-" if figure is None else f"{figure:.2f}" for figure in figures]


@every_backend
def test_a_month_beside_its_budgets_and_the_month_before(alice: User) -> None:
    budgeted(alice, "100")
    budgeted(alice, "50", "Travel")
    spent(alice, "80.50", day=day("2026-11-01"))
    spent(alice, "40", day=day("2026-11-30"))
    refunded(alice, "10.25", day=day("2026-11-15"))
    spent(alice, "7", "Housing", day("2026-11-15"))
    spent(alice, "60", day=day("2026-10-31"))
    spent(alice, "3", "Shopping", day("2026-10-01"))
    spent(alice, "999", day=day("2026-12-01"))
    spent(alice, "999", day=day("2026-09-30"))

    found = report(alice, NOVEMBER)

    assert found.total == Figures(Decimal("127.50"), Decimal("10.25"), 3, 1)
    assert line(found, "Food & Dining") == ["110.25", "100.00", "-10.25", "60.00"]
    assert line(found, "Travel") == ["0.00", "50.00", "50.00", "0.00"]
    assert line(found, "Housing") == ["7.00", "-", "-", "0.00"]
    assert line(found, "Shopping") == ["0.00", "-", "-", "3.00"]
    assert [each.category for each in found.categories] == ["Food & Dining", "Housing", "Shopping", "Travel"]
    assert (found.budgeted, found.budgeted_spent) == (Decimal(150), Decimal("110.25"))
    assert (found.before_spent, found.change, found.change_percent) == (Decimal(63), Decimal("54.25"), Decimal("86.1"))
    assert found.total.spent == month_summary("alice", MONTH).spent
    assert found.a_day == Decimal("3.91")


@pytest.mark.parametrize(
    ("days_on", "a_day"), [(-20, "10.00"), (-18, "10.00"), (0, "1.00"), (10, "0.67"), (40, "0.67")]
)
def test_the_average_of_a_day_is_of_the_days_that_passed(alice: User, days_on: int, a_day: str) -> None:
    spent(alice, "20", day=day("2026-11-02"))
    with at(NOON + timedelta(days=days_on)):
        assert report(alice, NOVEMBER).a_day == Decimal(a_day)


@every_backend
def test_other_days_are_compared_with_as_many_before(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "1", day=day("2026-11-03"))
    spent(alice, "2", day=day("2026-11-10"))
    spent(alice, "4", day=day("2026-11-11"))
    spent(alice, "8", day=day("2026-11-18"))
    spent(alice, "16", day=day("2026-11-19"))
    spent(alice, "32", day=day("2026-11-02"))

    found = report(alice, ReportDays(day("2026-11-11"), day("2026-11-18")))

    assert found.days.before == ReportDays(day("2026-11-03"), day("2026-11-10"))
    assert (int(found.total.spent), int(found.before_spent)) == (12, 3)
    assert found.budgeted is None
    assert line(found, "Food & Dining") == ["12.00", "-", "-", "3.00"]


def test_several_months_have_as_many_budgets(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "5", day=day("2026-08-15"))
    spent(alice, "7", day=day("2026-05-15"))
    spent(alice, "9", day=day("2026-04-30"))
    found = report(alice, ReportDays(day("2026-08-01"), day("2026-10-31")))
    assert found.budgeted == 300
    assert found.days.before == ReportDays(day("2026-05-01"), day("2026-07-31"))
    assert (int(found.total.spent), int(found.before_spent)) == (5, 7)


def test_weeks_run_from_monday_to_sunday_and_are_cut_at_the_ends(alice: User) -> None:
    spent(alice, "1", day=day("2026-11-01"))
    spent(alice, "2", day=day("2026-11-02"))
    spent(alice, "4", day=day("2026-11-08"))
    spent(alice, "8", day=day("2026-11-30"))
    weeks = [(f"{each.first:%d}-{each.last:%d}", int(each.figures.spent)) for each in report(alice, NOVEMBER).weeks]
    assert weeks == [("01-01", 1), ("02-08", 6), ("09-15", 0), ("16-22", 0), ("23-29", 0), ("30-30", 8)]


def test_days_without_an_expense_are_left_out(alice: User) -> None:
    spent(alice, "1", day=day("2026-11-05"))
    refunded(alice, "1", day=day("2026-11-05"))
    spent(alice, "3", day=day("2026-11-03"))
    by_day = report(alice, NOVEMBER).by_day
    assert [(each.first, each.figures) for each in by_day] == [
        (day("2026-11-03"), Figures(Decimal(3), Decimal(0), 1, 0)),
        (day("2026-11-05"), Figures(Decimal(1), Decimal(1), 1, 1)),
    ]


def test_the_ten_largest_are_named_and_refunds_apart(alice: User) -> None:
    for amount in range(1, 16):
        spent(alice, str(amount))
    for amount in (500, 3, 700):
        refunded(alice, str(amount))
    found = report(alice, NOVEMBER)
    assert [int(each.amount) for each in found.largest] == list(range(15, 5, -1))
    assert [int(each.amount) for each in found.refunds] == [-700, -500, -3]


def test_nothing_spent_is_a_report_too(alice: User) -> None:
    found = report(alice, NOVEMBER)
    assert found.total == Figures()
    assert (found.categories, found.largest, found.by_day, found.budgeted) == ((), (), (), None)
    assert (int(found.change), found.change_percent) == (0, None)
    assert len(found.weeks) == 6


def test_two_requests_whatever_the_range(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice)
    for days in (NOVEMBER, ReportDays(day("2026-01-01"), day("2026-12-31")), ReportDays(TODAY, TODAY)):
        with measured() as usage:
            report(alice, days)
        assert usage.requests == 2


def test_others_are_left_out(alice: User) -> None:
    spent(a_user("bob"), "999")
    assert report(alice, NOVEMBER).total.count == 0


class TestDays:
    def test_without_any_it_is_the_month_of_today(self) -> None:
        assert checked_days(None, None, today=TODAY) == NOVEMBER

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [
            ("2026-11-01", None, "to"),
            (None, "2026-11-01", "from"),
            ("2026-11-02", "2026-11-01", "to"),
            ("1969-12-31", "1970-01-05", "from"),
            ("2026-11-01", "2027-12-01", "to"),
            ("2025-01-01", "2026-01-02", "to"),
        ],
    )
    def test_a_range_that_makes_no_sense_is_reported(self, first: str | None, last: str | None, field: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            checked_days(first and day(first), last and day(last), today=TODAY)  # type: ignore[arg-type]
        assert list(refused.value.errors) == [field]

    def test_a_leap_year_is_the_longest(self) -> None:
        assert checked_days(day("2024-01-01"), day("2024-12-31"), today=TODAY).count == 366

    @given(st.dates(date(1971, 1, 1), date(2100, 1, 1)), st.integers(0, 365))
    def test_the_days_before_end_right_before_and_are_as_many(self, first: date, more: int) -> None:
        days = ReportDays(first, first + timedelta(days=more))
        before = days.before
        assert before.last == days.first - timedelta(days=1)
        if days.months:
            assert len(before.months) == len(days.months)
        else:
            assert before.count == days.count

    def test_a_year_has_twelve_months(self) -> None:
        assert len(ReportDays(day("2026-01-01"), day("2026-12-31")).months) == 12
        assert ReportDays(day("2026-01-02"), day("2026-12-31")).months == ()
        assert ReportDays.of_month(Month(2026, 2)).months == (Month(2026, 2),)
