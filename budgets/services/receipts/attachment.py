"""Attaching a receipt to an expense, removing it, and restoring it."""

import io
from dataclasses import replace
from typing import IO

from budgets.domain.expense import Expense, Receipt
from budgets.domain.receipt_content import EXTENSIONS, checked_content, cleaned_name
from budgets.repositories.expenses import expense_address, expense_from_item, expense_replace, stored
from budgets.repositories.receipts import (
    StoredReceipt,
    expense_there,
    receipt_address,
    receipt_from_item,
    receipt_insert,
    receipt_named,
    receipt_unnamed,
)
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.private_files import key_of, new_file_name, private_files, save
from core.reading import one, required
from core.retry import LostRace, optimistic
from core.sandbox.runner import run
from core.storage import Write, journey
from core.tables import TRASH_KEPT

FOLDER = "receipts"
LONGEST_FILE_NAME = 100
"""Twice what `new_file_name` makes; the store takes no key that is much longer."""


def receipt_attach(user: User, expense_id: str, file: IO[bytes], name: str) -> Expense:
    """Keep the file as the receipt of the expense, in place of the one that it has; 3 requests, and the file's own.

    The one before can be restored for 30 days. `name` is what the client calls the file; what it is, its content says.
    Raises InvalidInput `file`, see `checked_content`; LimitReached, Busy, see `core.sandbox`; Refused with
    storage_quota or file_quota; NotFound; StoreUnavailable.
    """
    ids.check_could_be(expense_id, "This expense")
    content_type: str = run(checked_content, file, whose=user.username)
    with journey("receipt_attach"):
        receipt = _kept(user.username, expense_id, file, name, content_type)
        try:
            return optimistic(lambda: _name(user.username, expense_id, receipt))[1]
        except NotFound:
            # of an account that is being erased the files may be gone already, and nobody would look for this one
            private_files().delete(receipt.key)
            raise


def receipt_remove(user: User, expense_id: str) -> str:
    """Remove the receipt of the expense; 2 requests.

    Returns the file name by which `receipt_restore` brings it back. Raises NotFound, also where there is no receipt;
    StoreUnavailable.
    """
    ids.check_could_be(expense_id, "This expense")
    with journey("receipt_remove"):
        before, _ = optimistic(lambda: _name(user.username, expense_id, None))
    assert before.receipt is not None
    return file_name_of(before.receipt.key)


def receipt_restore(user: User, expense_id: str, file_name: str) -> Expense:
    """Let the expense name a receipt again that it had, within 30 days; 3 requests, and one for the file.

    Another one that it has in the meantime is removed. A repeated call returns the expense as it is. Raises NotFound
    where there is no such file of this expense any more; StoreUnavailable.
    """
    ids.check_could_be(expense_id, "This expense")
    if len(file_name) > LONGEST_FILE_NAME:
        raise NotFound("This receipt")
    with journey("receipt_restore"):
        there = _stored(user.username, file_name)
        if there is None or there.expense_id != expense_id or not private_files().exists(there.receipt.key):
            raise NotFound("This receipt")
        since = there.unreferenced_since
        if since is not None and clock.now() - since > TRASH_KEPT:
            raise NotFound("This receipt")
        return optimistic(lambda: _name(user.username, expense_id, there.receipt))[1]


def file_name_of(key: str) -> str:
    """The last part of the key of a file, different for each file of a user."""
    return key.rpartition("/")[2]


def _kept(username: str, expense_id: str, file: IO[bytes], name: str, content_type: str) -> Receipt:
    """The file, now stored under a key of its own; its row was written before. 1 request, and the file's own."""
    receipt = Receipt(
        key=key_of(FOLDER, username, new_file_name(EXTENSIONS[content_type])),
        name=cleaned_name(name, content_type),
        content_type=content_type,
        size=file.seek(0, io.SEEK_END),
        uploaded_at=clock.now(),
    )
    writes: list[Write] = [
        receipt_insert(username, expense_id, receipt),
        expense_there(username, expense_id),
        open_check(username),
    ]
    try:
        commit(writes)
    except LostRace as error:
        raise NotFound("This expense") from error
    file.seek(0)
    save(receipt.key, file, content_type)
    return receipt


def _name(username: str, expense_id: str, receipt: Receipt | None) -> tuple[Expense, Expense]:
    """Let the expense name the receipt, or none; the expense before and after. 2 requests."""
    before = required(expense_address(username, expense_id), expense_from_item, "This expense")
    if before.receipt is None and receipt is None:
        raise NotFound("A receipt of this expense")
    if receipt == before.receipt:
        return before, before
    now = clock.now()
    after = replace(before, receipt=receipt, updated_at=now)
    writes: list[Write] = [expense_replace(after), open_check(username)]
    if receipt is not None:
        writes.append(receipt_named(username, receipt.key, now))
    if before.receipt is not None:
        writes.append(receipt_unnamed(username, expense_id, before.receipt, now))
    # of the two files only the one that is named must be there: the other may always be written
    commit(writes, failures={"receipt": NotFound("This receipt")})
    return before, stored(after)


def _stored(username: str, file_name: str) -> StoredReceipt | None:
    return one(receipt_address(username, key_of(FOLDER, username, file_name)), receipt_from_item)
