"""The month that a page is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.utils import timezone

from carbon.presentation.months import month_of_text
from core import clock
from core.accounts.requests import SignedInRequest
from core.months import Month


@dataclass(frozen=True, slots=True)
class Shown:
    """A month on a page. today: the user's day. days_so_far: days of it that have begun; all of a month that is over.

    following: None for the present month and those after it.
    """

    month: Month
    today: date

    @property
    def is_present(self) -> bool:
        """Whether it is the month of today."""
        return self.month == Month.of(self.today)

    @property
    def days_so_far(self) -> int:
        """How many of its days have begun; 0 for a month to come."""
        if self.month > Month.of(self.today):
            return 0
        return self.today.day if self.is_present else self.month.length

    @property
    def before(self) -> Month:
        """The month before."""
        return self.month.shifted(-1)

    @property
    def following(self) -> Month | None:
        """The month after it, as far as there is one that has begun."""
        after = self.month.shifted(1)
        return after if after <= Month.of(self.today) else None


def month_in(request: SignedInRequest) -> Shown:
    """The month in `?month=`, the present one without; with a word about it where that is no month."""
    today = timezone.localdate(clock.now())
    text = request.GET.get("month", "")
    if not text:
        return Shown(Month.of(today), today)
    try:
        return Shown(month_of_text(text), today)
    except ValueError:
        messages.warning(request, "That is no month; this is the present one. A month is written like 2026-11.")
        return Shown(Month.of(today), today)
