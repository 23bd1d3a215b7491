"""Days, months and periods of the calendar, in a time zone."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR = 7, 12
MONTH = re.compile(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")
"""For fields, which search: a whole month in text."""
_MONTH = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])")

Length = Literal["daily", "weekly", "monthly", "yearly"]


def day_of(zone: tzinfo, moment: datetime) -> date:
    """The day of a moment in a zone."""
    return moment.astimezone(zone).date()


def start_of(zone: tzinfo, day: date) -> datetime:
    """The moment, in UTC, at which a day begins in a zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, 1 to 12; its text is `2026-11`. The caller knows in which time zone its days are."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def from_text(cls, text: str) -> Month:
        """The month that `2026-11` names. Raises ValueError for anything else."""
        found = _MONTH.fullmatch(text)
        if found is None:
            raise ValueError("not a month like 2026-11")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.length)

    @property
    def length(self) -> int:
        """How many days it has."""
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def next(self) -> Month:
        return self.shifted(1)

    @property
    def previous(self) -> Month:
        return self.shifted(-1)

    @property
    def label(self) -> str:
        """`November 2026`."""
        return f"{self.first_day:%B} {self.year}"

    def shifted(self, months: int) -> Month:
        """The month that many months later, or earlier where below zero."""
        year, index = divmod(self.year * MONTHS_OF_A_YEAR + self.month - 1 + months, MONTHS_OF_A_YEAR)
        return Month(year, index + 1)

    def until(self, last: Month) -> list[Month]:
        """The months from this one to the last, which is among them; none where that is earlier."""
        count = (last.year - self.year) * MONTHS_OF_A_YEAR + last.month - self.month + 1
        return [self.shifted(number) for number in range(count)]

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first_day + timedelta(days=count) for count in range(self.length))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a week from Monday on, a month or a year."""

    length: Length
    first_day: date
    last_day: date

    @classmethod
    def of(cls, length: Length, day: date) -> Period:
        """The period of a length that holds a day."""
        if length == "daily":
            return cls(length, day, day)
        if length == "weekly":
            monday = day - timedelta(days=day.weekday())
            return cls(length, monday, monday + timedelta(days=DAYS_OF_A_WEEK - 1))
        if length == "monthly":
            month = Month.of(day)
            return cls(length, month.first_day, month.last_day)
        return cls(length, date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def from_text(cls, name: str) -> Period:
        """The period of this name. Raises ValueError for what is not the name of one."""
        if "-W" in name:
            return cls.of("weekly", date.fromisoformat(name))
        lengths: dict[int, Length] = {4: "yearly", 7: "monthly", 10: "daily"}
        if len(name) not in lengths:
            raise ValueError("not the name of a period")
        return cls.of(lengths[len(name)], date.fromisoformat(name + "2026-01-01"[len(name) :]))

    @property
    def name(self) -> str:
        """`2026-11-20`, `2026-W47` (ISO 8601), `2026-11` or `2026`."""
        if self.length == "weekly":
            year, week, _ = self.first_day.isocalendar()
            return f"{year}-W{week:02d}"
        return self.first_day.isoformat()[: {"daily": 10, "monthly": 7, "yearly": 4}[self.length]]
