"""What is asked of the tables of expenses, budgets, months, imports and receipts."""

from budgets.tables import BUDGETS, EXPENSES, IMPORTS, RECEIPTS
from core.access_patterns import patterns

TESTS = "tests/budgets/test_access_patterns.py"
OF_IMPORTS = "tests/budgets/importing/test_access_patterns.py"
OF_RECEIPTS = "tests/budgets/test_receipts_access.py"

_expenses = patterns(EXPENSES, "budgets", TESTS)
_budgets = patterns(BUDGETS, "budgets", TESTS)
_imports = patterns(IMPORTS, "budgets", OF_IMPORTS)
_receipts = patterns(RECEIPTS, "budgets", OF_RECEIPTS)

ACCESS_PATTERNS = (
    _expenses("one expense", "GetItem", "repositories.expenses.expense_address", "test_expenses_one"),
    _expenses(
        "up to a hundred expenses by their ids",
        "BatchGetItem",
        "selectors.expenses.expenses_by_id",
        "test_expenses_by_their_ids",
    ),
    _expenses(
        "the newest expenses by their day",
        "Query DateIndex",
        "repositories.expenses.expenses_query",
        "test_expenses_newest",
    ),
    _expenses(
        "expenses from one day to another",
        "Query DateIndex",
        "repositories.expenses.expenses_query",
        "test_expenses_date_range",
    ),
    _expenses(
        "expenses of a category from one day to another",
        "Query CategoryIndex",
        "repositories.expenses.expenses_query",
        "test_expenses_of_a_category_in_a_range",
    ),
    _expenses(
        "all expenses of a user, for a recount",
        "Query",
        "repositories.expenses.expenses_of",
        "test_expenses_all_consistently",
    ),
    _expenses(
        "an expense with the totals of its month and its events, all or nothing",
        "TransactWriteItems",
        "repositories.months.month_put",
        "test_expenses_written_with_their_month",
    ),
    _budgets(
        "budgets, own categories and channels, together with a month",
        "BatchGetItem",
        "selectors.months.month_summary",
        "test_budgets_definitions_and_month_together",
    ),
    _budgets(
        "what a user has set, alone",
        "GetItem",
        "repositories.definitions.definitions_address",
        "test_budgets_definitions",
    ),
    _budgets(
        "the totals of some months",
        "Query",
        "repositories.months.months_query",
        "test_budgets_months_from_one_to_another",
    ),
    _budgets(
        "all that an expense is decided by: what is set, its month and its row",
        "BatchGetItem",
        "services.snapshot.snapshot_of",
        "test_budgets_all_that_an_expense_is_decided_by",
    ),
    _imports("one import", "GetItem", "repositories.imports.import_address", "test_imports_one"),
    _imports(
        "the newest imports, without their rows", "Query", "repositories.imports.imports_query", "test_imports_newest"
    ),
    _imports(
        "which of up to a hundred rows became expenses before",
        "BatchGetItem",
        "selectors.imports.keys_known",
        "test_imports_marks_of_rows",
    ),
    _imports(
        "the rows of an import as they will be added",
        "Query",
        "repositories.imports.plan_query",
        "test_imports_rows_of_the_plan",
    ),
    _imports(
        "the rows of a file as it was uploaded",
        "Query",
        "repositories.imports.sheet_query",
        "test_imports_rows_of_the_file",
    ),
    _imports(
        "imports of everybody that a worker must see to",
        "Query WorkIndex",
        "repositories.imports.worked_query",
        "test_imports_that_no_worker_is_at",
    ),
    _receipts(
        "one file that was kept as a receipt", "GetItem", "repositories.receipts.receipt_address", "test_receipts_one"
    ),
    _receipts("all files of a user", "Query", "repositories.receipts.receipts_of", "test_receipts_of_a_user"),
    _receipts(
        "an expense with the file that it names and the one that it named",
        "TransactWriteItems",
        "services.receipts.attachment.receipt_remove",
        "test_receipts_written_with_their_expense",
    ),
    _receipts(
        "files of all users that are due for a check",
        "Query LookIndex",
        "repositories.receipts.receipts_to_look_at",
        "test_receipts_to_look_at",
    ),
)
