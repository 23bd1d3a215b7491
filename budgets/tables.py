"""Tables of expenses, budgets and imports."""

from core.storage.schema import Index, Table, text
from core.tables import FILE_KEPT

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
        "import_id": "the import that added it, if any",
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
        "channels": "BUDGETS: list of the names of the channels that notify of budgets; absent until the user chooses",
        "categories": (
            "PERIOD#: by category, `spent`, `count` of expenses and refunds, and what the user was notified of: "
            "`told` (list of percentages), `told_exceeded`, `judged_by` (the amount of the budget at that time)"
        ),
        "version": "counts the writes; every write names the version it read",
        "created_at": "BUDGETS: when the row was made, UTC",
        "updated_at": "when it was last written, UTC",
    },
)

IMPORTS = Table(
    "Imports",
    text("username"),
    text("entry"),
    indexes=(Index("WorkIndex", text("work"), text("updated_at"), about="Imports with work for a worker."),),
    ttl="ttl",
    about=(
        "Four kinds of rows by `entry`: `IMPORT#<import_id>` is one import, `KEY#<digest>` a row of some file that "
        "became an expense, `ROWS#<sheet>#<n>` a part of a file, `PLAN#<plan>#<n>` a part of its rows as they will be "
        "added. Each kind has a beginning of its own, so that the imports are listed without the rows."
    ),
    attributes={
        "import_id": "IMPORT#: a UUIDv7 made by the client; KEY#: the import that made the expense",
        "file_name": "IMPORT#: what the file was called",
        "digest": "IMPORT#: SHA-256 of the file and of what was asked for",
        "status": "IMPORT#: mapping, preview, running, stopped, done, undoing or undone",
        "header": "IMPORT#: list of the names of the file's columns",
        "row_count": "IMPORT#: rows of the file",
        "layout": "IMPORT#: how it is read: places of columns, order of dates, decimal mark, sign of spending ...",
        "sheet": "IMPORT#: the id of the ROWS# rows; absent where it is that of the import",
        "plan": "IMPORT#: the id of the PLAN# rows that apply",
        "stopped_by": "IMPORT#: stopped: the code of the quota that it reached",
        "counts": "IMPORT#: number of rows by state: new, duplicate, alike (a possible duplicate), credit, error",
        "choices": "IMPORT#: what becomes of credits and of possible duplicates (`alike`)",
        "position": "IMPORT#: rows of the plan that are done",
        "total": "IMPORT#: rows that were to become expenses",
        "added": "IMPORT#: rows that became expenses",
        "doubled": "IMPORT#: rows that another import had added in the meantime",
        "refused": "IMPORT#: rows that could not be added any more, say for a category that was removed",
        "refusals": "IMPORT#: some of those, by row the reason",
        "removed": "IMPORT#: expenses that the undo removed",
        "kept": "IMPORT#: ids of expenses that the undo left, since they had been changed; 100 at most",
        "kept_count": "IMPORT#: how many those are",
        "crossed": "IMPORT#: thresholds that it crossed, in one notification",
        "work": "IMPORT#: `imports` while a worker is needed; no other row has it",
        "confirmed_at": "IMPORT#: when the user confirmed it, UTC",
        "finished_at": "IMPORT#: when all was added, UTC",
        "undone_at": "IMPORT#: when all was removed, UTC",
        "version": "IMPORT#: counts the writes; every write names the version it read",
        "expense_id": "KEY#: the expense that the row became",
        "packed": "ROWS#, PLAN#: rows as compressed JSON",
        "ttl": (
            "when the row goes, epoch seconds: 7 days after the upload for an import that nobody confirms and for "
            "ROWS#, 40 days for PLAN#; KEY# rows and confirmed imports stay"
        ),
        "created_at": "when the row was made, UTC",
        "updated_at": "IMPORT#: when it was last written, UTC",
    },
)

RECEIPTS = Table(
    "Receipts",
    text("username"),
    text("key"),
    indexes=(Index("LookIndex", text("look"), text("look_at"), about="Files by when a worker is to check them."),),
    about=(
        "Each file that was kept as a receipt, written before the file: what no expense has named for "
        f"{FILE_KEPT.days} days is removed, the file first."
    ),
    attributes={
        "key": "where the file is in the private files",
        "look": "always `receipts`",
        "look_at": "`<time>#<key>`: when a worker is to check whether an expense names it",
        "expense_id": "the expense that it was sent for",
        "name": "what the file is called",
        "content_type": "what it is, by its content",
        "size": "bytes",
        "uploaded_at": "when it was sent, UTC",
        "unreferenced_since": "since when no expense names it, UTC; absent while one does",
    },
)

TABLES = (EXPENSES, BUDGETS, IMPORTS, RECEIPTS)
