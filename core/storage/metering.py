"""What the store is asked for: requests and capacity units, by table and by the journey that caused them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_journey: ContextVar[str] = ContextVar("journey", default="other")


@dataclass(slots=True)
class Counts:
    """Requests, units as DynamoDB bills them, tries again, and seconds spent."""

    requests: int = 0
    read_units: float = 0
    write_units: float = 0
    retries: int = 0
    seconds: float = 0

    def add(self, other: Counts) -> None:
        """Count the other's in."""
        self.requests += other.requests
        self.read_units += other.read_units
        self.write_units += other.write_units
        self.retries += other.retries
        self.seconds += other.seconds


@dataclass(slots=True)
class Usage:
    """What was asked of the store, by table; a transaction or batch counts once, for its first table."""

    by_table: dict[str, Counts] = field(default_factory=dict)

    @property
    def total(self) -> Counts:
        """All tables together."""
        total = Counts()
        for counts in self.by_table.values():
            total.add(counts)
        return total

    @property
    def requests(self) -> int:
        return self.total.requests

    @property
    def read_units(self) -> float:
        return self.total.read_units

    @property
    def write_units(self) -> float:
        return self.total.write_units

    def without(self, *tables: str) -> Usage:
        """The same without these tables."""
        return Usage({name: counts for name, counts in self.by_table.items() if name not in tables})


_lock = threading.Lock()
os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)
_open: list[Usage] = []
_by_journey: dict[str, Usage] = {}


def record(table: str, counts: Counts) -> None:
    """Count one call, of whichever thread, for every measurement under way and for the journey of this context."""
    with _lock:
        for usage in (*_open, _by_journey.setdefault(_journey.get(), Usage())):
            usage.by_table.setdefault(table, Counts()).add(counts)


@contextmanager
def measured() -> Iterator[Usage]:
    """Counts every call of every thread while it is open."""
    usage = Usage()
    with _lock:
        _open.append(usage)
    try:
        yield usage
    finally:
        with _lock:
            _open[:] = [other for other in _open if other is not usage]


@contextmanager
def journey(name: str) -> Iterator[None]:
    """Calls of this context, until it ends, are counted for the journey; the outermost journey keeps them."""
    if _journey.get() != "other":
        yield
        return
    token = _journey.set(name)
    try:
        yield
    finally:
        _journey.reset(token)


def by_journey() -> dict[str, Usage]:
    """What this process has asked for since its start, by journey; a copy."""
    with _lock:
        return {
            name: Usage({table: Counts(*_values(counts)) for table, counts in usage.by_table.items()})
            for name, usage in _by_journey.items()
        }


def _values(counts: Counts) -> tuple[int, float, float, int, float]:
    return counts.requests, counts.read_units, counts.write_units, counts.retries, counts.seconds
