"""What each row of a file says: an expense, a credit, or what is wrong with it; and the key that recognises it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from budgets.domain.categories import same_name
from budgets.domain.expense import LONGEST_DESCRIPTION, LONGEST_MERCHANT, ExpenseDraft
from budgets.domain.importing.amounts import LONGEST, amount_in
from budgets.domain.importing.columns import Role
from budgets.domain.importing.dates import IN_WORDS, day_in
from budgets.domain.importing.layout import Layout
from budgets.domain.importing.sheet import Line, Sheet
from core.errors import InvalidInput
from core.money import ZERO

State = Literal["new", "duplicate", "alike", "credit", "error"]
STATES: tuple[State, ...] = ("new", "duplicate", "alike", "credit", "error")
DUPLICATE: State = "duplicate"
"""An earlier import added this row, or an earlier row of this file is the same payment."""
POSSIBLE_DUPLICATE: State = "alike"
"""An expense entered by hand has its day and amount."""

SPENT_WORDS = frozenset({"d", "dr", "debit", "dbit", "debet", "af", "soll", "s", "out", "withdrawal", "-"})
CREDIT_WORDS = frozenset({"c", "cr", "credit", "crdt", "bij", "haben", "h", "in", "deposit", "+"})
_NO_LETTER = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be read: the field, and a sentence that says what is there or what to do."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file.

    number: its place in the file, from 1. amount: above zero for spending, below for a credit. key: the mark by which
    the same row of another file is recognised; empty for a row with problems. expense_id: of a duplicate the expense
    that it became, of a possible duplicate the one entered by hand. text: the cells, where there are problems.
    """

    number: int
    state: State
    day: date | None = None
    amount: Decimal = ZERO
    category: str = ""
    description: str = ""
    merchant: str = ""
    key: str = ""
    expense_id: str = ""
    problems: tuple[Problem, ...] = ()
    text: str = ""

    @property
    def is_credit(self) -> bool:
        return self.amount < 0

    @property
    def title(self) -> str:
        """Who was paid or what for; the text of the row, where it could not be read."""
        return self.merchant or self.description or self.text

    def draft(self) -> ExpenseDraft:
        """The expense or refund that it becomes; only of a row without problems."""
        assert self.day is not None
        return ExpenseDraft(
            abs(self.amount), self.category, self.day, self.description, self.merchant, refund=self.is_credit
        )

    def duplicating(self, expense_id: str, *, certain: bool) -> Row:
        """The row as a duplicate, or possible duplicate, of an expense."""
        return replace(self, state=DUPLICATE if certain else POSSIBLE_DUPLICATE, expense_id=expense_id)


def rows_of(sheet: Sheet, layout: Layout, *, names: Collection[str], today: date, currency: str) -> list[Row]:
    """Every row of the file, read by a layout without open questions, with all that is wrong in it.

    `names` are the user's categories, `today` is the user's day and `currency` their home currency. No row is compared
    with what is stored: those without problems are new or credits.
    """
    reader = _Reader(sheet, layout, names, today, currency.upper())
    return list(_with_keys(reader.rows(), reader.identifiers()))


