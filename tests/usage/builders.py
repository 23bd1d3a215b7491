"""What is counted of a user, for tests."""

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from budgets.domain.expense import Expense
from budgets.services.receipts import receipt_attach
from core.accounts.domain import User
from core.agreement import reconcile
from core.errors import Busy, Refused
from core.storage import Store, StoreUnavailable
from core.usage.selectors import usage_of
from tests.budgets.receipt_files import a_picture

THREADS = 16
TRIES = 1000
PAUSE = 0.05
"""Seconds after which what the sandbox had no room for is tried again."""


def used(user: User, figure: str = "rows") -> int:
    """How much of a figure a user keeps, as Settings says."""
    return {each.quota.figure: each.used for each in usage_of(user.username)}[figure]


def check_agrees(store: Store) -> None:
    """What is counted is what the rows come to."""
    rules = {"usage_is_what_is_kept", "held_are_there", "cannot be read"}
    wrong = [str(each) for each in reconcile(store, pauses=()).disagreements if each.rule in rules]
    assert not wrong, "\n".join(wrong)


def with_receipt(user: User, expense: Expense, content: bytes = b"") -> int:
    """Give the expense a picture as its receipt; how many bytes it has."""
    content = content or a_picture()
    receipt_attach(user, expense.expense_id, io.BytesIO(content), "bill.jpg")
    return len(content)


def refusal(work: Callable[[], object]) -> str:
    """The code with which it is refused; empty where it is not. A 503 is answered by the same call again."""
    for _ in range(TRIES):
        try:
            work()
        except StoreUnavailable:
            continue
        except Busy:
            time.sleep(PAUSE)
            continue
        except Refused as error:
            return error.code
        return ""
    raise AssertionError(f"no answer in {TRIES} tries")


def at_once(*work: Callable[[], object]) -> list[str]:
    """All of these at the same moment, each in a thread of its own; the codes with which they were refused."""
    together = Barrier(len(work))

    def one(call: Callable[[], object]) -> str:
        together.wait()
        return refusal(call)

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))
