"""What the endpoints of expenses, categories and budgets take."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from budgets.domain.budget import DEFAULT_THRESHOLDS, LARGEST_THRESHOLD, MOST_THRESHOLDS
from budgets.domain.categories import LONGEST_CATEGORY
from budgets.domain.expense import (
    LONGEST_DESCRIPTION,
    LONGEST_MERCHANT,
    LONGEST_TAG,
    MOST_MONEY,
    MOST_TAGS,
    ExpenseDraft,
)
from budgets.domain.receipt_content import LARGEST
from core.accounts.domain import User
from core.api import patterns
from core.api.days import DaysQuery
from core.api.fields import FRESH_ID, BoundedListField, DayField, IdField, MoneyField, WholeField
from core.api.serializers import StrictSerializer
from core.api.text_fields import MonthField, TextField, UploadField
from core.errors import InvalidInput
from core.money import ZERO

LARGEST_VERSION = 2**53 - 1
LONGEST_SEARCH = 100


class ExpenseFields(StrictSerializer):
    """What a user says of an expense."""

    rules = {
        "amount": "Above zero; below zero only for a refund.",
        "category": "One of `categories/`; their number in one month is limited.",
        "date": "At most one year ahead.",
        "currency": "Your home currency.",
    }

    amount = MoneyField(
        required=False,
        most=MOST_MONEY,
        help_text="Above zero; of a refund the sign may be left out, as `refund` says it.",
    )
    refund = serializers.BooleanField(required=False, help_text="Whether this is money that came back.")
    category = TextField(required=False, max_length=LONGEST_CATEGORY)
    date = DayField(
        required=False,
        source="day",
        help_text="A day of your calendar, at most one year ahead.",
    )
    description = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_DESCRIPTION,
        refused=patterns.NOT_IN_LINES,
        trim_whitespace=False,
    )
    merchant = TextField(required=False, allow_blank=True, max_length=LONGEST_MERCHANT, refused=patterns.NOT_IN_A_LINE)
    tags = BoundedListField(
        child=TextField(max_length=LONGEST_TAG, refused=patterns.NOT_IN_A_LINE + ","),
        required=False,
        max_length=MOST_TAGS,
    )
    currency = TextField(
        required=False,
        max_length=3,
        pattern="^[A-Za-z]{3}$",
        wrong="Enter three letters, like eur.",
        help_text="Your home currency, or left out; any other is refused.",
    )


class ReceiptRequest(StrictSerializer):
    """A file, sent as `multipart/form-data`."""

    rules = {"file": "A complete JPEG, PNG, GIF or PDF by its content, within the limits of its type."}

    file = UploadField(
        most=LARGEST, help_text="JPEG, PNG, GIF or PDF of at most 10 MB; its content decides, not its name."
    )


class ReportQuery(DaysQuery):
    """The days of a report; the current month where both are left out."""

    day_kind = "day of your calendar"
    rules = {
        "from": "Given together with `to`.",
        "to": "Given together with `from`, not before it, at most 366 days in all, and at most one year ahead.",
    }


class ExpenseChange(ExpenseFields):
    """What may be changed of an expense; what is left out stays."""

    version = WholeField(
        required=False,
        min_value=0,
        max_value=LARGEST_VERSION,
        help_text="The `version` that you read; if it has changed since, 409 `changed_meanwhile`.",
    )


class ExpenseRequest(ExpenseFields):
    """An expense or a refund to record."""

    rules = {**ExpenseFields.rules, "expense_id": FRESH_ID}

    expense_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same expense.")
    amount = MoneyField(
        most=MOST_MONEY, help_text="Above zero; of a refund the sign may be left out, as `refund` says it."
    )
    category = TextField(max_length=LONGEST_CATEGORY)
    date = DayField(
        required=False,
        source="day",
        help_text="A day of your calendar, at most one year ahead; today if left out.",
    )


class ExpensesQuery(DaysQuery):
    """Which expenses, by the days that they are of."""

    day_kind = "day"
    category = TextField(required=False, max_length=LONGEST_CATEGORY)
    q = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_SEARCH,
        source="text",
        help_text="Words, each of which is in description, merchant, category or tags.",
    )
    sort = serializers.ChoiceField(
        ["date", "-date"], required=False, help_text="`date`: oldest day first; `-date`, newest first, if left out."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The fields of an `ExpenseFilter`."""
        query = super().validate(attrs)
        return query | {"oldest_first": query.pop("sort", "-date") == "date"}


class CategoryRequest(StrictSerializer):
    """A category of one's own."""

    rules = {
        "name": "Printable characters, a letter or a digit among them; not the name of a standard category, nor "
        "of one of your own in other capital or small letters."
    }

    name = TextField(max_length=LONGEST_CATEGORY)


class NamedQuery(StrictSerializer):
    """Which category."""

    name = TextField(max_length=LONGEST_CATEGORY, help_text="One of your own.")


class BudgetRequest(StrictSerializer):
    """What a month may cost in one category."""

    rules = {"thresholds": "All different."}

    amount = MoneyField(least=ZERO, most=MOST_MONEY)
    period = serializers.ChoiceField(
        ["monthly"],
        required=False,
        error_messages={"invalid_choice": "Only monthly budgets are supported: use monthly, or leave it out."},
    )
    thresholds = BoundedListField(
        child=WholeField(min_value=1, max_value=LARGEST_THRESHOLD),
        required=False,
        default=list(DEFAULT_THRESHOLDS),
        min_length=1,
        max_length=MOST_THRESHOLDS,
        help_text="Whole percentages; each notifies once a month.",
    )


class SummaryQuery(StrictSerializer):
    """Which month."""

    month = MonthField(required=False)


def draft_of(user: User, fields: dict[str, Any], before: ExpenseDraft) -> ExpenseDraft:
    """The draft that checked fields say, on top of the one before. Raises InvalidInput.

    A negative amount is taken where `refund` is true, as in the list.
    """
    if fields.get("currency", user.home_currency).lower() != user.home_currency:
        raise InvalidInput({"currency": [f"Your expenses are in {user.home_currency}; give that, or leave it out."]})
    changes = {name: value for name, value in fields.items() if name in ExpenseDraft.__dataclass_fields__}
    draft = replace(before, **changes)
    if "tags" in fields:
        draft = replace(draft, tags=tuple(fields["tags"]))
    amount: Decimal = draft.amount
    return replace(draft, amount=abs(amount)) if draft.refund else draft
