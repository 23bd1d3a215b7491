"""Files and imports for tests, made through the product's own services."""

from collections import Counter
from datetime import date
from decimal import Decimal

from budgets.domain.expense import Expense
from budgets.domain.importing.layout import LayoutDraft
from budgets.domain.importing.record import Choices, Import
from budgets.domain.importing.rows import Row
from budgets.repositories.imports import KEY
from budgets.selectors import ExpenseFilter, expenses_every
from budgets.selectors.imports import import_get, import_rows
from budgets.services import imports
from budgets.tables import IMPORTS
from core.accounts.domain import User
from core.ids import new_id
from core.storage import store

HEAD = "Date,Payee,Amount\n"
TEA = "2026-11-20,Tea,-3.50\n"
MILK = "2026-11-19,Milk,-1.20\n"
RENT = "2026-10-01,Rent,-800.00\n"
PAY = "2026-11-15,Pay,2000.00\n"
BROKEN = "soon,Gnomes,-1.00\n"
NEGATIVE = LayoutDraft(spending="negative")


def uploaded(user: User, *rows: str, head: str = HEAD, layout: LayoutDraft = NEGATIVE, import_id: str = "") -> Import:
    """A file that is uploaded."""
    content = (head + "".join(rows)).encode()
    return imports.import_upload(
        user, import_id=import_id or new_id(), file_name="bank.csv", content=content, layout=layout
    )


def confirmed(user: User, found: Import, **chosen: object) -> Import:
    """The import, confirmed, and not worked yet."""
    return imports.import_confirm(user, found.import_id, Choices(**chosen))  # type: ignore[arg-type]


def imported(user: User, *rows: str, head: str = HEAD, layout: LayoutDraft = NEGATIVE, **chosen: object) -> Import:
    """A file that is uploaded, confirmed and worked to its end."""
    found = confirmed(user, uploaded(user, *rows, head=head, layout=layout), **chosen)
    return worked(found)


def undone(user: User, found: Import) -> Import:
    """The import, undone to its end."""
    return worked(imports.import_undo(user, found.import_id))


def worked(found: Import) -> Import:
    """The import once a worker was at it."""
    imports.work(found.username, found.import_id)
    return now(found)


def now(found: Import) -> Import:
    """The import as it is now."""
    return import_get(found.username, found.import_id)


def rows(found: Import) -> list[Row]:
    """The rows of its plan."""
    kept = import_rows(found)
    assert kept is not None
    return kept


def states(found: Import) -> list[str]:
    """What each of its rows is."""
    return [row.state for row in rows(found)]


def expenses(user: User) -> list[Expense]:
    """All expenses, oldest day first."""
    return list(expenses_every(user.username, ExpenseFilter(oldest_first=True)))


def said(user: User) -> Counter[tuple[date, str, Decimal]]:
    """How often there is an expense of a day, payee and amount."""
    return Counter((each.day, each.merchant, each.amount) for each in expenses(user))


def keys(user: User) -> set[str]:
    """The expenses that marks of rows point at."""
    items = store().dump(IMPORTS)  # type: ignore[attr-defined]
    return {item["expense_id"] for item in items if item["username"] == user.username and item["entry"].startswith(KEY)}
