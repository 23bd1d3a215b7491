"""Months as the pages of the footprint go through them."""

from core.periods import MONTHS_OF_A_YEAR, Month

FIRST_YEAR, LAST_YEAR = 1970, 9998
WANTED = "Enter a month like 2026-11."


def month_of_text(text: str) -> Month:
    """The month that a text says. Raises ValueError, with a sentence for the user, for any but 1970 to 9998."""
    try:
        month = Month.from_text(text)
    except ValueError as error:
        raise ValueError(WANTED) from error
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise ValueError(WANTED)
    return month


def years_first(month: Month) -> Month:
    """The first of the twelve months that end with this one, as far as the calendar here goes back."""
    return max(month.shifted(1 - MONTHS_OF_A_YEAR), Month(FIRST_YEAR, 1))
