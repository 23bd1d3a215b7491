"""A file as a table: the names of its columns and its rows, within what an import takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from budgets.domain.files import refused
from core.errors import InvalidInput

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
LONGEST_ROW = 50_000
"""Characters of all cells of a row together; a row is never kept in two parts, and an item has at most 400 KB."""


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

    def check(self) -> None:
        """Raises InvalidInput at `file` where it has no row, fewer than 2 columns, or more of either than is taken."""
        if not self.lines:
            raise refused("This file has column names but no rows. Export a period with payments.")
        if len(self.lines) > MOST_ROWS:
            raise too_long()
        if len(self.header) < 2:
            raise refused(
                "Only one column was found. Export as CSV, with commas, semicolons or tabs between the cells."
            )
        if len(self.header) > MOST_COLUMNS:
            raise refused(f"This file has {len(self.header)} columns; at most {MOST_COLUMNS} are read.")


def line_of(number: int, cells: Iterable[str]) -> Line:
    """A row of these cells, without space around them. Raises InvalidInput at `file` where it is too long."""
    line = Line(number, tuple(cell.strip() for cell in cells))
    if any(len(cell) > LONGEST_CELL for cell in line.cells):
        raise refused(
            f"Row {number} has a cell of more than {LONGEST_CELL:,} characters. "
            "If a quotation mark is left open there, export the file again."
        )
    if len(line.cells) + sum(map(len, line.cells)) > LONGEST_ROW:
        raise refused(f"Row {number} has more than {LONGEST_ROW:,} characters. Export the file again.")
    return line


def too_long() -> InvalidInput:
    """The error of a file with more rows than are taken."""
    return refused(f"This file has more than {MOST_ROWS:,} rows. Export a shorter period, or split it.")
