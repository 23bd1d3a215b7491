"""What is asked of the tables of expenses, budgets, months, imports and receipts."""

from budgets.tables import BUDGETS, EXPENSES, IMPORTS, RECEIPTS
from core.access_patterns import AccessPattern

REPOSITORIES = "budgets.repositories"
TESTS = "tests/budgets/test_access_patterns.py"
OF_RECEIPTS = "tests/budgets/test_receipts_access.py"
OF_IMPORTS = "tests/budgets/importing/test_access_patterns.py"

ACCESS_PATTERNS = (
    AccessPattern(
        EXPENSES, "one expense", "GetItem", f"{REPOSITORIES}.expenses.expense_address", f"{TESTS}::test_expenses_one"
    ),
    AccessPattern(
        EXPENSES,
        "up to a hundred expenses by their ids",
        "BatchGetItem",
        "budgets.selectors.expenses.expenses_by_id",
        f"{TESTS}::test_expenses_by_their_ids",
    ),
    AccessPattern(
        EXPENSES,
        "the newest expenses by their day",
        "Query DateIndex",
        f"{REPOSITORIES}.expenses.expenses_query",
        f"{TESTS}::test_expenses_newest",
    ),
    AccessPattern(
        EXPENSES,
        "expenses from one day to another",
        "Query DateIndex",
        f"{REPOSITORIES}.expenses.expenses_query",
        f"{TESTS}::test_expenses_date_range",
    ),
    AccessPattern(
        EXPENSES,
        "expenses of a category from one day to another",
        "Query CategoryIndex",
        f"{REPOSITORIES}.expenses.expenses_query",
        f"{TESTS}::test_expenses_of_a_category_in_a_range",
    ),
    AccessPattern(
        EXPENSES,
        "all expenses of a user, for a recount",
        "Query",
        f"{REPOSITORIES}.expenses.expenses_of",
        f"{TESTS}::test_expenses_all_consistently",
    ),
    AccessPattern(
        EXPENSES,
        "an expense with the totals of its month and what it tells, all or nothing",
        "TransactWriteItems",
        "budgets.repositories.months.month_put",
        f"{TESTS}::test_expenses_written_with_their_month",
    ),
    AccessPattern(
        BUDGETS,
        "budgets, own categories and channels, together with a month",
        "BatchGetItem",
        "budgets.selectors.months.month_summary",
        f"{TESTS}::test_budgets_definitions_and_month_together",
    ),
    AccessPattern(
        BUDGETS,
        "what a user has set, alone",
        "GetItem",
        f"{REPOSITORIES}.definitions.definitions_address",
        f"{TESTS}::test_budgets_definitions",
    ),
    AccessPattern(
        BUDGETS,
        "the totals of some months",
        "Query",
        f"{REPOSITORIES}.months.months_query",
        f"{TESTS}::test_budgets_months_from_one_to_another",
    ),
    AccessPattern(
        BUDGETS,
        "all that an expense is decided by: what is set, its month and its row",
        "BatchGetItem",
        "budgets.services.snapshot.snapshot_of",
        f"{TESTS}::test_budgets_all_that_an_expense_is_decided_by",
    ),
    AccessPattern(
        IMPORTS, "one import", "GetItem", f"{REPOSITORIES}.imports.import_address", f"{OF_IMPORTS}::test_imports_one"
    ),
    AccessPattern(
        IMPORTS,
        "the newest imports, without their rows",
        "Query",
        f"{REPOSITORIES}.imports.imports_query",
        f"{OF_IMPORTS}::test_imports_newest",
    ),
    AccessPattern(
        IMPORTS,
        "which of up to a hundred rows became expenses before",
        "BatchGetItem",
        "budgets.services.imports.plan.keys_known",
        f"{OF_IMPORTS}::test_imports_marks_of_rows",
    ),
    AccessPattern(
        IMPORTS,
        "the rows of an import as they were judged",
        "Query",
        f"{REPOSITORIES}.imports.plan_query",
        f"{OF_IMPORTS}::test_imports_rows_as_judged",
    ),
    AccessPattern(
        IMPORTS,
        "the rows of a file as it was uploaded",
        "Query",
        f"{REPOSITORIES}.imports.sheet_query",
        f"{OF_IMPORTS}::test_imports_rows_of_the_file",
    ),
    AccessPattern(
        IMPORTS,
        "imports of everybody that a worker must see to",
        "Query WorkIndex",
        f"{REPOSITORIES}.imports.worked_query",
        f"{OF_IMPORTS}::test_imports_that_nobody_is_at",
    ),
    AccessPattern(
        RECEIPTS,
        "one file that was kept as a receipt",
        "GetItem",
        f"{REPOSITORIES}.receipts.receipt_address",
        f"{OF_RECEIPTS}::test_receipts_one",
    ),
    AccessPattern(
        RECEIPTS,
        "all files of a user",
        "Query",
        f"{REPOSITORIES}.receipts.receipts_of",
        f"{OF_RECEIPTS}::test_receipts_of_a_user",
    ),
    AccessPattern(
        RECEIPTS,
        "an expense with the file that it names and the one that it named",
        "TransactWriteItems",
        "budgets.services.receipts.attaching.receipt_remove",
        f"{OF_RECEIPTS}::test_receipts_written_with_their_expense",
    ),
    AccessPattern(
        RECEIPTS,
        "files of everybody that are to be looked at",
        "Query LookIndex",
        f"{REPOSITORIES}.receipts.receipts_to_look_at",
        f"{OF_RECEIPTS}::test_receipts_to_look_at",
    ),
)
