"""Amounts as banks write them: decimal commas, thousands, signs before, after and as brackets."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from core.money import CENT, parse, places

DecimalMark = Literal[".", ","]
Spending = Literal["negative", "positive"]

MARKS: tuple[DecimalMark, ...] = (".", ",")
SPENDINGS: tuple[Spending, ...] = ("negative", "positive")
LONGEST = 40
CLEAR_SHARE = 2
"""The sign of spending is that of at least two thirds of the amounts, twice as many as have the other."""

_MINUSES = str.maketrans({"−": "-", "–": "-", "—": "-"})
_CURRENCY = r"(?:[A-Za-z]{1,4}\.?|[A-Z]{0,3}[$€£¥₩₹])?"
_AMOUNT = re.compile(
    rf"(?P<open>\()? ?(?P<before>[-+])? ?{_CURRENCY} ?(?P<inside>[-+])? ?"
    rf"(?P<digits>\d[\d.,'’ ]*|[.,]\d+) ?(?P<behind>[-+])? ?(?P<word>(?i:cr|dr)\b)? ?{_CURRENCY} ?(?P<close>\))?"
)
"""Of a text whose white space is single spaces: optional runs of it beside each other would be tried in every way."""
_SPACE = re.compile(r"[ '’]+")
_LAST_MARK = re.compile(r"[.,](?=[^.,]*$)")


def amount_in(text: str, mark: DecimalMark) -> Decimal:
    """The amount that a cell says, with its sign, to the cent. Raises ValueError for anything else.

    Currency signs and codes, spaces and apostrophes are passed over; brackets, a minus at the end and `DR` are a minus.
    """
    match = _match(text)
    if match is None or (match["open"] is None) != (match["close"] is None):
        raise ValueError("no amount")
    signs = [sign for sign in (match["before"], match["inside"], match["behind"]) if sign]
    if len(signs) + bool(match["open"]) > 1:
        raise ValueError("more than one sign")
    negative = signs == ["-"] or bool(match["open"]) or (match["word"] or "").lower() == "dr"
    value = parse(_plain(_SPACE.sub("", match["digits"]), mark))
    if places(value) > 2:
        raise ValueError("more than two decimals")
    return (-value if negative else value).quantize(CENT)


def mark_of(cells: Iterable[str]) -> DecimalMark:
    """The decimal mark of most amounts; money has two decimals at most, so three digits after one are thousands."""
    votes = dict.fromkeys(MARKS, 0)
    for cell in cells:
        match = _match(cell)
        body = _SPACE.sub("", match["digits"]) if match else ""
        last = _LAST_MARK.search(body)
        if last is None:
            continue
        found: DecimalMark = "," if last[0] == "," else "."
        other: DecimalMark = "." if found == "," else ","
        is_thousands = len(body) - last.end() == 3 and (other not in body)
        votes[other if is_thousands else found] += 1
    return "," if votes[","] > votes["."] else "."


def spending_of(amounts: Iterable[Decimal]) -> Spending | None:
    """Which sign spending has: that of clearly most amounts; None where neither is."""
    signs = [amount > 0 for amount in amounts if amount]
    positive, negative = sum(signs), len(signs) - sum(signs)
    if negative >= CLEAR_SHARE * positive:
        return "negative"
    return "positive" if positive >= CLEAR_SHARE * negative else None


def _match(text: str) -> re.Match[str] | None:
    return _AMOUNT.fullmatch(" ".join(text.split()).translate(_MINUSES)) if len(text) <= LONGEST else None


def _plain(digits: str, mark: DecimalMark) -> str:
    """`1.234,50` as `1234.50`. Raises ValueError where the marks are not placed as in an amount."""
    grouping = "," if mark == "." else "."
    whole, found, cents = digits.partition(mark)
    groups = whole.split(grouping)
    well_grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and len(groups[-1]) == 3 and all(len(each) in (2, 3) for each in groups[1:-1])
    )
    plain = "".join(groups)
    if not well_grouped or not (plain or cents) or not (plain + cents).isascii() or not (plain + cents).isdigit():
        raise ValueError("no amount")
    return f"{plain or 0}{'.' if found and cents else ''}{cents}"
