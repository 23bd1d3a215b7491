"""Error codes of expenses and budgets."""

from budgets.domain.importing.record import UNDO_KEPT
from core.codes import Code

CODES: dict[str, Code] = {
    "import_quota": Code(409, "Import quota reached", "Confirm or discard an open import to make room for another."),
    "category_quota": Code(409, "Category quota reached", "Remove a category of your own to make room for another."),
    "category_in_use": Code(409, "Category in use", "Delete its budget first."),
    "import_not_ready": Code(
        409, "Import not ready", "Choose how the file is read: `questions` lists what is missing."
    ),
    "import_empty": Code(409, "Nothing to import", "Each row is a duplicate, is a credit, or has an error."),
    "import_confirmed": Code(409, "Import already confirmed", "It was confirmed with other choices; undo it first."),
    "import_not_confirmed": Code(409, "Import not confirmed", "It has added nothing; discard it instead."),
    "import_running": Code(409, "Import still running", "Wait until its status is `done`."),
    "import_too_old": Code(
        409, "Import too old to undo", f"After {UNDO_KEPT.days} days its expenses are deleted one by one."
    ),
}
