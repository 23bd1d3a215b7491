"""Failed tries by name (`sign-in#alice#203.0.113.7`), in the Throttle table."""

from datetime import datetime

from core import clock
from core.accounts.attempts import LOCK, WINDOW, Attempts
from core.storage.operations import Attr, Delete, Get, Item, Put
from core.tables import THROTTLE


def attempts_address(name: str) -> Get:
    """Where the tries under a name are; the answer goes through `attempts_from_item`."""
    return Get(THROTTLE, {"name": name})


def attempts_from_item(item: Item | None) -> Attempts:
    """The tries that a row holds; none where there is no row."""
    return Attempts(tuple(clock.from_text(text) for text in item["times"])) if item else Attempts()


def attempts_put(name: str, before: Attempts, now: datetime) -> Put:
    """Add a try made now to those that were read, label `attempts`; fails where another was added since."""
    after = before.with_one_more(now)
    unchanged = Attr("times").eq(_texts(before)) if before.times else Attr("name").not_exists()
    item = {"name": name, "times": _texts(after), "expires_at": clock.to_seconds(now + WINDOW + LOCK)}
    return Put(THROTTLE, item, condition=unchanged, label="attempts")


def attempts_delete(name: str) -> Delete:
    """Forget the tries under a name, label `attempts`."""
    return Delete(THROTTLE, {"name": name}, label="attempts")


def _texts(attempts: Attempts) -> list[str]:
    return [clock.to_text(time) for time in attempts.times]
