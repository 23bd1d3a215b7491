"""Rows as expenses, credits, duplicates and errors, by what the columns say."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.categories import CATEGORIES
from budgets.domain.importing.layout import Layout, LayoutDraft, layout_of
from budgets.domain.importing.readers import READERS, read_sheet
from budgets.domain.importing.rows import Row, rows_of, unknown_categories
from core.errors import InvalidInput

TODAY = date(2026, 11, 21)


def read(text: str, draft: LayoutDraft | None = None, own: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a file, of a user with dollars."""
    sheet = read_sheet(text.encode(), READERS)
    layout = layout_of(sheet, draft or LayoutDraft(), names=(*CATEGORIES, *own), latest=TODAY)
    assert not layout.questions()
    return rows_of(sheet, layout, names=(*CATEGORIES, *own), today=TODAY, currency="usd")


def proposed(text: str) -> Layout:
    """What a file suggests by itself."""
    return layout_of(read_sheet(text.encode(), READERS), LayoutDraft(), names=CATEGORIES, latest=TODAY)


def problems(row: Row) -> dict[str, str]:
    """What is wrong with a row."""
    return {problem.field: problem.reason for problem in row.problems}


@pytest.mark.parametrize(
    "text",
    [
        "Date,Description,Amount\n2026-11-13,Tea,-3.50\n2026-11-14,Pay,4.00\n2026-11-15,Milk,-1.00\n",
        "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n"
        "11/13/2026,11/14/2026,Tea,,Sale,-3.50,\n11/14/2026,11/15/2026,Pay,,Return,4.00,\n"
        "11/15/2026,11/16/2026,Milk,,Sale,-1.00,\n",
        "Date,Narrative,Money Out,Money In\n13/11/2026,Tea,3.50,\n14/11/2026,Pay,,4.00\n15/11/2026,Milk,1.00,0.00\n",
        "Buchungstag;Verwendungszweck;Betrag\n13.11.2026;Tea;-3,50\n14.11.2026;Pay;4,00\n15.11.2026;Milk;-1,00\n",
        "Datum;Naam / Omschrijving;Af Bij;Bedrag (EUR)\n20261113;Tea;Af;3,50\n20261114;Pay;Bij;4,00\n"
        "20261115;Milk;Af;1,00\n",
        "Date\tPayee\tAmount\n13 Nov 2026\tTea\t3.50\n14 Nov 2026\tPay\t-4.00\n15 Nov 2026\tMilk\t1.00\n",
    ],
    ids=["one amount", "two dates", "money out and in", "German", "Dutch", "card with positive spending"],
)
def test_files_of_banks_say_the_same(text: str) -> None:
    tea, pay, milk = read(text)
    assert (tea.day, tea.amount, tea.state, tea.title) == (date(2026, 11, 13), Decimal("3.50"), "new", "Tea")
    assert (pay.day, pay.amount, pay.state) == (date(2026, 11, 14), Decimal("-4.00"), "credit")
    assert (milk.amount, milk.category) == (Decimal("1.00"), "Other")


def test_all_errors_of_a_row_are_reported_at_once_with_what_is_there() -> None:
    good, bad = read("Date,Amount,Category,Currency\n2026-11-20,-5.00,food & dining,USD\nsoon,=2+3,Gnomes,EUR\n")
    assert (good.state, good.category) == ("new", "Food & Dining")
    assert (bad.number, bad.state, bad.key) == (3, "error", "")
    assert set(problems(bad)) == {"date", "amount", "category", "currency"}
    assert "soon" in problems(bad)["date"]
    assert "=2+3" in problems(bad)["amount"]
    assert bad.title == "soon | =2+3 | Gnomes | EUR"


def test_what_an_expense_may_not_be_is_an_error_of_its_row() -> None:
    rows = read("Date,Amount\n1969-12-31,-1\n2027-11-22,-1\n2026-11-20,0\n2026-11-20,-9999999999999\n2026-11-20,\n")
    assert [next(iter(problems(row))) for row in rows] == ["date", "date", "amount", "amount", "amount"]


def test_formulas_are_text_and_long_text_is_cut() -> None:
    formula, long = read(f'Date,Amount,Description\n2026-11-20,-5.00,"=HYPERLINK(""x"")"\n2026-11-20,-5,{"é" * 700}\n')
    assert formula.description == '=HYPERLINK("x")'
    assert len(long.description) == 500
    assert long.state == "new"


def test_emoji_of_several_signs_stay_whole_and_control_characters_go() -> None:
    (row,) = read('Date,Amount,Payee,Memo\n2026-11-20,-5.00,Café 👩‍👩‍👧,"two\nlines \x85 of it"\n')
    assert (row.merchant, row.description, row.state) == ("Café 👩‍👩‍👧", "two lines of it", "new")


def test_rows_longer_and_shorter_than_the_names_are_reported() -> None:
    shorter, longer = read("Date,Amount,Note\n2026-11-20,-5.00\n2026-11-20,-5.00,a,b\n")
    assert shorter.state == "new"
    assert list(problems(longer)) == ["row"]


