"""Months, days of a user's zone, and totals."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from budgets.domain.month import CategoryTotal, MonthTotals, Movement
from core.periods import Month, day_of


@pytest.mark.parametrize(
    ("text", "first", "last", "before", "after"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "2026-10", "2026-12"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026-11", "2027-01"),
        ("2027-01", date(2027, 1, 1), date(2027, 1, 31), "2026-12", "2027-02"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-01", "2028-03"),
    ],
)
def test_a_month_and_its_neighbours(text: str, first: date, last: date, before: str, after: str) -> None:
    month = Month.from_text(text)
    assert (month.first_day, month.last_day) == (first, last)
    assert (str(month), str(month.previous), str(month.next)) == (text, before, after)
    assert month.previous.next == month
    assert month.previous < month < month.next


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-11-20", "0000-01", "2026-W47", "٢٠٢٦-11"]
)
def test_what_names_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="not a month like 2026-11"):
        Month.from_text(text)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Europe/Berlin", datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Europe/Berlin", datetime(2026, 11, 30, 23, 0, tzinfo=UTC), date(2026, 12, 1)),
        ("America/Los_Angeles", datetime(2026, 12, 1, 7, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("America/Los_Angeles", datetime(2026, 12, 1, 8, 0, tzinfo=UTC), date(2026, 12, 1)),
        ("Pacific/Kiritimati", datetime(2026, 11, 30, 10, 0, tzinfo=UTC), date(2026, 12, 1)),
        # 25 October 2026, the clocks of Berlin go back: the day has 25 hours
        ("Europe/Berlin", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        # 29 March 2026, they go forward: it has 23
        ("Europe/Berlin", datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Berlin", datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        ("Europe/Berlin", datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
    ],
)
def test_the_day_is_that_of_the_users_zone(zone: str, moment: datetime, day: date) -> None:
    assert day_of(ZoneInfo(zone), moment) == day


def test_a_day_with_a_change_of_the_clock_is_each_hour_of_it() -> None:
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    hours = [day_of(ZoneInfo("Europe/Berlin"), start + timedelta(hours=hour)) for hour in range(-1, 26)]
    assert hours == [date(2026, 10, 24), *[date(2026, 10, 25)] * 25, date(2026, 10, 26)]


def test_movements_change_their_own_month_and_category_alone() -> None:
    november, december = Month(2026, 11), Month(2026, 12)
    totals = MonthTotals("alice", november).moved(
        [
            Movement(november, "Travel", Decimal("10.10"), 1),
            Movement(november, "Travel", Decimal("-0.10"), 1),
            Movement(november, "Other", Decimal(3), 1),
            Movement(december, "Travel", Decimal(99), 1),
        ]
    )
    assert totals.of("Travel") == CategoryTotal(Decimal("10.00"), 2)
    assert (totals.spent, totals.count) == (Decimal(13), 3)
    assert totals.of("Housing") == CategoryTotal()


def test_a_category_with_nothing_left_is_dropped_unless_it_has_notified() -> None:
    november = Month(2026, 11)
    told = CategoryTotal(Decimal(5), 1, notified=(50,), judged_by=Decimal(10))
    totals = MonthTotals("alice", november, {"Travel": told, "Other": CategoryTotal(Decimal(5), 1)})
    after = totals.moved([Movement(november, name, Decimal(-5), -1) for name in ("Travel", "Other")])
    assert after.categories == {"Travel": CategoryTotal(Decimal(0), 0, notified=(50,), judged_by=Decimal(10))}
