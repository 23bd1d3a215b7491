"""Bars, paces and months as they are put on a page."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.presentation import a_day, bar_of, month_named
from core.periods import Month

NOVEMBER = Month(2026, 11)


@pytest.mark.parametrize(
    ("left", "today", "expected"),
    [
        ("110", date(2026, 11, 20), "10.00"),
        ("100", date(2026, 11, 1), "3.33"),
        ("12.34", date(2026, 11, 30), "12.34"),
        ("0.05", date(2026, 11, 20), "0.00"),
    ],
)
def test_a_pace_counts_today_and_is_never_rounded_up(left: str, today: date, expected: str) -> None:
    assert a_day(Decimal(left), NOVEMBER, today) == Decimal(expected)


@pytest.mark.parametrize(
    ("left", "today"),
    [("0", date(2026, 11, 20)), ("-1", date(2026, 11, 20)), ("10", date(2026, 10, 31)), ("10", date(2026, 12, 1))],
)
def test_there_is_no_pace_where_nothing_is_left_or_the_month_is_another(left: str, today: date) -> None:
    assert a_day(Decimal(left), NOVEMBER, today) is None


@pytest.mark.parametrize(
    ("spent", "amount", "filled", "level"),
    [
        ("0", "0", "0", "within"),
        ("5", "0", "100", "over"),
        ("-5", "100", "0", "within"),
        ("66", "100", "66", "within"),
        ("67", "100", "67", "ahead"),
        ("100", "100", "100", "within"),
        ("250", "100", "100", "over"),
    ],
)
def test_a_bar_stays_within_its_ends(spent: str, amount: str, filled: str, level: str) -> None:
    bar = bar_of(Decimal(spent), Decimal(amount), NOVEMBER, date(2026, 11, 20))
    assert (bar.filled, bar.level, bar.day_at) == (Decimal(filled), level, Decimal("66.7"))


def test_a_bar_of_another_month_knows_no_day() -> None:
    bar = bar_of(Decimal(99), Decimal(100), NOVEMBER, date(2026, 12, 1))
    assert (bar.day_at, bar.level) == (None, "within")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-02", "2026-02"), ("1970-01", "1970-01"), ("2027-11", "2027-11"), ("2027-12", "2026-11"), ("", "2026-11")],
)
def test_an_address_names_a_month_that_can_have_expenses(text: str, expected: str) -> None:
    assert str(month_named(text, date(2026, 11, 20))) == expected