def test_an_unknown_category_is_an_error_until_it_is_mapped_or_the_default_is_chosen() -> None:
    text = "Date,Amount,Category\n2026-11-20,-5.00,Groceries\n2026-11-20,-5.00,PETS\n2026-11-20,-6.00,\n"
    assert [row.state for row in read(text, own=("Pets",))] == ["error", "new", "new"]
    mapped = LayoutDraft(categories={"Groceries": "Food & Dining"}, default_category="Travel")
    assert [row.category for row in read(text, mapped, own=("Pets",))] == ["Food & Dining", "Pets", "Travel"]
    default = LayoutDraft(unknown_category="default")
    assert [row.category for row in read(text, default, own=("Pets",))] == ["Other", "Pets", "Other"]
    sheet = read_sheet(text.encode(), READERS)
    layout = layout_of(sheet, LayoutDraft(), names=(*CATEGORIES, "Pets"), latest=TODAY)
    assert unknown_categories(sheet, layout, (*CATEGORIES, "Pets")) == ["Groceries"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Date,Amount\n01/02/2026,-1\n02/03/2026,-2\n", {"date_order"}),
        ("Date,Amount\n2026-02-01,-1\n2026-02-01,2\n", {"spending"}),
        ("When,How much\n2026-02-01,-1\n", {"date", "amount"}),
        ("Date,Debit,Credit\n2026-02-01,1,\n2026-02-01,,2\n", set()),
    ],
)
def test_what_the_file_leaves_open_is_asked(text: str, asked: set[str]) -> None:
    assert set(proposed(text).questions()) == asked


def test_what_the_user_says_comes_before_what_the_file_suggests() -> None:
    text = "When,How much,Who\n01/02/2026,1.000,Tea\n"
    layout = LayoutDraft(
        columns={"date": 0, "amount": 1, "merchant": 2}, date_order="mdy", decimal_mark=",", spending="positive"
    )
    (row,) = read(text, layout)
    assert (row.day, row.amount, row.merchant) == (date(2026, 1, 2), Decimal("1000.00"), "Tea")


@pytest.mark.parametrize(
    ("layout", "field"),
    [
        (LayoutDraft(columns={"date": 9}), "date"),
        (LayoutDraft(columns={"date": 0, "amount": 0}), "columns"),
        (LayoutDraft(columns={"date": 0, "amount": 1, "debit": 2}), "columns"),
        (LayoutDraft(columns={"price": 1}), "price"),  # type: ignore[dict-item]
        (LayoutDraft(date_order="ydm"), "date_order"),  # type: ignore[arg-type]
        (LayoutDraft(default_category="Gnomes"), "default_category"),
        (LayoutDraft(categories={"x": "Gnomes"}), "categories"),
    ],
)
def test_a_layout_that_makes_no_sense_is_refused(layout: LayoutDraft, field: str) -> None:
    sheet = read_sheet(b"Date,Amount,Note\n2026-11-20,-1,x\n", READERS)
    with pytest.raises(InvalidInput) as caught:
        layout_of(sheet, layout, names=CATEGORIES, latest=TODAY)
    assert list(caught.value.errors) == [field]


def test_two_equal_rows_have_two_keys_the_same_in_every_file() -> None:
    coffee = "2026-11-20,Coffee,-2.50\n"
    once, twice = read(f"Date,Payee,Amount\n{coffee}"), read(f"Date,Payee,Amount\n{coffee}{coffee}")
    assert [row.state for row in twice] == ["new", "new"]
    assert twice[0].key != twice[1].key
    assert once[0].key == twice[0].key


def test_the_same_payment_has_the_same_key_however_the_bank_writes_it() -> None:
    (one,) = read("Date,Payee,Amount\n2026-11-20,CAFE  Nord-West,-2.50\n")
    (other,) = read("Amount;Date;Payee\n-2,5;20.11.2026;Cafe Nord West\n")
    assert one.key == other.key


def test_the_banks_id_is_the_key_whatever_else_changes() -> None:
    (pending,) = read("Date,Payee,Amount,Transaction ID\n2026-11-20,Pending: cafe,-2.50,T1\n")
    (booked,) = read("Date,Payee,Amount,Transaction ID\n2026-11-21,Cafe,-2.50,T1\n")
    assert pending.key == booked.key


def test_an_id_that_comes_twice_is_one_payment_and_one_beside_different_payments_is_none() -> None:
    head, tea = "Date,Payee,Amount,Transaction ID\n", "2026-11-20,Tea,-2.50,T1\n"
    assert [row.state for row in read(f"{head}{tea}{tea}")] == ["new", "duplicate"]
    several = read(f"{head}{tea}2026-11-20,Milk,-2.50,T1\n2026-11-20,Tea,-2.50,T1\n")
    assert [row.state for row in several] == ["new", "new", "new"]
    assert several[0].key == read("Date,Payee,Amount\n2026-11-20,Tea,-2.50\n")[0].key


days = st.dates(date(2026, 1, 13), date(2026, 11, 21)).map(lambda day: f"{day:%d.%m.%Y}")
payments = st.tuples(days, st.sampled_from(["Tea", "Milk", "Rent"]), st.integers(1, 3).map(lambda n: f"{n},50"))


@given(st.lists(payments, min_size=1, max_size=40), st.randoms())
def test_the_rows_survive_as_often_as_they_occur_and_in_any_order_with_the_same_keys(
    rows: list[tuple[str, str, str]], random: object
) -> None:
    def text(some: list[tuple[str, str, str]]) -> str:
        return "Datum;Tegenpartij;Debit;Credit\n" + "".join(f"{day};{who};{sum_};\n" for day, who, sum_ in some)

    layout = LayoutDraft(date_order="dmy")
    first = read(text(rows), layout)
    random.shuffle(rows)  # type: ignore[attr-defined]
    again = read(text(rows), layout)
    assert {row.state for row in first} == {"new"}
    assert len({row.key for row in first}) == len(rows)
    assert {row.key for row in first} == {row.key for row in again}
    said = Counter((row.merchant, row.amount) for row in first)
    assert said == Counter((who, Decimal(sum_.replace(",", "."))) for _, who, sum_ in rows)
