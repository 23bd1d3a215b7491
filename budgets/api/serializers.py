"""Bodies that the endpoints of budgets answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.importing.layout import Layout
from budgets.domain.importing.record import Choices, Import
from budgets.domain.importing.rows import STATES, Row
from budgets.domain.importing.sheet import MOST_COLUMNS
from core.api.fields import MomentField, MoneyField, QuantityField


class ReceiptSerializer(serializers.Serializer[Any]):
    """The file that proves an expense; `expenses/{id}/receipt/` leads to it."""

    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    uploaded_at = MomentField()


class ReceiptLinkSerializer(serializers.Serializer[Any]):
    """Where a receipt can be fetched for an hour, by anyone who has the address; it needs no key."""

    url = serializers.URLField()
    expires_at = MomentField()
    name = serializers.CharField(source="receipt.name")
    content_type = serializers.CharField(source="receipt.content_type")
    size = serializers.IntegerField(source="receipt.size", help_text="In bytes.")


class ExpenseSerializer(serializers.Serializer[Any]):
    """One expense or refund."""

    expense_id = serializers.CharField()
    date = serializers.DateField(source="day")
    amount = MoneyField(help_text="Below zero for a refund.")
    refund = serializers.BooleanField(source="is_refund")
    currency = serializers.CharField()
    category = serializers.CharField()
    description = serializers.CharField()
    merchant = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    receipt = ReceiptSerializer(allow_null=True)
    import_id = serializers.CharField(allow_null=True, help_text="The import that added it.")
    version = serializers.IntegerField(help_text="Counts the changes.")
    created_at = MomentField()
    updated_at = MomentField()


class FiguresSerializer(serializers.Serializer[Any]):
    """What was spent; `spent` is `paid` less `refunded`."""

    spent = MoneyField(source="figures.spent")
    paid = MoneyField(source="figures.paid")
    refunded = MoneyField(source="figures.refunded")
    expenses = serializers.IntegerField(source="figures.expenses")
    refunds = serializers.IntegerField(source="figures.refunds")


class ReportCategorySerializer(FiguresSerializer):
    """One category of a report; without a budget, what follows from one is null."""

    category = serializers.CharField()
    budget = MoneyField(allow_null=True, help_text="Of all months of the report together.")
    percent = QuantityField(
        allow_null=True, help_text="Percent of the budget; 0 if both are 0, 100 if only the budget is 0."
    )
    left = MoneyField(allow_null=True)
    before = MoneyField(help_text="Spent on the days before.")
    change = MoneyField()


class ReportPeriodSerializer(FiguresSerializer):
    """Some days in a row."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` cannot be a name in Python."""
        days = {"from": serializers.DateField(source="first"), "to": serializers.DateField(source="last")}
        return {**days, **super().get_fields()}


class ReportSerializer(serializers.Serializer[Any]):
    """What was spent on some days, beside the budgets and the days before."""

    days = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField(help_text="The days that these are compared with.")
    currency = serializers.CharField()
    spent = MoneyField(source="total.spent", help_text="After refunds.")
    paid = MoneyField(source="total.paid")
    refunded = MoneyField(source="total.refunded")
    expenses = serializers.IntegerField(source="total.expenses")
    refunds = serializers.IntegerField(source="total.refunds")
    a_day = MoneyField(help_text="Average of the days that have begun or have an expense.")
    budgeted = MoneyField(allow_null=True, help_text="null: no budget, or the days are not whole months.")
    budgeted_spent = MoneyField()
    before_spent = MoneyField()
    change = MoneyField()
    change_percent = QuantityField(allow_null=True, help_text="null: nothing was spent on the days before.")
    categories = ReportCategorySerializer(many=True, help_text="Most spent first.")
    weeks = ReportPeriodSerializer(many=True, help_text="Monday to Sunday, cut at the ends.")
    by_day = ReportPeriodSerializer(many=True, help_text="Days with an expense or a refund.")
    largest_expenses = ExpenseSerializer(many=True, source="largest", help_text="At most ten.")
    largest_refunds = ExpenseSerializer(many=True, source="refunds", help_text="At most ten.")

    def get_days(self, report: Any) -> dict[str, str]:
        """First and last day, both included."""
        return {"from": report.days.first.isoformat(), "to": report.days.last.isoformat()}

    def get_before(self, report: Any) -> dict[str, str]:
        """As many whole months, or days, right before."""
        before = report.days.before
        return {"from": before.first.isoformat(), "to": before.last.isoformat()}


class CategorySerializer(serializers.Serializer[Any]):
    """One category."""

    name = serializers.CharField()
    own = serializers.BooleanField(help_text="Whether it is one that you added.")


class BudgetSerializer(serializers.Serializer[Any]):
    """What a month may cost in one category."""

    category = serializers.CharField()
    period = serializers.SerializerMethodField()
    amount = MoneyField()
    thresholds = serializers.ListField(child=serializers.IntegerField())
    created_at = MomentField()
    updated_at = MomentField()

    def get_period(self, budget: Any) -> str:
        """The only period there is."""
        return "monthly"


