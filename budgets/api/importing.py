"""Bodies of the endpoints of imports: what they take, and what they answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.categories import LONGEST_CATEGORY
from budgets.domain.importing.amounts import MARKS, SPENDINGS
from budgets.domain.importing.columns import ROLES
from budgets.domain.importing.dates import ORDERS
from budgets.domain.importing.layout import LONGEST_NAME, MOST_MAPPED, UNKNOWN_CATEGORIES, Layout, Wishes
from budgets.domain.importing.record import ALIKE, CREDITS, Choices, Import
from budgets.domain.importing.rows import STATES, Row
from budgets.domain.importing.sheet import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS
from core.api.fields import FRESH_ID, BoundedListField, IdField, MomentField, MoneyField, WholeField
from core.api.refusals import RULE
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField, UploadField

A_COLUMN = "The place of a column of the file."


class _JsonField(serializers.JSONField):
    """A value of a body, or JSON text in a form with a file, held to what `ExactJSONParser` takes of a body."""

    def to_internal_value(self, data: Any) -> Any:
        """The value. Raises ValidationError for what is no JSON, nested too deeply, or no Unicode."""
        try:
            found = super().to_internal_value(data)
            json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            self.fail("invalid")
        return found


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            role: {"type": "integer", "minimum": 0, "maximum": MOST_COLUMNS - 1, RULE: A_COLUMN} for role in ROLES
        },
        "additionalProperties": False,
        "example": {"date": 0, "description": 1, "amount": 3},
    }
)
class ColumnsField(_JsonField):
    """Places of columns, from 0, by what they hold; as JSON text in a form with a file."""

    default_error_messages = {
        "columns": f"Give an object of places from 0 by what the column holds: {', '.join(ROLES)}."
    }

    def to_internal_value(self, data: Any) -> dict[str, int]:
        """The places. Raises ValidationError."""
        found = super().to_internal_value(data)
        if not isinstance(found, Mapping) or not all(_is_place(place) for place in found.values()):
            self.fail("columns")
        return dict(found)


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": MOST_MAPPED,
        "additionalProperties": {"type": "string", "maxLength": LONGEST_CATEGORY},
        "example": {"groceries": "Food & Dining"},
    }
)
class CategoriesField(_JsonField):
    """Categories of the user by the names that the file has; as JSON text in a form with a file."""

    default_error_messages = {
        "categories": (
            f"Give an object of at most {MOST_MAPPED} of your categories by the names in the file, which have at most "
            f"{LONGEST_NAME} characters."
        )
    }

    def to_internal_value(self, data: Any) -> dict[str, str]:
        """The categories. Raises ValidationError."""
        found = super().to_internal_value(data)
        if not isinstance(found, Mapping) or not all(isinstance(name, str) for name in found.values()):
            self.fail("categories")
        return dict(found)


class LayoutRequest(StrictSerializer):
    """How a file is read. What is left out, the file itself tells, or stays as it was said before."""

    rules = {
        "columns": "Columns that the file has, each for one thing; not `amount` beside `debit` or `credit`.",
        "default_category": "One of `categories/`.",
        "categories": f"One of `categories/` each, by names of at most {LONGEST_NAME} characters.",
    }

    columns = ColumnsField(required=False)
    date_order = serializers.ChoiceField(ORDERS, required=False, help_text="For dates like 05/06/2026.")
    decimal_mark = serializers.ChoiceField(MARKS, required=False)
    spending = serializers.ChoiceField(
        SPENDINGS, required=False, help_text="The sign of spending where one column holds all amounts."
    )
    default_category = TextField(required=False, max_length=LONGEST_CATEGORY)
    unknown_category = serializers.ChoiceField(
        UNKNOWN_CATEGORIES,
        required=False,
        help_text="What becomes of a name that is none of your categories: an error, or `default_category`.",
    )
    categories = CategoriesField(required=False)


class ImportRequest(LayoutRequest):
    """A file to import, sent as `multipart/form-data`."""

    rules = {
        **LayoutRequest.rules,
        "file": "A table with a row of names, and within the limits of rows and columns.",
        "import_id": FRESH_ID,
    }

    file = UploadField(
        most=LARGEST_FILE,
        allow_empty_file=True,
        help_text=f"CSV, TSV or semicolons, UTF-8, UTF-16 or Latin-1, at most 5 MB and {MOST_ROWS:,} rows.",
    )
    import_id = IdField(required=False, help_text="A UUIDv7 of your own; the same again is the same import.")


class ConfirmRequest(StrictSerializer):
    """What becomes of rows that are no plain new expenses."""

    rules = {"include": "Numbers of rows that are alike."}

    credits = serializers.ChoiceField(CREDITS, default="skip", help_text="Money that came in: skipped, or refunds.")
    alike = serializers.ChoiceField(
        ALIKE, default="leave", help_text="Rows of the day and amount of an expense that was entered by hand."
    )
    include = BoundedListField(
        child=WholeField(min_value=1, max_value=MOST_ROWS),
        default=list,
        max_length=MOST_ROWS,
        help_text="Numbers of rows that are alike and are added in any case.",
    )


class RowsQuery(StrictSerializer):
    """Which rows."""

    state = serializers.ChoiceField(STATES, required=False)


class LayoutSerializer(serializers.Serializer[Layout]):
    """How a file is read; null is what must still be said."""

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
    alike = serializers.CharField()
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
    questions = serializers.SerializerMethodField(help_text="What must still be said of the layout, by field.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows by state: new, duplicate, alike, credit, error."
    )
    choices = ChoicesSerializer()
    total = serializers.IntegerField(help_text="Rows that become expenses.")
    behind = serializers.IntegerField(help_text="How many of them are done, or taken away again.")
    added = serializers.IntegerField()
    doubled = serializers.IntegerField(help_text="Rows that another import had added meanwhile.")
    refused = serializers.IntegerField(help_text="Rows that could not be added any more.")
    stopped_by = serializers.CharField(
        help_text="While it is `stopped`: the code of the quota. Make room and confirm it again with the same choices."
    )
    refusals = serializers.SerializerMethodField(help_text="Some of those, with the reason.")
    removed = serializers.IntegerField(help_text="Expenses that the undo took away.")
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
    expense_id = serializers.CharField(help_text="Of a duplicate or a row that is alike: the expense that is there.")
    problems = ProblemSerializer(many=True)
    text = serializers.CharField(help_text="The cells of a row with problems.")


def wishes_of(fields: Mapping[str, Any]) -> Wishes:
    """What checked fields say of a layout."""
    return Wishes(**{name: value for name, value in fields.items() if name in Wishes.__dataclass_fields__})


def _is_place(place: Any) -> bool:
    return isinstance(place, int) and not isinstance(place, bool)
