"""The row of the signs of life: one, which all workers write."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.storage.operations import Change, Get, Item, Update
from core.tables import THROTTLE

KEPT = timedelta(days=30)
KEY = {"name": "heartbeat"}


@dataclass(frozen=True, slots=True)
class Signs:
    """When a worker, and a task of the schedule, was last seen; None for never."""

    worker_at: datetime | None = None
    schedule_at: datetime | None = None


def signs_address() -> Get:
    """Where the signs of life are."""
    return Get(THROTTLE, KEY)


def signs_change(worker_at: datetime, schedule_at: datetime | None) -> Change:
    """Note that a worker lived at this time and, unless None, when it saw the schedule."""
    signs = {"worker_at": clock.to_text(worker_at), "expires_at": clock.to_seconds(worker_at + KEPT)}
    if schedule_at is not None:
        signs["schedule_at"] = clock.to_text(schedule_at)
    return Change(THROTTLE, KEY, Update(set=signs))


def signs_from_item(item: Item) -> Signs:
    """The signs of life that the row holds. Raises ValueError for a row that cannot be read."""
    return Signs(_moment(item, "worker_at"), _moment(item, "schedule_at"))


def _moment(item: Item, name: str) -> datetime | None:
    try:
        return clock.from_text(item[name]) if name in item else None
    except TypeError as error:
        raise ValueError(f"{name} is not a time") from error