class CategoryLineSerializer(serializers.Serializer[Any]):
    """One category in a month; without a budget, what follows from one is null."""

    category = serializers.CharField()
    spent = MoneyField(help_text="After refunds.")
    count = serializers.IntegerField(help_text="Expenses and refunds.")
    budget = MoneyField(allow_null=True)
    percent = QuantityField(
        allow_null=True, help_text="Percent of the budget; 0 if both are 0, 100 if only the budget is 0."
    )
    left = MoneyField(allow_null=True, help_text="Below zero where the budget is exceeded.")
    exceeded = serializers.BooleanField()
    a_day = MoneyField(
        allow_null=True, help_text="What may be spent each day from today on; null except in the current month."
    )


class MonthSummarySerializer(serializers.Serializer[Any]):
    """A month beside the budgets as they are set now."""

    month = serializers.CharField()
    currency = serializers.CharField()
    spent = MoneyField(help_text="On all categories.")
    count = serializers.IntegerField()
    budgeted = MoneyField(help_text="The sum of the budgets.")
    budgeted_spent = MoneyField(help_text="On categories that have a budget.")
    a_day = MoneyField(
        allow_null=True, help_text="To spend a day in budgets not exceeded; null except in the current month."
    )
    categories = CategoryLineSerializer(many=True)


class LayoutSerializer(serializers.Serializer[Layout]):
    """How a file is read; null is what is still needed."""

    columns = serializers.DictField(child=serializers.IntegerField(), help_text="Places from 0 in `header`.")
    date_order = serializers.CharField(allow_null=True)
    decimal_mark = serializers.CharField()
    spending = serializers.CharField(allow_null=True)
    default_category = serializers.CharField()
    unknown_category = serializers.CharField()
    categories = serializers.DictField(child=serializers.CharField())


class ChoicesSerializer(serializers.Serializer[Choices]):
    """What the confirmation said."""

    credits = serializers.CharField()
    alike = serializers.CharField(source="possible_duplicates")
    include = serializers.ListField(child=serializers.IntegerField())


class RefusalSerializer(serializers.Serializer[Any]):
    """A row that could not be added any more."""

    number = serializers.IntegerField()
    reason = serializers.CharField()


class ImportSerializer(serializers.Serializer[Import]):
    """One import."""

    import_id = serializers.CharField()
    file_name = serializers.CharField()
    status = serializers.CharField(help_text="mapping, preview, running, stopped, done, undoing or undone.")
    header = serializers.ListField(child=serializers.CharField(), max_length=MOST_COLUMNS)
    rows = serializers.IntegerField()
    layout = LayoutSerializer()
    questions = serializers.SerializerMethodField(help_text="What must still be chosen about the layout, by field.")
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Rows by state: new, duplicate, alike (a possible duplicate), credit, error.",
    )
    choices = ChoicesSerializer()
    total = serializers.IntegerField(help_text="Rows that become expenses.")
    behind = serializers.IntegerField(help_text="How many of them are done, or removed.")
    added = serializers.IntegerField()
    doubled = serializers.IntegerField(
        source="duplicates", help_text="Rows that another import had added in the meantime."
    )
    refused = serializers.IntegerField(help_text="Rows that could not be added any more.")
    stopped_by = serializers.CharField(
        help_text="While it is `stopped`: the code of the quota. Free some space, then confirm it again as before."
    )
    refusals = serializers.SerializerMethodField(help_text="Some of those, with the reason.")
    removed = serializers.IntegerField(help_text="Expenses that the undo removed.")
    kept = serializers.ListField(
        child=serializers.CharField(), help_text="Expenses it left, as changed since; 100 at most."
    )
    kept_count = serializers.IntegerField()
    created_at = MomentField()
    expires_at = MomentField(allow_null=True, help_text="When it goes unless it is confirmed.")
    confirmed_at = MomentField(allow_null=True)
    finished_at = MomentField(allow_null=True)
    undo_until = MomentField(allow_null=True)
    undone_at = MomentField(allow_null=True)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_questions(self, found: Import) -> dict[str, str]:
        """By field, while nothing is confirmed."""
        return found.layout.questions() if found.status.is_draft else {}

    @extend_schema_field(RefusalSerializer(many=True))
    def get_refusals(self, found: Import) -> list[dict[str, Any]]:
        """Numbers and reasons."""
        return [{"number": number, "reason": reason} for number, reason in found.refusals]


class ProblemSerializer(serializers.Serializer[Any]):
    """What is wrong in a row."""

    field = serializers.CharField()
    reason = serializers.CharField()


class ImportRowSerializer(serializers.Serializer[Row]):
    """One row of a file, and what it is."""

    number = serializers.IntegerField(help_text="Its place in the file, from 1.")
    state = serializers.ChoiceField(STATES)
    date = serializers.DateField(source="day", allow_null=True)
    amount = MoneyField(help_text="Below zero for a credit.")
    category = serializers.CharField()
    description = serializers.CharField()
    merchant = serializers.CharField()
    expense_id = serializers.CharField(help_text="Of a duplicate or a possible one (`alike`): that expense.")
    problems = ProblemSerializer(many=True)
    text = serializers.CharField(help_text="The cells of a row with problems.")
