"""Whether the store can be read and written, and has a layout that this release works with."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.heartbeat.signs import Signs, signs_address, signs_from_item
from core.layout.compatibility import refusal
from core.layout.stamp import stamp_address, stamp_from_item
from core.storage import Get, Item, ItemStore, store
from core.tables import SITE

WRITTEN_EVERY = timedelta(seconds=30)
"""How often a process tries at most whether the store can be written."""
PROBE = Get(SITE, {"name": "probe"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the store found. `refusal`: why this release must not work on it; empty when it may.

    `signs` is None where they cannot be understood. `written_at` is when some process last tried to write, None for
    never.
    """

    refusal: str
    signs: Signs | None
    written_at: datetime | None


class Probe:
    """Looks at the store: one read each time, and a write when this process has not made one for 30 seconds.

    A write that failed counts as none, and is tried again at the next look.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._written: tuple[ItemStore, datetime] | None = None

    def look(self) -> Found:
        """Raises StorageError when the store cannot be read or written."""
        stamp, signs, probe = store().batch_get([stamp_address(), signs_address(), PROBE])
        self._write_if_due()
        return Found(_refusal(stamp), _signs(signs), _written_at(probe))

    def _write_if_due(self) -> None:
        with self._lock:
            now = clock.now()
            if self._written is not None:
                of, at = self._written
                if of is store() and timedelta(0) <= now - at < WRITTEN_EVERY:
                    return
            store().put(SITE, {**PROBE.key, "written_at": clock.to_text(now)})
            self._written = (store(), now)


def _refusal(item: Item | None) -> str:
    try:
        return refusal(stamp_from_item(item))
    except ValueError as error:
        return f"The layout of the store cannot be read: {error}."


def _signs(item: Item | None) -> Signs | None:
    try:
        return signs_from_item(item or {})
    except ValueError:
        return None


def _written_at(item: Item | None) -> datetime | None:
    try:
        return None if item is None else clock.from_text(item["written_at"])
    except (KeyError, TypeError, ValueError):
        return None
