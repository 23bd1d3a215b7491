"""Signs of life of the workers and of the schedule, in one row that the health report reads.

A worker writes it every 10 seconds, and with it when it last worked a task that only the schedule sends. So a dead
worker shows, and where workers live, a schedule (or a broker) that is dead.
"""

import logging
import threading
from datetime import datetime, timedelta

from core import clock
from core.heartbeat.signs import Signs, signs_address, signs_change, signs_from_item
from core.reading import one
from core.storage import StorageError, journey, store

EVERY = timedelta(seconds=10)
LASTS = timedelta(seconds=30)
"""After this long without a sign, a worker or the schedule counts as dead."""

logger = logging.getLogger(__name__)


def read() -> Signs:
    """The signs of life of all workers together; 1 request."""
    return one(signs_address(), signs_from_item) or Signs()


def write(schedule_at: datetime | None) -> None:
    """Note that this worker lives and, unless None, when it saw the schedule; 1 request."""
    store().write(signs_change(clock.now(), schedule_at))


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
