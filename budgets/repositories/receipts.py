"""Receipts as items of the Receipts table: the files that there are, whether an expense names them or not."""

from dataclasses import dataclass
from datetime import datetime

from budgets.domain.expense import Receipt
from budgets.repositories.expenses import expense_address, receipt_facts, receipt_of_facts
from budgets.tables import EXPENSES, RECEIPTS
from core import clock, ids
from core.storage.operations import Attr, Change, Check, Delete, Get, Item, KeyCondition, Put, Query, Update
from core.tables import FILE_KEPT

LOOK = "receipts"
AFTER_ALL = "~"


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A file of a user, and the expense that it was sent for.

    unreferenced_since: None while an expense names it. due_at: when it is to be checked.
    """

    username: str
    expense_id: str
    receipt: Receipt
    unreferenced_since: datetime | None
    due_at: datetime


def receipt_insert(username: str, expense_id: str, receipt: Receipt) -> Put:
    """Note a file that is about to be kept, and that no expense names yet."""
    item = _item(username, expense_id, receipt, receipt.uploaded_at)
    return Put(RECEIPTS, item, Attr("key").not_exists(), "receipt")


def receipt_unnamed(
    username: str, expense_id: str, receipt: Receipt, since: datetime, *, only_if_there: bool = False
) -> Put:
    """Note that no expense has named the file since this time; fails (label `receipt`) where the row must be there."""
    condition = Attr("key").exists() if only_if_there else None
    return Put(RECEIPTS, _item(username, expense_id, receipt, since), condition, "receipt")


def receipt_named(username: str, key: str, at: datetime) -> Change:
    """Note that an expense names the file now; fails (label `receipt`) where the file is gone."""
    update = Update(set={"look_at": _look_at(at + FILE_KEPT, key)}, remove=("unreferenced_since",))
    return Change(RECEIPTS, _key(username, key), update, Attr("key").exists(), "receipt")


def expense_there(username: str, expense_id: str) -> Check:
    """The condition, label `expense`, that the expense is there."""
    return Check(EXPENSES, expense_address(username, expense_id).key, Attr("expense_id").exists(), "expense")


def receipt_remove(username: str, key: str) -> Delete:
    """Forget a file that is gone; fails (label `receipt`) where somebody has done so."""
    return Delete(RECEIPTS, _key(username, key), Attr("key").exists(), "receipt")


def receipt_address(username: str, key: str) -> Get:
    """Where the row of one file is."""
    return Get(RECEIPTS, _key(username, key))


def receipts_of(username: str) -> Query:
    """All files of a user, read consistently."""
    return Query(RECEIPTS, KeyCondition("username").eq(username), consistent=True)


def receipts_to_look_at(until: datetime, limit: int) -> Query:
    """Files of all users that are due for a check, the longest due first. May lag."""
    due = KeyCondition("look").eq(LOOK) & KeyCondition("look_at").lte(_look_at(until, AFTER_ALL))
    return Query(RECEIPTS, due, index="LookIndex", limit=limit)


def receipt_from_item(item: Item) -> StoredReceipt:
    """The file that a row is about."""
    since = item.get("unreferenced_since")
    return StoredReceipt(
        username=item["username"],
        expense_id=item["expense_id"],
        receipt=receipt_of_facts(item),
        unreferenced_since=None if since is None else clock.from_text(since),
        due_at=clock.from_text(item["look_at"].partition("#")[0]),
    )


def receipt_item(there: StoredReceipt) -> Item:
    """The row of a file as it counts."""
    return _item(there.username, there.expense_id, there.receipt, there.receipt.uploaded_at)


def _key(username: str, key: str) -> Item:
    return {"username": username, "key": key}


def _look_at(at: datetime, key: str) -> str:
    return ids.time_key(at, key)


def _item(username: str, expense_id: str, receipt: Receipt, unreferenced_since: datetime) -> Item:
    return {
        "username": username,
        **receipt_facts(receipt),
        "look": LOOK,
        "look_at": _look_at(unreferenced_since + FILE_KEPT, receipt.key),
        "expense_id": expense_id,
        "unreferenced_since": clock.to_text(unreferenced_since),
    }
