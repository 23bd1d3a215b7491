"""Periods of the calendar and their names."""

from datetime import date

import pytest

from core.periods import Length, Month, Period


@pytest.mark.parametrize(
    ("length", "day", "first", "last", "name"),
    [
        ("daily", date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20), "2026-11-20"),
        ("weekly", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22), "2026-W47"),
        ("weekly", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3), "2026-W53"),
        ("weekly", date(2024, 12, 30), date(2024, 12, 30), date(2025, 1, 5), "2025-W01"),
        ("monthly", date(2024, 2, 3), date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("yearly", date(2026, 11, 20), date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_a_period_holds_its_days_and_is_found_by_its_name(
    length: Length, day: date, first: date, last: date, name: str
) -> None:
    period = Period.of(length, day)
    assert (period.first_day, period.last_day, period.name) == (first, last, name)
    assert Period.from_text(name) == period
    assert Period.of(length, first) == Period.of(length, last) == period


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-W54", "2026-02-30", "2026-1", "november"])
def test_what_is_not_a_name_has_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period.from_text(text)


def test_months_one_after_the_other() -> None:
    assert Month(2025, 11).until(Month(2026, 2)) == [Month(2025, 11), Month(2025, 12), Month(2026, 1), Month(2026, 2)]
    assert Month(2026, 2).until(Month(2026, 2)) == [Month(2026, 2)]
    assert Month(2026, 2).until(Month(2026, 1)) == []
