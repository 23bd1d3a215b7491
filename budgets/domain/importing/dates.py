"""Days as banks write them, and the order of day, month and year as the whole file has it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

DateOrder = Literal["dmy", "mdy", "ymd"]

ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
IN_WORDS: dict[DateOrder, str] = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# all of these are of texts whose white space is single spaces
_OF_DAY = re.compile(r"(?: T ?|T ?| )\d{1,2}:\d{2}.*")
_PARTED = re.compile(r"(\d{1,4}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,4})")
_WHOLE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = (
    re.compile(r"(?P<day>\d{1,2})[-/. ]*(?P<month>[A-Za-z]{3,9})[-/., ]*(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})[-/. ]*(?P<day>\d{1,2})[-/., ]+(?P<year>\d{4})"),
)
LONGEST = 80
"""Characters of a cell that may be a day with its time."""
_FIRST_OF_THIS_CENTURY = 70
"""Years of two digits from here on are of the century before."""


def day_in(text: str, order: DateOrder) -> date:
    """The day that a cell says; a time of day after it is left out. Raises ValueError.

    `order` decides only where the year does not come first with four digits and the month has no name.
    """
    if len(text) > LONGEST:
        raise ValueError("no date")
    text = _OF_DAY.sub("", " ".join(text.split())).strip()
    if match := _WHOLE.fullmatch(text):
        return date(*(int(part) for part in match.groups()))
    for pattern in _NAMED:
        if match := pattern.fullmatch(text):
            return date(_year(match["year"]), _month(match["month"]), int(match["day"]))
    match = _PARTED.fullmatch(text)
    if match is None:
        raise ValueError("no date")
    parts = match.groups()
    if len(parts[0]) == 4:
        order = "ymd"
    elif len(parts[0]) == 3 or (len(parts[2]) == 4 and order == "ymd"):
        raise ValueError("no date in this order")
    by_letter = dict(zip(order, parts, strict=True))
    return date(_year(by_letter["y"]), int(by_letter["m"]), int(by_letter["d"]))


def order_of(cells: Iterable[str], latest: date) -> DateOrder | None:
    """The order in which most cells are days up to `latest`; None where two are as good and make other days of them.

    With years of four digits at the end it is decided by a day after the 12th, anywhere in the file.
    """
    cells = [cell for cell in cells if cell]
    read = {order: [_day_or_none(cell, order, latest) for cell in cells] for order in ORDERS}
    good = {order: sum(day is not None for day in days) for order, days in read.items()}
    best = [order for order in ORDERS if good[order] == max(good.values())]
    if any(read[order] != read[best[0]] for order in best[1:]):
        return None
    return best[0]


def _day_or_none(cell: str, order: DateOrder, latest: date) -> date | None:
    try:
        day = day_in(cell, order)
    except ValueError:
        return None
    return day if day <= latest else None


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        raise ValueError("no year")
    return int(text) + (1900 if int(text) >= _FIRST_OF_THIS_CENTURY else 2000)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1
