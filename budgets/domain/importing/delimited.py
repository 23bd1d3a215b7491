"""Delimited text: CSV with commas, semicolons, tabs or bars between the cells, as most banks write it."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from budgets.domain.files import refused
from budgets.domain.importing.columns import is_header
from budgets.domain.importing.sheet import MOST_COLUMNS, MOST_ROWS, Line, Sheet, line_of, too_long

DELIMITERS = ",;\t|"
LOOKED_AT = 50
"""Rows by which the delimiter is found, and among which the row of names must be."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """Reads delimited text: UTF-8, UTF-16, Windows-1252 or Latin-1. What is above the row of names is passed over."""

    name: str = "CSV with commas, semicolons or tabs"
    accepts: tuple[str, ...] = (".csv", ".tsv", ".txt", "text/csv", "text/tab-separated-values", "text/plain")

    def recognises(self, content: bytes) -> bool:
        """Every file: it is asked last, and says what is wrong with a file that no reader knows."""
        return True

    def read(self, content: bytes) -> Sheet:
        """The table. Raises InvalidInput at `file` for all that is not such text."""
        text = _decoded(content)
        try:
            lines = _lines(text, _delimiter_of(text))
        except csv.Error as error:
            raise refused(f"The quotation marks of this file do not match: {error}. Export it again.") from error
        if not lines:
            raise refused("This file has no rows.")
        return _named(lines)


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refused("This is a workbook of a spreadsheet program. Save it as CSV there, and choose that file.")
    if content.startswith(b"%PDF"):
        raise refused("This is a PDF. Ask your bank for the payments as CSV.")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise refused("This is not a text file. Export the payments as CSV, in UTF-8 if you are asked.")


def _encodings(content: bytes) -> Iterable[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    some = content[:1000]
    if some.count(0) > len(some) // 4:
        return ("utf-16-le", "utf-16-be") if some[1::2].count(0) > some[::2].count(0) else ("utf-16-be", "utf-16-le")
    return ("utf-8", "cp1252", "latin-1")


def _delimiter_of(text: str) -> str:
    """The one by which most of the first rows have equally many cells, more than one."""

    def agreement(delimiter: str) -> tuple[int, int]:
        rows = islice((row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row), LOOKED_AT)
        (width, times), *_ = Counter(len(row) for row in rows).most_common(1) or [(0, 0)]
        return (times, width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=agreement)


def _lines(text: str, delimiter: str) -> list[Line]:
    lines: list[Line] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        line = line_of(number, row)
        if any(line.cells):
            lines.append(line)
            if len(lines) > MOST_ROWS + LOOKED_AT:
                raise too_long()
    return lines


def _named(lines: Sequence[Line]) -> Sheet:
    for place, line in enumerate(lines[:LOOKED_AT]):
        if is_header(line.cells[:MOST_COLUMNS]):
            return Sheet(_trimmed(line.cells), tuple(lines[place + 1 :]))
    width = Counter(len(line.cells) for line in lines).most_common(1)[0][0]
    place = next(place for place, line in enumerate(lines) if len(line.cells) == width)
    if any(_DIGIT.search(cell) for cell in lines[place].cells):
        return Sheet(tuple(f"Column {number}" for number in range(1, width + 1)), tuple(lines[place:]))
    return Sheet(_trimmed(lines[place].cells), tuple(lines[place + 1 :]))


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, without the empty ones that a delimiter at the end of each row makes."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(cell[:100] or f"Column {number}" for number, cell in enumerate(kept, 1))
