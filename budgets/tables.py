"""Tables of expenses and budgets."""

from __future__ import annotations

from core.storage.schema import Index, Table, text

EXPENSES = Table(
    "Expenses",
    text("username"),
    text("expense_id"),
    indexes=(
        Index("DateIndex", text("username"), text("date_id"), about="Expenses of a user by day."),
        Index("CategoryIndex", text("user_category"), text("date_id"), about="One category of a user, by day."),
    ),
    about=(
        "What was spent, and what came back of it. The id is made by the client, so that a repeated request is one "
        "expense."
    ),
    attributes={
        "date_id": "`<date>#<expense_id>`",
        "user_category": "`<username>#<category>`",
        "amount": "how much, in whole cents; below zero for a refund",
        "currency": "the user's home currency",
        "category": "one of the eleven, or one of the user's own",
        "date": "the day as the user gave it, like 2026-11-20: no time and no zone",
        "description": "what for; absent when empty",
        "merchant": "who was paid; absent when empty",
        "tags": "list of the user's own marks; absent when there are none",
        "receipt": "the file that proves it: `key`, `name`, `content_type`, `size` in bytes, `uploaded_at`",
        "import_id": "the import that brought it, if one did",
        "digest": "SHA-256 of what was asked for when it was recorded",
        "version": "counts the writes; every write names the version it read",
        "created_at": "when it was recorded, UTC",
        "updated_at": "when it was last written, UTC",
    },
)

BUDGETS = Table(
    "Budgets",
    text("username"),
    text("entry"),
    about=(
        "Two kinds of rows by `entry`: `BUDGETS` holds what the user has set, `PERIOD#2026-11` what was spent in one "
        "month, written with each expense of it. Both are read in one request, however many expenses there are."
    ),
    attributes={
        "budgets": (
            "BUDGETS: by category, `amount` a month, `alert_threshold` (list of whole percentages), `created_at` and "
            "`updated_at`"
        ),
        "own_categories": "BUDGETS: list of the categories that the user has added",
        "channels": "BUDGETS: where budget alerts go: list of in_app and email",
        "categories": (
            "PERIOD#: by category, `spent`, `count` of expenses and refunds, and what was told of the month: "
            "`told` (list of percentages), `told_exceeded`, `judged_by` (the amount of the budget at that time)"
        ),
        "version": "counts the writes; every write names the version it read",
        "created_at": "BUDGETS: when the row was made, UTC",
        "updated_at": "when it was last written, UTC",
    },
)

TABLES = (EXPENSES, BUDGETS)
