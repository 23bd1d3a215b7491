"""Signs of life of the workers and of the schedule, in one row that the health report reads.

A worker writes it every 10 seconds, and with it when it last worked a task that the schedule sent for nothing else but
that. So a dead worker shows, and where workers live, a schedule (or a broker) that is dead.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.storage import Get, Item, StorageError, Update, journey, store
from core.tables import THROTTLE

EVERY = timedelta(seconds=10)
LASTS = timedelta(seconds=30)
"""After so long without a sign, a worker or the schedule counts as dead."""
KEPT = timedelta(days=30)
KEY = {"name": "heartbeat"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signs:
    """When a worker, and a task of the schedule, was last seen; None for never."""

    worker_at: datetime | None = None
    schedule_at: datetime | None = None


def address() -> Get:
    """Where the signs of life are."""
    return Get(THROTTLE, KEY)


def from_item(item: Item | None) -> Signs:
    """The signs of life that the row holds; none without a row. Raises ValueError for a row that is none."""
    return Signs(_moment(item or {}, "worker_at"), _moment(item or {}, "schedule_at"))


def read() -> Signs:
    """The signs of life of all workers together; 1 request."""
    return from_item(store().get(THROTTLE, KEY))


def write(schedule_at: datetime | None) -> None:
    """Say that this worker lives, and that the schedule was seen, unless None; 1 request."""
    now = clock.now()
    signs = {"worker_at": clock.to_text(now), "expires_at": clock.to_seconds(now + KEPT)}
    if schedule_at is not None:
        signs["schedule_at"] = clock.to_text(schedule_at)
    store().update(THROTTLE, KEY, Update(set=signs))


class Heart:
    """Writes the signs of life of this process, in a thread of its own, between `start` and `stop`."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._schedule_at: datetime | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._stopped.clear()
            self._thread = threading.Thread(target=self._run, name="heart", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End; what is being written is finished first."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def schedule_seen(self) -> None:
        """A task that the schedule alone sends is being worked."""
        self._schedule_at = clock.now()

    def beat(self) -> None:
        """Write that this worker lives, and what it has seen of the schedule since the last time.

        No more than that, or one of many workers would write over what another has seen since. Raises StorageError.
        """
        seen = self._schedule_at
        with journey("heartbeat"):
            write(seen)
        if self._schedule_at is seen:
            self._schedule_at = None

    def _run(self) -> None:
        while True:
            try:
                self.beat()
            except StorageError as error:
                logger.warning("a heartbeat was not written: %s", error)
            if self._stopped.wait(EVERY.total_seconds()):
                return


HEART = Heart()
"""The heart of this process; it beats in workers."""


def _moment(item: Item, name: str) -> datetime | None:
    try:
        return clock.from_text(item[name]) if name in item else None
    except TypeError as error:
        raise ValueError(f"{name} is not a time") from error
