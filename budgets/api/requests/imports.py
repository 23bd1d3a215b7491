"""What the endpoints of imports take."""

import json
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.domain.categories import LONGEST_CATEGORY
from budgets.domain.importing.amounts import MARKS, SPENDINGS
from budgets.domain.importing.columns import ROLES
from budgets.domain.importing.dates import ORDERS
from budgets.domain.importing.layout import LONGEST_NAME, MOST_MAPPED, UNKNOWN_CATEGORIES, LayoutDraft
from budgets.domain.importing.record import CREDITS, POSSIBLE_DUPLICATES
from budgets.domain.importing.rows import STATES
from budgets.domain.importing.sheet import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS
from core.api.fields import FRESH_ID, BoundedListField, IdField, WholeField
from core.api.refusals import RULE
from core.api.serializers import StrictSerializer
from core.api.text_fields import TextField, UploadField

A_COLUMN = "The place of a column of the file."


class _JsonField(serializers.JSONField):
    """A value of a body, or JSON text in a form with a file, held to what `ExactJSONParser` takes of a body."""

    def to_internal_value(self, data: Any) -> Any:
        """The value. Raises ValidationError for what is not JSON, nested too deeply, or not Unicode."""
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
        "columns": f"Enter an object of places from 0 by what the column holds: {', '.join(ROLES)}."
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
            f"Enter an object of at most {MOST_MAPPED} of your categories by the names in the file, which have at most "
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
    """How a file is read. What is left out is found in the file itself, or stays as it was set before."""

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
        help_text="What becomes of a name that is not one of your categories: an error, or `default_category`.",
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
    import_id = IdField(required=False, help_text="A UUIDv7 that you make; repeating it gives the same import.")


class ConfirmRequest(StrictSerializer):
    """What becomes of credits and possible duplicates."""

    rules = {"include": "Numbers of rows that are possible duplicates."}

    credits = serializers.ChoiceField(CREDITS, default="skip", help_text="Money that came in: skipped, or refunds.")
    alike = serializers.ChoiceField(
        POSSIBLE_DUPLICATES,
        default="leave",
        help_text="Possible duplicates: rows with the day and amount of an expense that was entered by hand.",
    )
    include = BoundedListField(
        child=WholeField(min_value=1, max_value=MOST_ROWS),
        default=list,
        max_length=MOST_ROWS,
        help_text="Numbers of possible duplicates that are added in any case.",
    )


class RowsQuery(StrictSerializer):
    """Which rows."""

    state = serializers.ChoiceField(STATES, required=False)


def draft_of(fields: Mapping[str, Any]) -> LayoutDraft:
    """The draft that checked fields say."""
    return LayoutDraft(**{name: value for name, value in fields.items() if name in LayoutDraft.__dataclass_fields__})


def _is_place(place: Any) -> bool:
    return isinstance(place, int) and not isinstance(place, bool)
