"""Tables of figures in time, with hundreds of cells: made here, since a template takes several times as long."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_ROW = '<tr><th scope="row"><time datetime="{}">{}</time></th>{}</tr>'
_CELL = '<td class="num" data-value="{}">{}</td>'


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One row: its time exactly and in the reader's words, and each figure exactly and as text."""

    at: str
    label: str
    figures: tuple[tuple[str, str], ...]


def rows_html(rows: Iterable[SeriesRow]) -> SafeString:
    """The rows of a table's body; a script may read the exact figures from `data-value`."""
    return format_html_join(
        "\n", "{}", ((format_html(_ROW, row.at, row.label, format_html_join("", _CELL, row.figures)),) for row in rows)
    )
