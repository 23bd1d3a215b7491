"""Failed tries by name (`sign-in#alice#203.0.113.7`), in the Throttle table."""

from __future__ import annotations

from datetime import datetime

from core import clock
from core.accounts.attempts import LOCK, WINDOW, Attempts
from core.storage import Attr, ConditionFailed, Delete, Get, Item, Put, aside, store
from core.tables import THROTTLE


def get_operation(name: str) -> Get:
    """For reading tries together with other rows; the answer goes through `attempts_from_item`."""
    return Get(THROTTLE, {"name": name})


def attempts_from_item(item: Item | None) -> Attempts:
    """The tries that a row holds; none where there is no row."""
    return Attempts(tuple(clock.from_text(text) for text in item["times"])) if item else Attempts()


def get(name: str) -> Attempts:
    """The tries under a name; 1 request."""
    return attempts_from_item(store().get(THROTTLE, {"name": name}, consistent=True))


def book(name: str, before: Attempts, now: datetime) -> bool:
    """Add a try made now to those that were read. False when another try was booked in between; 1 request."""
    write = book_write(name, before, now)
    try:
        with aside():
            store().put(write.table, write.item, condition=write.condition, label=write.label)
    except ConditionFailed:
        return False
    return True


def book_write(name: str, before: Attempts, now: datetime) -> Put:
    """The same as part of a transaction, label `attempts`."""
    after = before.with_one_more(now)
    unchanged = Attr("times").eq(_texts(before)) if before.times else Attr("name").not_exists()
    item = {"name": name, "times": _texts(after), "expires_at": clock.to_seconds(now + WINDOW + LOCK)}
    return Put(THROTTLE, item, condition=unchanged, label="attempts")


def forget_write(name: str) -> Delete:
    """Forget the tries under a name, label `attempts`."""
    return Delete(THROTTLE, {"name": name}, label="attempts")


def forget(name: str) -> None:
    """Forget the tries under a name; 1 request."""
    store().delete(THROTTLE, {"name": name})


def _texts(attempts: Attempts) -> list[str]:
    return [clock.to_text(time) for time in attempts.times]
