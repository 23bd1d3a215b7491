"""Files as tables: encodings, delimiters, names of columns, and what is refused."""

import codecs

import pytest

from budgets.domain.importing.readers import READERS, read_sheet
from budgets.domain.importing.sheet import LARGEST_FILE, MOST_ROWS, Line
from core.errors import InvalidInput

TEXT = "Date,Description,Amount\n2026-11-20,Café Zoë,-4.50\n2026-11-21,Tea,-3.00\n"
CAFE = Line(2, ("2026-11-20", "Café Zoë", "-4.50"))


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("latin-1"),
        TEXT.encode("cp1252"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.rstrip("\n").encode(),
        TEXT.replace("\n", ",,\n").encode(),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big",
        "utf-16 without mark",
        "latin-1",
        "cp1252",
        "semicolons",
        "tabs",
        "crlf",
        "no end",
        "empty columns",
    ],
)
def test_the_same_table_is_read(content: bytes) -> None:
    sheet = read_sheet(content, READERS)
    assert sheet.header == ("Date", "Description", "Amount")
    assert sheet.lines[0].number == 2
    assert sheet.lines[0].cells[:3] == CAFE.cells
    assert len(sheet.lines) == 2


def test_what_is_above_the_names_is_passed_over_and_rows_keep_their_number() -> None:
    sheet = read_sheet(
        b"Account;DE00 1234\nFrom;1 May\n\nBuchungstag;Betrag;Verwendungszweck\n\n01.05.2026;-1,00;Tea\n", READERS
    )
    assert sheet.header == ("Buchungstag", "Betrag", "Verwendungszweck")
    assert sheet.lines == (Line(6, ("01.05.2026", "-1,00", "Tea")),)


def test_a_file_without_names_has_made_up_ones() -> None:
    sheet = read_sheet(b"2026-11-20,Tea,-3.00\n2026-11-21,Milk,-1.20\n", READERS)
    assert sheet.header == ("Column 1", "Column 2", "Column 3")
    assert len(sheet.lines) == 2


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends() -> None:
    sheet = read_sheet(
        b'Date,Amount,Memo\n2026-11-20,-3.00,"Tea, ""green""\nand milk"\n2026-11-21,-1.00,Tea\n', READERS
    )
    assert sheet.lines[0].cells[2] == 'Tea, "green"\nand milk'
    assert sheet.lines[1].number == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n \n", "no rows"),
        (b"Date,Amount\n", "no rows"),
        (b"hello", "one column|no rows"),
        (b"Date\n2026-11-20\n", "one column"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (bytes(range(256)) * 10, "not a text file"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (codecs.BOM_UTF16_LE + b"a", "not a text file"),
        (b"Date,Amount\n" + b"x" * LARGEST_FILE, "5 MB"),
        (b"Date,Amount\n" + b"2026-11-20,1\n" * (MOST_ROWS + 1), "20,000 rows"),
        (b'Date,Amount\n2026-11-20,"' + b"1\n" * 5000, "quotation mark"),
        (b'Date,Amount\n2026-11-20,"' + b"1\n" * 90000, "quotation mark"),
        (b",".join(b"a" for _ in range(101)) + b"\n" + b",".join(b"1" for _ in range(101)), "101 columns"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_sheet(content, READERS)
    ((sentence,),) = caught.value.errors.values()
    assert list(caught.value.errors) == ["file"]
    assert any(word in sentence for word in says.split("|"))


def test_the_most_rows_are_read() -> None:
    assert len(read_sheet(b"Date,Amount\n" + b"2026-11-20,1\n" * MOST_ROWS, READERS).lines) == MOST_ROWS


@pytest.mark.parametrize("row", [",".join(["x" * 1_900] * 27), "," * 50_001])
def test_a_row_that_no_item_could_hold_is_refused(row: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_sheet(f"{TEXT}{TEXT * 30}{row}\n".encode(), READERS)
    (sentence,) = refused.value.errors["file"]
    assert "Row 94 " in sentence
    assert "50,000" in sentence
