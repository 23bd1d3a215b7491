"""The days of a report, and those that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from budgets.domain.expense import last_day_allowed
from core.clock import FIRST_DAY
from core.errors import InvalidInput
from core.periods import Month

MOST_DAYS = 366
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportDays:
    """From one day of the user's calendar to another, both included, at most a year."""

    first: date
    last: date

    @classmethod
    def of_month(cls, month: Month) -> ReportDays:
        """All days of a month."""
        return cls(month.first_day, month.last_day)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that these are, each of them whole; none where the range begins or ends within a month."""
        first, last = Month.of(self.first), Month.of(self.last)
        if self.first != first.first_day or self.last != last.last_day:
            return ()
        return tuple(first.until(last))

    @property
    def before(self) -> ReportDays:
        """As many whole months right before whole months, else as many days right before these."""
        if self.months:
            return ReportDays(self.months[0].shifted(-len(self.months)).first_day, self.first - ONE_DAY)
        return ReportDays(self.first - (self.last - self.first) - ONE_DAY, self.first - ONE_DAY)

    @property
    def count(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def count_until(self, day: date) -> int:
        """How many of them are not after this day."""
        return max(0, (min(self.last, day) - self.first).days + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def checked_days(first: date | None, last: date | None, *, today: date) -> ReportDays:
    """The range, or the user's current month where neither day is given.

    Raises InvalidInput (`from`, `to`) where one is missing, they are in the wrong order, more than 366 days, before
    1970 or more than a year ahead.
    """
    if first is None and last is None:
        return ReportDays.of_month(Month.of(today))
    if first is None or last is None:
        raise InvalidInput({"from" if first is None else "to": ["Enter both days, or neither for this month."]})
    if first > last:
        raise InvalidInput({"to": ["Enter a day on or after the first."]})
    latest = Month.of(last_day_allowed(today)).last_day
    if first < FIRST_DAY:
        raise InvalidInput({"from": ["Enter a day from 1 January 1970 on."]})
    if last > latest:
        raise InvalidInput({"to": [f"Enter a day up to {latest.isoformat()}."]})
    days = ReportDays(first, last)
    if days.count > MOST_DAYS:
        raise InvalidInput({"to": [f"Enter at most {MOST_DAYS} days; for more, make a report of each year."]})
    return days
