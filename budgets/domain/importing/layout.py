"""How the columns of one file are to be read: proposed from the file, settled by the user."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from budgets.domain.importing.amounts import (
    MARKS,
    SPENDINGS,
    DecimalMark,
    Spending,
    amount_in,
    mark_of,
    spending_of,
)
from budgets.domain.importing.columns import ROLES, Role, recognised
from budgets.domain.importing.dates import ORDERS, DateOrder, order_of
from budgets.domain.importing.sheet import Sheet
from core.errors import InvalidInput

UnknownCategory = Literal["error", "default"]
UNKNOWN_CATEGORIES: tuple[UnknownCategory, ...] = ("error", "default")
DEFAULT_CATEGORY = "Other"
MOST_MAPPED = 200
"""Names of categories in a file that may be mapped one by one."""
LONGEST_NAME = 200
AMOUNTS: tuple[Role, ...] = ("amount", "debit", "credit")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read.

    columns: by what they hold, the place of a column from 0. date_order and spending are None while neither the file
    nor the user says. spending: the sign that spending has in the one column of amounts. categories: by the name in the
    file in small letters, the category meant. unknown_category: what becomes of a name that is not a category.
    """

    columns: Mapping[Role, int] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark = "."
    spending: Spending | None = None
    default_category: str = DEFAULT_CATEGORY
    unknown_category: UnknownCategory = "error"
    categories: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_one_amount(self) -> bool:
        """Whether one column holds spending and credits, so that its sign says which."""
        return "amount" in self.columns

    def questions(self) -> dict[str, str]:
        """What the user must still choose, by field, before the file can be read."""
        asked: dict[str, str] = {}
        if "date" not in self.columns:
            asked["date"] = "Choose the column with the date."
        elif self.date_order is None:
            asked["date_order"] = (
                "All dates of this file can be read in two ways. Choose whether day or month comes first."
            )
        if not {"amount", "debit", "credit"} & self.columns.keys():
            asked["amount"] = "Choose the column with the amount, or the two with money out and money in."
        elif self.has_one_amount and "direction" not in self.columns and self.spending is None:
            asked["spending"] = "About half of the amounts have a minus. Choose which of them are spending."
        return asked


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """What a user says of a layout; None where the file is to decide.

    columns: all of them, by what they hold, or None to go by their names.
    """

    columns: Mapping[Role, int] | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    spending: Spending | None = None
    default_category: str | None = None
    unknown_category: UnknownCategory | None = None
    categories: Mapping[str, str] | None = None

    def over(self, layout: Layout) -> LayoutDraft:
        """The draft, with what it leaves open filled in from a layout.

        Where another column holds the date or the amount, the file decides again how that one is written.
        """
        columns = layout.columns if self.columns is None else self.columns
        same_date = columns.get("date") == layout.columns.get("date")
        same_amounts = all(columns.get(role) == layout.columns.get(role) for role in AMOUNTS)
        return LayoutDraft(
            columns=columns,
            date_order=self.date_order or (layout.date_order if same_date else None),
            decimal_mark=self.decimal_mark or (layout.decimal_mark if same_amounts else None),
            spending=self.spending or (layout.spending if same_amounts else None),
            default_category=self.default_category or layout.default_category,
            unknown_category=self.unknown_category or layout.unknown_category,
            categories=layout.categories if self.categories is None else self.categories,
        )

    def check(self, sheet: Sheet, names: Collection[str]) -> None:
        """Raises InvalidInput with all that is wrong for this file, by field; `names` are the user's categories."""
        errors: dict[str, list[str]] = {}
        columns = self.columns or {}
        for role, place in columns.items():
            if role not in ROLES or not 0 <= place < len(sheet.header):
                errors[str(role)] = [f"This column does not exist. This file has {len(sheet.header)}, counted from 0."]
        if len(set(columns.values())) < len(columns):
            errors["columns"] = ["A column can be chosen only once."]
        if "amount" in columns and {"debit", "credit"} & columns.keys():
            errors["columns"] = ["Choose one column of amounts, or columns of money out and money in, not both."]
        for name, value, allowed in (
            ("date_order", self.date_order, ORDERS),
            ("decimal_mark", self.decimal_mark, MARKS),
            ("spending", self.spending, SPENDINGS),
            ("unknown_category", self.unknown_category, UNKNOWN_CATEGORIES),
        ):
            if value is not None and value not in allowed:
                errors[name] = [f"Choose one of {', '.join(allowed)}."]
        if self.default_category is not None and self.default_category not in names:
            errors["default_category"] = ["This category was not found. Choose one of yours."]
        mapped = self.categories or {}
        too_much = len(mapped) > MOST_MAPPED or any(len(name) > LONGEST_NAME for name in mapped)
        if too_much or set(mapped.values()) - {*names}:
            errors["categories"] = [
                f"Choose categories of yours, for at most {MOST_MAPPED} names in the file, each of at most "
                f"{LONGEST_NAME} characters."
            ]
        if errors:
            raise InvalidInput(errors)

    def digest(self, content: bytes) -> str:
        """The same for the same draft and file, so that an upload sent twice is recognised."""
        said = repr(self).replace(type(self).__name__, "Wishes", 1)  # stored digests were made of this name
        return hashlib.sha256(content + said.encode()).hexdigest()


def layout_of(sheet: Sheet, draft: LayoutDraft, *, names: Collection[str], latest: date) -> Layout:
    """The layout of the draft, and for what it leaves open the one that the whole file suggests.

    `names` are the user's categories, `latest` the last day that an expense may have. Raises InvalidInput as
    `LayoutDraft.check` does.
    """
    draft.check(sheet, names)
    columns = recognised(sheet.header) if draft.columns is None else dict(draft.columns)
    mark = draft.decimal_mark or mark_of(cell for role in AMOUNTS for cell in cells_of(sheet, columns, role))
    return Layout(
        columns=columns,
        date_order=draft.date_order or order_of(cells_of(sheet, columns, "date"), latest),
        decimal_mark=mark,
        spending=draft.spending or spending_of(_amounts(cells_of(sheet, columns, "amount"), mark)),
        default_category=draft.default_category or DEFAULT_CATEGORY,
        unknown_category=draft.unknown_category or "error",
        categories={
            name.strip().casefold(): category for name, category in (draft.categories or {}).items() if name.strip()
        },
    )


def cells_of(sheet: Sheet, columns: Mapping[Role, int], role: Role) -> list[str]:
    """The cells of one column, empty where a row ends before it; none where no column holds this."""
    place = columns.get(role)
    return [] if place is None else [line.cells[place] if place < len(line.cells) else "" for line in sheet.lines]


def _amounts(cells: Sequence[str], mark: DecimalMark) -> list[Decimal]:
    found: list[Decimal] = []
    for cell in cells:
        try:
            found.append(amount_in(cell, mark))
        except ValueError:
            continue
    return found
