"""A report as PDF: the figures of its page, in the same words."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO

from budgets.domain.expense import Expense
from budgets.domain.report import PeriodLine, Report
from budgets.pdf import fonts
from budgets.pdf.document import Document, Row
from budgets.presentation import before_words, called, day_words, days_words
from core.presentation import numbers

LONGEST_NAME = 90
"""Characters of what an expense is called; the whole is on its page."""
DASH = "\u2013"


def report_pdf(report: Report, *, username: str, made_at: datetime, made_on: date) -> bytes:
    """The report as a PDF of A4 pages whose text can be selected; `made_on` is the user's day at that time."""
    title = f"Spending, {days_words(report.days)}"
    names = [name_of(expense) for expense in (*report.largest, *report.refunds)]
    texts = [username, *names, *(line.category for line in report.categories)]
    document = Document(title, f"CryptoPulse {DASH} {username} {DASH} {title}", made_at, texts)
    document.title_line(title)
    document.words(
        f"All amounts in {report.currency.upper()}, after refunds. Made on {day_words(made_on)}.", quiet=True
    )
    document.heading("Summary")
    document.table_of((3, 2), "LR", [("", "Amount"), *_summary(report)])
    if report.categories:
        _add_categories(document, report)
    if report.total.count:
        _add_periods(document, report)
        _add_expenses(document, "Largest expenses", report.largest)
        _add_expenses(document, "Largest refunds", report.refunds)
    if any(fonts.MISSING in fonts.writable(text) for text in texts):
        document.ln(4)
        document.words(f"{fonts.MISSING} replaces a character that the fonts of this file do not have.", quiet=True)
    return document.content()


def report_text(_file: IO[bytes], folder: str, report: Report, username: str, made_at: datetime, made_on: date) -> str:
    """`report_pdf` as base64, made in a child (`core.sandbox`) from fonts in this folder. No file is read."""
    with fonts.in_folder(Path(folder)):
        return b64encode(report_pdf(report, username=username, made_at=made_at, made_on=made_on)).decode()


def warm_up() -> None:
    """What the template does once for all children."""
    fonts.warm_up()


def name_of(expense: Expense) -> str:
    """What an expense is called, cut where that is very long."""
    name = called(expense)
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}\u2026"


def _summary(report: Report) -> Iterator[Row]:
    total = report.total
    yield "Spent", numbers.money(total.spent)
    yield f"Paid in {_counted(total.expenses, 'expense')}", numbers.money(total.paid)
    yield f"Refunded in {_counted(total.refunds, 'refund')}", numbers.money(total.refunded)
    yield "Average per day", numbers.money(report.a_day)
    if report.budgeted is not None:
        yield "Budgeted", numbers.money(report.budgeted)
        yield "Spent of the budgets", numbers.money(report.budgeted_spent)
    yield f"Spent in {before_words(report.days)} ({days_words(report.days.before)})", numbers.money(report.before_spent)
    yield "Change", _signed(report.change)
    if report.change_percent is not None:
        yield "Change in percent", numbers.signed(numbers.percent(report.change_percent, 1), report.change_percent)


def _add_categories(document: Document, report: Report) -> None:
    document.heading("By category")
    budgets = report.budgeted is not None
    head = ("Category", "Spent", *(("Budget", "Left", "Used") if budgets else ()), "Before", "Change")
    rows = [
        (
            line.category,
            numbers.money(line.figures.spent),
            *((_or_dash(line.budget), _or_dash(line.left), _percent(line.percent)) if budgets else ()),
            numbers.money(line.before),
            _signed(line.change),
        )
        for line in report.categories
    ]
    total = (
        "Total",
        numbers.money(report.total.spent),
        *((_or_dash(report.budgeted), "", "") if budgets else ()),
        numbers.money(report.before_spent),
        _signed(report.change),
    )
    widths = (30, 16, 15, 15, 13, 15, 16) if budgets else (40, 20, 20, 20)
    document.table_of(widths, "L" + "R" * (len(widths) - 1), [head, *rows, total], total=True)


def _add_periods(document: Document, report: Report) -> None:
    parts: tuple[tuple[str, str, Sequence[PeriodLine]], ...] = (
        ("By week", "Days", report.weeks),
        ("By day", "Day", report.by_day),
    )
    for heading, name, lines in parts:
        document.heading(heading)
        rows = [(_period(line), str(line.figures.count), numbers.money(line.figures.spent)) for line in lines]
        total = ("Total", str(report.total.count), numbers.money(report.total.spent))
        document.table_of((4, 2, 2), "LRR", [(name, "Expenses and refunds", "Spent"), *rows, total], total=True)


def _add_expenses(document: Document, heading: str, expenses: Sequence[Expense]) -> None:
    if not expenses:
        return
    document.heading(heading)
    rows = [(name_of(each), each.category, day_words(each.day), numbers.money(abs(each.amount))) for each in expenses]
    document.table_of((42, 24, 17, 17), "LLRR", [("Expense", "Category", "Day", "Amount"), *rows])


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _period(line: PeriodLine) -> str:
    return day_words(line.first) if line.first == line.last else f"{day_words(line.first)} to {day_words(line.last)}"


def _signed(value: Decimal) -> str:
    return numbers.signed(numbers.money(value), value)


def _or_dash(value: Decimal | None) -> str:
    return DASH if value is None else numbers.money(value)


def _percent(value: Decimal | None) -> str:
    return DASH if value is None else numbers.percent(value, 1)
