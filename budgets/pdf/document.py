"""A document of A4 pages, each with one line at its head and its number at its foot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from budgets.pdf import fonts

INK, QUIET, LINE = (23, 25, 28), (96, 101, 110), (214, 217, 222)
BODY, SMALL, HEADING, TITLE = 9.5, 8, 12, 20
"""Sizes of letters, in points."""
MARGIN, ROW = 18, 6
"""In millimetres."""

Row = Sequence[str]


class Document(FPDF):
    """Pages to which headings, lines and tables are added from top to bottom."""

    def __init__(self, title: str, head: str, made_at: datetime, texts: Sequence[str]) -> None:
        super().__init__(format="A4")
        self._head = fonts.writable(head)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN + 4)
        self.set_title(title)
        self.set_creator("CryptoPulse")
        self.set_lang("en-GB")
        self.set_creation_date(made_at)
        for style in ("", "B"):
            self.add_font(fonts.FAMILY, style, fonts.path_of(style))
        if fonts.needs_cjk(texts):
            self.add_font(fonts.FAMILY_FOR_CJK, "", fonts.path_for_cjk())
            self.set_fallback_fonts([fonts.FAMILY_FOR_CJK], exact_match=False)
        # figures of one width are below each other
        self.set_text_shaping(use_shaping_engine=True, features={"tnum": True, "kern": True})
        self.add_page()

    def header(self) -> None:
        """What every page says at its head."""
        self._letters(SMALL, QUIET)
        self.cell(0, 5, self._head, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(*LINE)
        self.line(MARGIN, self.get_y() + 1, self.w - MARGIN, self.get_y() + 1)
        self.ln(5)

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-MARGIN)
        self._letters(SMALL, QUIET)
        self.cell(0, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def title_line(self, text: str) -> None:
        """The name of the document."""
        self._letters(TITLE, INK, "B")
        self.multi_cell(0, 10, fonts.writable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def heading(self, text: str) -> None:
        """The name of a part; never alone at the foot of a page."""
        if self.will_page_break(6 * ROW):
            self.add_page()
        self.ln(5)
        self._letters(HEADING, INK, "B")
        self.cell(0, 8, fonts.writable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def words(self, text: str, *, quiet: bool = False) -> None:
        """A paragraph."""
        self._letters(BODY, QUIET if quiet else INK)
        self.multi_cell(0, 5.5, fonts.writable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def table_of(self, widths: Sequence[int], align: str, rows: Sequence[Row], *, total: bool = False) -> None:
        """A table; the first row is its head, repeated on each page, the last one a sum where `total` says so.

        widths: of the columns, in proportion. align: of each column, `L` or `R`.
        """
        self._letters(BODY, INK)
        self.set_draw_color(*LINE)
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple(align),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="", color=QUIET, size_pt=SMALL),
            line_height=5,
            padding=(0.6, 0.8),
        ) as table:
            for number, row in enumerate(rows):
                strong = FontFace(emphasis="BOLD") if total and number == len(rows) - 1 else None
                line = table.row(style=strong)
                for text in row:
                    line.cell(fonts.writable(text))

    def content(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

    def _letters(self, size: float, colour: tuple[int, int, int], style: Any = "") -> None:
        self.set_font(fonts.FAMILY, style, size)
        self.set_text_color(*colour)
