"""A file as a table: its encoding, what parts its cells, the row that names the columns, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from budgets.domain.importing.columns import is_header
from core.errors import InvalidInput

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
LONGEST_ROW = 50_000
"""Characters of all cells of a row together; a row is never kept in two parts, and an item has at most 400 KB."""
DELIMITERS = ",;\t|"
LOOKED_AT = 50
"""Rows by which the delimiter is found, and among which the row of names must stand."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; `number` counts all rows from 1, as a spreadsheet shows them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds: the names of its columns, made up where it has none, and its rows without the empty ones."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(content: bytes) -> Sheet:
    """The table in a file of comma-, semicolon-, tab- or bar-separated text: UTF-8, UTF-16, Windows-1252 or Latin-1.

    What stands above the row of names is passed over. Raises InvalidInput at `file` for all that is no such table, of
    more than 5 MB, or of more than 20,000 rows.
    """
    if not content:
        raise _refused("This file is empty. Choose the one that your bank gave you.")
    if len(content) > LARGEST_FILE:
        raise _refused("This file is larger than 5 MB. Export a shorter time, or split it.")
    text = _decoded(content)
    try:
        lines = _lines(text, _delimiter_of(text))
    except csv.Error as error:
        raise _refused(f"The quotation marks of this file do not match: {error}. Export it again.") from error
    if not lines:
        raise _refused("There is no row in this file.")
    if len(lines) > MOST_ROWS + LOOKED_AT:
        raise _too_long()
    sheet = _named(lines)
    if not sheet.lines:
        raise _refused("This file names its columns and has no row below them. Export a time with payments in it.")
    if len(sheet.lines) > MOST_ROWS:
        raise _too_long()
    if len(sheet.header) < 2:
        raise _refused("Only one column was found. Export as CSV, with commas, semicolons or tabs between the cells.")
    if len(sheet.header) > MOST_COLUMNS:
        raise _refused(f"This file has {len(sheet.header)} columns; at most {MOST_COLUMNS} are read.")
    return sheet


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused("This is a workbook of a spreadsheet program. Save it as CSV there, and choose that file.")
    if content.startswith(b"%PDF"):
        raise _refused("This is a PDF. Ask your bank for the payments as CSV.")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise _refused("This is no text file. Export the payments as CSV, in UTF-8 if you are asked.")


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
        cells = tuple(cell.strip() for cell in row)
        if any(cells):
            lines.append(Line(number, cells))
            if len(lines) > MOST_ROWS + LOOKED_AT:
                break
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise _refused(
                f"Row {number} has a cell of more than {LONGEST_CELL:,} characters. "
                "If a quotation mark is left open there, export the file again."
            )
        if len(cells) + sum(map(len, cells)) > LONGEST_ROW:
            raise _refused(f"Row {number} has more than {LONGEST_ROW:,} characters. Export the file again.")
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


def _too_long() -> InvalidInput:
    return _refused(f"This file has more than {MOST_ROWS:,} rows. Export a shorter time, or split it.")


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput({"file": [sentence]})
