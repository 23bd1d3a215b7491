"""A bank file from its bytes to its rows, in one function without a store: it is called in a process of its own.

What goes back is plain values (`core.sandbox`), of which `Reading.of` makes rows again.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any

from budgets.domain.expense import last_day_allowed
from budgets.domain.importing.layout import Layout, LayoutDraft, layout_of
from budgets.domain.importing.packing import list_of, packed, row_of
from budgets.domain.importing.readers import Reader, read_sheet
from budgets.domain.importing.rows import Row, rows_of
from budgets.domain.importing.sheet import Line, Sheet


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Whose file it is: the names of their categories, their day, and the code of their home currency."""

    categories: tuple[str, ...]
    today: date
    currency: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a file.

    header: names of its columns. count: how many rows it has. layout: how it is read. rows: what each row says, beside
    nothing that is stored; None where the layout has questions. parts: its rows as they were written, packed; none
    where they are kept already.
    """

    header: tuple[str, ...]
    count: int
    layout: Layout
    rows: list[Row] | None
    parts: tuple[bytes, ...]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Reading:
        """The reading of which `read_file` or `read_again` returned the plain values."""
        return cls(
            header=tuple(plain["header"]),
            count=plain["count"],
            layout=Layout(**plain["layout"]),
            rows=None if plain["rows"] is None else [row_of(each) for each in plain["rows"]],
            parts=tuple(b64decode(part) for part in plain["parts"]),
        )


def read_file(
    file: IO[bytes], readers: Sequence[Reader], draft: LayoutDraft, circumstances: Circumstances
) -> dict[str, Any]:
    """Read an uploaded file. Raises InvalidInput at `file` or at the draft, as `read_sheet` and `layout_of` do."""
    sheet = read_sheet(file.read(), readers)
    lines = [[line.number, *line.cells] for line in sheet.lines]
    return _read(sheet, draft, circumstances) | {"parts": [b64encode(part).decode() for part in packed(lines)]}


def read_again(
    file: IO[bytes], header: tuple[str, ...], draft: LayoutDraft, circumstances: Circumstances
) -> dict[str, Any]:
    """Read the parts of a file that is kept, one after the other. Raises InvalidInput at the draft."""
    lines = tuple(Line(number, tuple(cells)) for number, *cells in _lists_in(file.read()))
    return _read(Sheet(header, lines), draft, circumstances) | {"parts": []}


def _read(sheet: Sheet, draft: LayoutDraft, circumstances: Circumstances) -> dict[str, Any]:
    names, today = circumstances.categories, circumstances.today
    layout = layout_of(sheet, draft, names=names, latest=last_day_allowed(today))
    rows = None
    if not layout.questions():
        rows = [
            list_of(row) for row in rows_of(sheet, layout, names=names, today=today, currency=circumstances.currency)
        ]
    return {"header": sheet.header, "count": len(sheet.lines), "layout": asdict(layout), "rows": rows}


def _lists_in(content: bytes) -> Iterator[list[Any]]:
    """The rows of parts one after the other; each is a zlib stream that says where it ends."""
    while content:
        stream = zlib.decompressobj()
        yield from json.loads(stream.decompress(content))
        content = stream.unused_data
