"""Importing expenses from a bank's file: upload, say how to read it, confirm, work, undo.

An import is a row that says where it stands; a worker takes its rows in steps, each one transaction of expenses, totals
of months, marks of the rows and the progress. So a step is done once or not at all, whoever is killed when.
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
