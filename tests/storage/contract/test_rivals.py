"""Threads at one item: one winner, nothing lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from core.retry import LostRace, optimistic
from core.storage import Attr, Change, ConditionFailed, Put, Store, TransactionCancelled, Update
from tests.storage.tables import NAMES

KEY = {"name": "a"}


def together(count: int, work: Callable[[int], bool]) -> list[bool]:
    """What `work` returns in that many threads that start at once."""
    start = threading.Barrier(count)

    def run(number: int) -> bool:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_of_two_threads_that_claim_one_name_one_wins(items: Store) -> None:
    def claim(number: int) -> bool:
        try:
            items.put(NAMES, {"name": "a", "winner": number}, condition=Attr("name").not_exists())
        except ConditionFailed:
            return False
        return True

    won = together(2, claim)

    assert sorted(won) == [False, True]
    assert items.get(NAMES, KEY) == {"name": "a", "winner": won.index(True)}


def test_of_two_transactions_on_one_item_one_wins(items: Store) -> None:
    items.put(NAMES, {"name": "a", "version": 1})

    def change(number: int) -> bool:
        try:
            items.transact_write(
                [
                    Change(NAMES, KEY, Update(set={"version": 2}), Attr("version").eq(1)),
                    Put(NAMES, {"name": f"event {number}"}),
                ]
            )
        except TransactionCancelled:
            return False
        return True

    won = together(2, change)

    assert sorted(won) == [False, True]
    assert items.get(NAMES, {"name": f"event {won.index(False)}"}) is None


def test_no_addition_is_lost(items: Store) -> None:
    def count(number: int) -> bool:
        for _ in range(10):
            items.update(NAMES, KEY, Update(add={"count": 1}))
        return True

    together(8, count)

    assert items.get(NAMES, KEY, consistent=True) == {"name": "a", "count": 80}


def test_optimistic_work_ends_with_every_change_made_once(items: Store) -> None:
    items.put(NAMES, {"name": "a", "version": 0})

    def raise_version() -> bool:
        before = items.get(NAMES, KEY, consistent=True)
        assert before is not None
        try:
            items.update(
                NAMES,
                KEY,
                Update(set={"version": before["version"] + 1}),
                condition=Attr("version").eq(before["version"]),
            )
        except ConditionFailed as error:
            raise LostRace from error
        return True

    together(8, lambda number: optimistic(raise_version))

    assert items.get(NAMES, KEY, consistent=True) == {"name": "a", "version": 8}
