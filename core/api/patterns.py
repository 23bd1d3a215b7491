"""Regular expressions of the description: what a text must look like, the same in JavaScript, Python and Rust.

Each is anchored and says all that is asked of the form of a value, so that what matches is never refused for its form.
"""

from decimal import Decimal

_SPACES = r"\x09-\x0d\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
NUL = r"\x00"
NOT_IN_A_LINE = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
"""Control characters; those that count as white space become spaces."""
NOT_IN_LINES = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""Control characters but for tabs and ends of lines."""
UUID7 = "^[0-9a-d][0-9a-f]{7}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
"""Of a time before the year 9774: each is one that the calendar has."""
MONTH = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"
_YEAR = "(19[7-9][0-9]|[2-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])"
_DAY = f"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
DAY = f"^{_DAY}$"
"""A day from 1970 to 9998, which a user's own time zone cannot move out of the calendar."""
MOMENT = rf"^{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{1,9}})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
PRINTABLE_ASCII = "^[!-~]([ -~]*[!-~])?$"


def text(refused: str, *, allow_blank: bool, trimmed: bool = True) -> str:
    """Text without the characters of the class `refused`; unless blank is allowed, with one that is not white space."""
    if allow_blank:
        return f"^[^{refused}]*$"
    if not trimmed:
        return f"^[^{refused}]+$"
    return f"^[^{refused}]*[^{refused}{_SPACES}][^{refused}]*$"


def number(places: int, *, least: Decimal | None, above: Decimal | None, most: Decimal) -> str:
    """Decimal numbers with this many places at most, within bounds.

    A lower bound is one of zero, above zero, and one; `most` is a power of ten, and so is the most below zero.
    """
    decimals = rf"(\.[0-9]{{1,{places}}})?"
    none = rf"(\.0{{1,{places}}})?"
    below = f"[0-9]{{1,{most.adjusted()}}}{decimals}"
    largest = f"{most:f}{none}"
    if least == 1:
        below = f"[1-9][0-9]{{0,{most.adjusted() - 1}}}{decimals}"
    start = "^" if least is not None else "^-?"
    if above is not None:
        start = "^(?=.*[1-9])"
    return f"{start}({below}|{largest})$"
