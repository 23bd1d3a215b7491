"""Bodies and queries that the endpoints of budgets take."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.budget import DEFAULT_THRESHOLDS, MOST_THRESHOLDS
from budgets.domain.categories import LONGEST_CATEGORY
from budgets.domain.expense import LONGEST_DESCRIPTION, LONGEST_MERCHANT, LONGEST_TAG, MOST_TAGS, ExpenseDraft
from core.accounts.domain import User
from core.api.days import DaysQuery, check_within_calendar
from core.api.fields import MoneyField
from core.api.serializers import StrictSerializer
from core.errors import InvalidInput
from core.money import ZERO
from core.months import Month

LONGEST_ID = 36
LONGEST_CURRENCY = 3
LONGEST_SEARCH = 100


class ExpenseFields(StrictSerializer):
    """What a user says of an expense."""

    amount = MoneyField(
        required=False, help_text="Above zero; of a refund the sign may be left out, as `refund` says it."
    )
    refund = serializers.BooleanField(required=False, help_text="Whether this is money that came back.")
    category = serializers.CharField(required=False, max_length=LONGEST_CATEGORY)
    date = serializers.DateField(
        required=False,
        source="day",
        validators=[check_within_calendar],
        help_text="A day of your calendar, at most one year ahead.",
    )
    description = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_DESCRIPTION, trim_whitespace=False
    )
    merchant = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_MERCHANT)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_TAG), required=False, max_length=MOST_TAGS
    )
    currency = serializers.CharField(
        required=False, max_length=LONGEST_CURRENCY, help_text="Your home currency, or left out; no other is taken."
    )


class ReceiptRequest(StrictSerializer):
    """A file, sent as `multipart/form-data`."""

    file = serializers.FileField(
        max_length=1000, help_text="JPEG, PNG, GIF or PDF of at most 10 MB; its content decides, not its name."
    )


class ReportQuery(DaysQuery):
    """The days of a report; the current month where both are left out."""

    day_kind = "day of your calendar"


class ExpenseChange(ExpenseFields):
    """What may be changed of an expense; what is left out stays."""

    version = serializers.IntegerField(
        required=False,
        min_value=0,
        help_text="The `version` that you read: where it is no longer that, 409 `changed_meanwhile`.",
    )


class ExpenseRequest(ExpenseFields):
    """An expense or a refund to record."""

    expense_id = serializers.CharField(
        required=False, max_length=LONGEST_ID, help_text="A UUIDv7 of your own; the same again is the same expense."
    )
    amount = MoneyField(help_text="Above zero; of a refund the sign may be left out, as `refund` says it.")
    category = serializers.CharField(max_length=LONGEST_CATEGORY)
    date = serializers.DateField(
        required=False,
        source="day",
        validators=[check_within_calendar],
        help_text="A day of your calendar, at most one year ahead; today if left out.",
    )


class ExpensesQuery(DaysQuery):
    """Which expenses, by the days that they are of."""

    day_kind = "day"
    category = serializers.CharField(required=False, max_length=LONGEST_CATEGORY)
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_SEARCH,
        source="text",
        help_text="Words that each stand in description, merchant, category or tags.",
    )
    sort = serializers.ChoiceField(
        ["date", "-date"], required=False, help_text="`date`: oldest day first; `-date`, newest first, if left out."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The query as the selectors take it."""
        query = super().validate(attrs)
        sort = query.pop("sort", "-date")
        return {**query, "oldest_first": True} if sort == "date" else query


class CategoryRequest(StrictSerializer):
    """A category of one's own."""

    name = serializers.CharField(max_length=LONGEST_CATEGORY)


class BudgetRequest(StrictSerializer):
    """What a month may cost in one category."""

    amount = MoneyField(least=ZERO)
    period = serializers.ChoiceField(
        ["monthly"],
        required=False,
        error_messages={"invalid_choice": "Only monthly budgets are taken: give monthly, or leave it out."},
    )
    thresholds = serializers.ListField(
        child=serializers.IntegerField(),
        required=False,
        default=list(DEFAULT_THRESHOLDS),
        min_length=1,
        max_length=MOST_THRESHOLDS,
        help_text="Whole percentages; each is told once a month.",
    )


@extend_schema_field({"type": "string", "example": "2026-11"})
class MonthField(serializers.Field[Month, Any, str, Any]):
    """A month: `2026-11`."""

    default_error_messages = {"invalid": "Give a month like 2026-11."}

    def to_internal_value(self, data: Any) -> Month:
        """The month. Raises ValidationError."""
        try:
            return Month.from_text(data)
        except (ValueError, TypeError):
            self.fail("invalid")

    def to_representation(self, value: Month) -> str:
        """Text like `2026-11`."""
        return str(value)


class SummaryQuery(StrictSerializer):
    """Which month."""

    month = MonthField(required=False)


def draft_of(user: User, fields: dict[str, Any], before: ExpenseDraft) -> ExpenseDraft:
    """The draft that checked fields say, on top of the one before. Raises InvalidInput.

    A negative amount is taken where it is said to be a refund, as the list tells it.
    """
    if fields.get("currency", user.home_currency).lower() != user.home_currency:
        raise InvalidInput({"currency": [f"Your expenses are in {user.home_currency}; give that, or leave it out."]})
    changes = {name: value for name, value in fields.items() if name in ExpenseDraft.__dataclass_fields__}
    draft = replace(before, **changes)
    if "tags" in fields:
        draft = replace(draft, tags=tuple(fields["tags"]))
    amount: Decimal = draft.amount
    return replace(draft, amount=abs(amount)) if draft.refund else draft