def unknown_categories(sheet: Sheet, layout: Layout, names: Collection[str]) -> list[str]:
    """Names in the column of categories that are not the user's and not mapped yet, in the order of the file."""
    place = layout.columns.get("category")
    if place is None:
        return []
    found = dict.fromkeys(line.cells[place].strip() for line in sheet.lines if place < len(line.cells))
    known = {*layout.categories, *(name.casefold() for name in names)}
    return [name for name in found if name and name.casefold() not in known]


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, names: Collection[str], today: date, currency: str) -> None:
        self._sheet = sheet
        self._layout = layout
        self._names = names
        self._today = today
        self._currency = currency

    def rows(self) -> Iterator[Row]:
        """Every row, without keys."""
        for line in self._sheet.lines:
            yield self._row(line)

    def identifiers(self) -> Mapping[int, str]:
        """By the number of a row, the bank's own id of it."""
        if "identifier" not in self._layout.columns:
            return {}
        return {line.number: found for line in self._sheet.lines if (found := self._cell(line, "identifier"))}

    def _row(self, line: Line) -> Row:
        problems: list[Problem] = []
        if any(line.cells[len(self._sheet.header) :]):
            problems.append(
                Problem(
                    "row", f"It has {len(line.cells)} cells, but the file has {len(self._sheet.header)} column names."
                )
            )
        day = self._day(line, problems)
        amount = self._amount(line, problems)
        category = self._category(line, problems)
        self._check_currency(line, problems)
        row = Row(
            number=line.number,
            state="credit" if amount < 0 else "new",
            day=day,
            amount=amount,
            category=category,
            description=short(self._cell(line, "description"), LONGEST_DESCRIPTION),
            merchant=short(self._cell(line, "merchant"), LONGEST_MERCHANT),
        )
        if not problems:
            try:
                row.draft().check(categories=self._names, today=self._today)
            except InvalidInput as error:
                problems += [Problem(name, sentence) for name, said in error.errors.items() for sentence in said]
        if problems:
            return replace(row, state="error", problems=tuple(problems), text=short(" | ".join(line.cells), 200))
        return row

    def _day(self, line: Line, problems: list[Problem]) -> date | None:
        text, order = self._cell(line, "date"), self._layout.date_order
        assert order is not None
        try:
            return day_in(text, order)
        except ValueError:
            wrong = f"“{short(text, LONGEST)}” is not a date, read as {IN_WORDS[order]}."
            reason = wrong if text else "It has no date."
            problems.append(Problem("date", reason))
            return None

    def _amount(self, line: Line, problems: list[Problem]) -> Decimal:
        if self._layout.has_one_amount:
            amount = self._number(line, "amount", problems)
            if amount is None:
                problems.append(Problem("amount", "It has no amount."))
                return ZERO
            spent = self._spent(line, amount, problems)
        else:
            debit, credit = self._number(line, "debit", problems), self._number(line, "credit", problems)
            if debit and credit:
                problems.append(Problem("amount", "It has both money out and money in; only one is possible."))
            spent = abs(debit) if debit else -abs(credit or ZERO)
            if debit is None and credit is None:
                problems.append(Problem("amount", "It has no amount."))
        if spent == 0 and not problems:
            problems.append(Problem("amount", "The amount is 0."))
        return spent

    def _spent(self, line: Line, amount: Decimal, problems: list[Problem]) -> Decimal:
        """The amount above zero where it is spending, by the word beside it or by its sign."""
        if "direction" in self._layout.columns:
            word = self._cell(line, "direction").casefold().rstrip(".")
            if word in SPENT_WORDS or word in CREDIT_WORDS:
                return abs(amount) if word in SPENT_WORDS else -abs(amount)
            problems.append(Problem("direction", f"“{short(word, LONGEST)}” is neither debit nor credit."))
            return ZERO
        return -amount if self._layout.spending == "negative" else amount

    def _number(self, line: Line, role: Role, problems: list[Problem]) -> Decimal | None:
        text = self._cell(line, role)
        if not text:
            return None
        try:
            return amount_in(text, self._layout.decimal_mark)
        except ValueError:
            mark = "comma" if self._layout.decimal_mark == "," else "point"
            reason = f"“{short(text, LONGEST)}” is not an amount, read with a decimal {mark}."
            problems.append(Problem(role, reason))
            return ZERO

    def _category(self, line: Line, problems: list[Problem]) -> str:
        layout, said = self._layout, self._cell(line, "category")
        if not said:
            return layout.default_category
        if mapped := layout.categories.get(said.casefold()):
            return mapped
        if known := same_name(said, self._names):
            return known
        if layout.unknown_category == "error":
            reason = f"“{short(said, LONGEST)}” is not one of your categories. Choose one."
            problems.append(Problem("category", reason))
        return layout.default_category

    def _check_currency(self, line: Line, problems: list[Problem]) -> None:
        said = self._cell(line, "currency").upper()
        if said and said != self._currency:
            reason = f"It is in {short(said, LONGEST)}; your expenses are in {self._currency}."
            problems.append(Problem("currency", reason))

    def _cell(self, line: Line, role: Role) -> str:
        place = self._layout.columns.get(role)
        return line.cells[place] if place is not None and place < len(line.cells) else ""


def _with_keys(rows: Iterator[Row], identifiers: Mapping[int, str]) -> Iterator[Row]:
    """The rows with their keys: by the bank's id where it is one, else by content and how often it came before.

    An id beside different contents is not the id of a payment; then the column of ids is left out of account. The
    same id with the same content is the same payment twice, so that the second is a duplicate.
    """
    read = list(rows)
    contents = {row.number: _content(row) for row in read if not row.problems}
    by_id: dict[str, str] = {}
    are_ids = all(
        by_id.setdefault(identifiers[number], content) == content
        for number, content in contents.items()
        if number in identifiers
    )
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    for row in read:
        if row.problems:
            yield row
            continue
        if are_ids and row.number in identifiers:
            key = _digest("id", identifiers[row.number])
        else:
            seen[contents[row.number]] += 1
            key = _digest("content", contents[row.number], str(seen[contents[row.number]]))
        yield replace(row, key=key, state=DUPLICATE if key in taken else row.state)
        taken.add(key)


def _content(row: Row) -> str:
    """What stays the same when the bank exports the payment again: day, amount with its sign, letters and digits."""
    text = _NO_LETTER.sub("", f"{row.merchant}{row.description}").casefold()
    return f"{row.day}\x1f{row.amount}\x1f{text}"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def short(text: str, longest: int) -> str:
    """The text in one line without control characters, cut to a length."""
    plain = _SPACES.sub(" ", _CONTROL.sub(" ", text)).strip()
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def counted(rows: Sequence[Row]) -> dict[State, int]:
    """How many rows are in each state."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in STATES}
