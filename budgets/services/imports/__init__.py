"""Importing expenses from a bank's file: upload, say how to read it, confirm, work, undo.

A worker adds the rows of a file in steps, each one transaction of expenses, totals of months, marks of the rows, and
the progress on the row of the import. So a step is done once or not at all, whatever is killed and when.
"""

from budgets.services.imports.confirmation import import_confirm, import_resume, import_undo
from budgets.services.imports.upload import import_discard, import_layout, import_upload
from budgets.services.imports.worker import work, work_for_a_while, work_imports

__all__ = [
    "import_confirm",
    "import_discard",
    "import_layout",
    "import_resume",
    "import_undo",
    "import_upload",
    "work",
    "work_for_a_while",
    "work_imports",
]
