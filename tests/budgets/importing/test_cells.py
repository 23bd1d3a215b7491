"""Dates and amounts as banks write them."""

from datetime import date
from decimal import Decimal

import pytest

from budgets.domain.importing.amounts import DecimalMark, amount_in, mark_of, spending_of
from budgets.domain.importing.dates import DateOrder, day_in, order_of


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-11-20", "dmy", date(2026, 11, 20)),
        ("2026/11/20 09:30:00", "mdy", date(2026, 11, 20)),
        ("2026-11-20T09:30:00.000Z", "dmy", date(2026, 11, 20)),
        ("20261120", "mdy", date(2026, 11, 20)),
        ("05.06.2026", "dmy", date(2026, 6, 5)),
        ("05/06/2026", "mdy", date(2026, 5, 6)),
        ("5-6-26", "dmy", date(2026, 6, 5)),
        ("26.06.05", "ymd", date(2026, 6, 5)),
        ("01/02/99", "dmy", date(1999, 2, 1)),
        ("20 Nov 2026", "mdy", date(2026, 11, 20)),
        ("20-Nov-26", "mdy", date(2026, 11, 20)),
        ("Nov 20, 2026", "dmy", date(2026, 11, 20)),
        ("November 5 2026", "dmy", date(2026, 11, 5)),
        ("20. 11. 2026", "dmy", date(2026, 11, 20)),
    ],
)
def test_a_day_is_read(text: str, order: DateOrder, day: date) -> None:
    assert day_in(text, order) == day


@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_a_cell_longer_than_any_day_is_not_searched_for_one(order: DateOrder) -> None:
    assert day_in("2026-11-20" + " " * 65 + "10:00", order) == date(2026, 11, 20)
    for cell in ("2026-11-20" + " " * 66 + "10:00", "T" * 2_000, "1" + " " * 1_998 + "x"):
        with pytest.raises(ValueError, match="no date"):
            day_in(cell, order)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31/02/2026", "2026-13-01", "13/13/2026", "1/1/126", "20 Xyz 2026", "=TODAY()", "45000"]
)
@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_what_is_no_day_is_refused(text: str, order: DateOrder) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        day_in(text, order)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["01/02/2026", "03/04/2026"], None),
        (["05/05/2026", "06.06.2026"], "dmy"),
        (["2026-01-02", "2026-03-04"], "dmy"),
        (["01/02/2026", "13/02/2026", "pending"], "dmy"),
        (["26-11-20", "26-11-21"], None),
        (["26-11-30", "26-12-31"], "ymd"),
        ([], "dmy"),
    ],
)
def test_the_order_is_found_in_all_dates_or_asked(cells: list[str], order: DateOrder | None) -> None:
    assert order_of(cells, date(2027, 11, 21)) == order


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("12.50", ".", "12.50"),
        ("-12.5", ".", "-12.50"),
        ("−12,50", ",", "-12.50"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("12,34,567.89", ".", "1234567.89"),
        ("1 234,56 €", ",", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("CHF 1’234.50", ".", "1234.50"),
        ("$-3.00", ".", "-3.00"),
        ("-$3.00", ".", "-3.00"),
        ("(4.20)", ".", "-4.20"),
        ("4.20-", ".", "-4.20"),
        ("4.20 DR", ".", "-4.20"),
        ("4.20 CR", ".", "4.20"),
        ("4.20 EUR", ".", "4.20"),
        ("1.000", ",", "1000.00"),
        ("7.5000", ".", "7.50"),
        (".99", ".", "0.99"),
        ("0", ".", "0.00"),
    ],
)
def test_an_amount_is_read(text: str, mark: DecimalMark, amount: str) -> None:
    assert amount_in(text, mark) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "Order 1234",
        "=1+2",
        "=12",
        "1.2.3",
        "12.345",
        "1,23.45",
        "--5",
        "(5",
        "-(5)",
        "1e5",
        "NaN",
        "٣.٥",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        amount_in(text, ".")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["12.50", "1,000.00"], "."),
        (["12,50", "1.000,00"], ","),
        (["1.000", "2.000"], ","),
        (["1,000", "2,000"], "."),
        (["1.000", "12,5"], ","),
        (["12", "13"], "."),
        (["", "text"], "."),
    ],
)
def test_the_decimal_mark_is_found_in_all_amounts(cells: list[str], mark: DecimalMark) -> None:
    assert mark_of(cells) == mark


@pytest.mark.parametrize(
    ("amounts", "spending"),
    [
        (["-1", "-2", "3"], "negative"),
        (["1", "2", "-3"], "positive"),
        (["1", "-2"], None),
        (["1", "1", "-2", "-3", "1"], None),
        (["5"], "positive"),
        ([], "negative"),
    ],
)
def test_the_sign_of_spending_is_that_of_clearly_most_or_asked(amounts: list[str], spending: str | None) -> None:
    assert spending_of(Decimal(amount) for amount in amounts) == spending
