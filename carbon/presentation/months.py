"""Months of the calendar, as pages go through them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1970, 9998
MONTHS_OF_A_YEAR = 12
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month; its text is `2026-11`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def from_text(cls, text: str) -> Month:
        """The month that a text says. Raises ValueError for anything but a month like `2026-11` from 1970 to 9998."""
        found = _MONTH.fullmatch(text) if text.isascii() else None
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError("Give a month like 2026-11.")
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def length(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.number)[1]

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.first_day + timedelta(days=self.length - 1)

    @property
    def label(self) -> str:
        """`November 2026`."""
        return f"{self.first_day:%B} {self.year}"

    def shifted(self, months: int) -> Month:
        """The month so many months later, or earlier where below zero."""
        year, index = divmod(self.year * MONTHS_OF_A_YEAR + self.number - 1 + months, MONTHS_OF_A_YEAR)
        return Month(year, index + 1)

    def years_first(self) -> Month:
        """The first of the twelve months that end with this one, as far as the calendar here goes back."""
        return max(self.shifted(1 - MONTHS_OF_A_YEAR), Month(FIRST_YEAR, 1))

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first_day + timedelta(days=count) for count in range(self.length))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
