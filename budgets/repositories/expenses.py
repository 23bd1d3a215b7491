"""Expenses as items of the Expenses table."""

from dataclasses import replace
from datetime import date, timedelta

from budgets.domain.expense import Expense, Receipt
from budgets.domain.expense_filter import ALL, ExpenseFilter
from budgets.tables import EXPENSES
from core import clock
from core.storage.operations import Attr, Delete, Get, Item, KeyCondition, Put, Query

BEFORE_ALL = "0"
AFTER_ALL = "~"
"""Texts that sort before and after every day."""


def expense_address(username: str, expense_id: str) -> Get:
    """Where one expense of this user is."""
    return Get(EXPENSES, {"username": username, "expense_id": expense_id})


def expense_insert(expense: Expense) -> Put:
    """Write a new expense; fails (label `expense`) where its id is taken."""
    return Put(EXPENSES, expense_item(expense), Attr("expense_id").not_exists(), "expense")


def expense_replace(expense: Expense) -> Put:
    """Write an expense over the version that it was decided on; fails (label `expense`) where that has changed."""
    return Put(EXPENSES, expense_item(expense), Attr("version").eq(expense.version), "expense")


def expense_remove(expense: Expense) -> Delete:
    """Remove an expense as it was read; fails (label `expense`) where it has changed."""
    key = {"username": expense.username, "expense_id": expense.expense_id}
    return Delete(EXPENSES, key, Attr("version").eq(expense.version), "expense")


def stored(expense: Expense) -> Expense:
    """The expense as it is once one of these has been written."""
    return replace(expense, version=expense.version + 1)


def expense_item(expense: Expense) -> Item:
    """The row of an expense, one version on."""
    item: Item = {
        "username": expense.username,
        "expense_id": expense.expense_id,
        "date_id": _date_id(expense),
        "user_category": _user_category(expense.username, expense.category),
        "amount": expense.amount,
        "currency": expense.currency,
        "category": expense.category,
        "date": expense.day.isoformat(),
        "version": expense.version + 1,
        "created_at": clock.to_text(expense.created_at),
        "updated_at": clock.to_text(expense.updated_at),
    }
    present = {
        "description": expense.description,
        "merchant": expense.merchant,
        "tags": list(expense.tags),
        "receipt": None if expense.receipt is None else receipt_facts(expense.receipt),
        "import_id": expense.import_id,
        "digest": expense.digest,
    }
    return {**item, **{name: value for name, value in present.items() if value}}


def expense_from_item(item: Item) -> Expense:
    """The expense that a row holds."""
    return Expense(
        username=item["username"],
        expense_id=item["expense_id"],
        amount=item["amount"],
        currency=item["currency"],
        category=item["category"],
        day=date.fromisoformat(item["date"]),
        description=item.get("description", ""),
        merchant=item.get("merchant", ""),
        tags=tuple(item.get("tags", ())),
        receipt=receipt_of_facts(item["receipt"]) if "receipt" in item else None,
        import_id=item.get("import_id"),
        version=int(item["version"]),
        created_at=clock.from_text(item["created_at"]),
        updated_at=clock.from_text(item["updated_at"]),
        digest=item.get("digest", ""),
    )


def expenses_query(username: str, wanted: ExpenseFilter = ALL) -> Query:
    """Expenses of a filter but for its text; those of one category through its index. May lag.

    None where the days are in the wrong order.
    """
    lowest = BEFORE_ALL if wanted.since is None else wanted.since.isoformat()
    highest = AFTER_ALL if wanted.until is None else _next_day(wanted.until)
    if wanted.category is None:
        owned, index = KeyCondition("username").eq(username), "DateIndex"
    else:
        owned, index = KeyCondition("user_category").eq(_user_category(username, wanted.category)), "CategoryIndex"
    return Query(
        EXPENSES,
        owned & KeyCondition("date_id").between(lowest, max(lowest, highest)),  # no date_id is a day alone
        index=index,
        descending=not wanted.oldest_first,
    )


def expenses_of(username: str) -> Query:
    """All expenses of a user in the order of their ids, read consistently: what totals are recounted from."""
    return Query(EXPENSES, KeyCondition("username").eq(username), consistent=True)


def _next_day(day: date) -> str:
    return (day + timedelta(days=1)).isoformat() if day < date.max else AFTER_ALL


def _date_id(expense: Expense) -> str:
    return f"{expense.day.isoformat()}#{expense.expense_id}"


def _user_category(username: str, category: str) -> str:
    return f"{username}#{category}"


def receipt_facts(receipt: Receipt) -> Item:
    """What the row of an expense and that of a file say of a receipt."""
    return {
        "key": receipt.key,
        "name": receipt.name,
        "content_type": receipt.content_type,
        "size": receipt.size,
        "uploaded_at": clock.to_text(receipt.uploaded_at),
    }


def receipt_of_facts(item: Item) -> Receipt:
    """The receipt of these facts."""
    return Receipt(
        key=item["key"],
        name=item["name"],
        content_type=item["content_type"],
        size=int(item["size"]),
        uploaded_at=clock.from_text(item["uploaded_at"]),
    )
