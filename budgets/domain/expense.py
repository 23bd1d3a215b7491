"""Expenses and refunds: what one may look like, and what it does to the totals of its month."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from budgets.domain.categories import category_error, normal_category
from budgets.domain.month import Movement
from core import money
from core.clock import FIRST_DAY
from core.errors import InvalidInput
from core.periods import Month

MOST_MONEY = Decimal("1e12")
LONGEST_DESCRIPTION = 500
LONGEST_MERCHANT = 200
MOST_TAGS = 20
LONGEST_TAG = 50
_NEW_LINE = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class ExpenseDraft:
    """What a user says of an expense. `amount` is above zero, for a refund too; `day` is one of the user's calendar."""

    amount: Decimal
    category: str
    day: date
    description: str = ""
    merchant: str = ""
    tags: tuple[str, ...] = ()
    refund: bool = False

    def normal(self) -> ExpenseDraft:
        """The draft in the form that is stored: whole cents, text without superfluous space, no tag twice."""
        return replace(
            self,
            amount=self.amount if _amount_error(self.amount) else self.amount.quantize(money.CENT),
            category=normal_category(self.category),
            description=_NEW_LINE.sub("\n", self.description).replace("\t", " ").strip(),
            merchant=" ".join(self.merchant.split()),
            tags=_normal_tags(self.tags),
        )

    def check(self, *, categories: Collection[str], today: date) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field.

        `categories` are those that the user may choose from, `today` is the user's day.
        """
        sentences = {
            "amount": _amount_error(self.amount),
            "date": _day_error(self.day, today),
            "description": _text_error(self.description, LONGEST_DESCRIPTION),
            "merchant": _text_error(self.merchant, LONGEST_MERCHANT),
            "tags": _tags_error(self.tags),
            "category": category_error(self.category, categories),
        }
        if errors := {name: [sentence] for name, sentence in sentences.items() if sentence}:
            raise InvalidInput(errors)

    def digest(self) -> str:
        """The same for the same draft, so that a request sent twice is recognised."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The file that proves an expense: where it is kept, and what it is. `size` in bytes."""

    key: str
    name: str
    content_type: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Expense:
    """One expense or refund of one user.

    amount: with its sign, below zero for a refund. currency: the user's home currency, like `usd`. import_id: the
    import that brought it. version: counts the writes. digest: of what was asked for when it was recorded.
    """

    username: str
    expense_id: str
    amount: Decimal
    currency: str
    category: str
    day: date
    description: str
    merchant: str
    tags: tuple[str, ...]
    receipt: Receipt | None
    import_id: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    digest: str = ""

    @property
    def is_refund(self) -> bool:
        return self.amount < 0

    @property
    def month(self) -> Month:
        """The month whose totals it is in."""
        return Month.of(self.day)

    @property
    def draft(self) -> ExpenseDraft:
        """What its user says of it."""
        return ExpenseDraft(
            abs(self.amount), self.category, self.day, self.description, self.merchant, self.tags, self.is_refund
        )

    def edited(self, draft: ExpenseDraft, at: datetime) -> Expense:
        """The expense as a draft in its normal form says, with the receipt and the import that it has."""
        return replace(
            self,
            amount=signed_amount(draft),
            category=draft.category,
            day=draft.day,
            description=draft.description,
            merchant=draft.merchant,
            tags=draft.tags,
            updated_at=at,
        )


def recorded(
    username: str, expense_id: str, draft: ExpenseDraft, *, currency: str, at: datetime, import_id: str | None = None
) -> Expense:
    """The new expense of a draft in its normal form."""
    return Expense(
        username=username,
        expense_id=expense_id,
        amount=signed_amount(draft),
        currency=currency,
        category=draft.category,
        day=draft.day,
        description=draft.description,
        merchant=draft.merchant,
        tags=draft.tags,
        receipt=None,
        import_id=import_id,
        version=0,
        created_at=at,
        updated_at=at,
        digest=draft.digest(),
    )


def signed_amount(draft: ExpenseDraft) -> Decimal:
    """The amount as it counts: below zero for a refund."""
    return -draft.amount if draft.refund else draft.amount


def movements_of(before: Expense | None, after: Expense | None) -> list[Movement]:
    """What a change does to the totals: the expense before is taken out, the one after is put in."""
    movements = []
    if before is not None:
        movements.append(Movement(before.month, before.category, -before.amount, -1))
    if after is not None:
        movements.append(Movement(after.month, after.category, after.amount, 1))
    return movements


def last_day_allowed(today: date) -> date:
    """One year ahead of the user's day; of 29 February, 28 February."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def can_have_expenses(month: Month, today: date) -> bool:
    """Whether an expense may be of this month, on the user's day `today`."""
    return Month.of(FIRST_DAY) <= month <= Month.of(last_day_allowed(today))


def _amount_error(amount: Decimal) -> str:
    if not amount.is_finite() or amount <= 0:
        return "Enter an amount above zero. Mark a refund as a refund."
    if amount > MOST_MONEY:
        return f"Enter at most {MOST_MONEY:,.0f}."
    return "Enter at most 2 decimal places." if money.places(amount) > 2 else ""


def _day_error(day: date, today: date) -> str:
    if day < FIRST_DAY:
        return "Enter a date from 1 January 1970 on."
    last = last_day_allowed(today)
    return f"Enter a date up to one year ahead, {last.isoformat()} at the latest." if day > last else ""


def _text_error(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"Enter at most {longest} characters."
    return "" if _is_text(text.replace("\n", " ")) else "Leave out control characters."


def _is_text(text: str) -> bool:
    """Whether there is no control character in it and no half of a pair; joiners, as in emoji, are fine."""
    return text.isprintable() or not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)


def _tags_error(tags: tuple[str, ...]) -> str:
    if len(tags) > MOST_TAGS:
        return f"Enter at most {MOST_TAGS} tags."
    if any(len(tag) > LONGEST_TAG or not _is_text(tag) or "," in tag for tag in tags):
        return f"Enter tags of at most {LONGEST_TAG} characters, without commas."
    return ""


def _normal_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Without superfluous space, without empty and repeated ones, in the order given."""
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))
