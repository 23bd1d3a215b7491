"""Months of the calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_OF_A_YEAR = 12
MONTH = re.compile(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")
"""For fields, which search: a month as it is written, and nothing else."""
_MONTH = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, 1 to 12; its text is `2026-11`. Of whose days, the user's, is for the caller to know."""

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
        """The month so many months later, or earlier where below zero."""
        year, index = divmod(self.year * MONTHS_OF_A_YEAR + self.month - 1 + months, MONTHS_OF_A_YEAR)
        return Month(year, index + 1)

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first_day + timedelta(days=count) for count in range(self.length))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
