"""What is asked of the store: requests and capacity units, by table and by the journey that caused them."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

_journey: ContextVar[str] = ContextVar("journey", default="other")


@dataclass(slots=True)
class Counts:
    """Requests, units as DynamoDB bills them, retries, throttled tries, and seconds spent."""

    requests: int = 0
    read_units: float = 0
    write_units: float = 0
    retries: int = 0
    throttles: int = 0
    seconds: float = 0

    def add(self, other: Counts) -> None:
        """Add the other counts."""
        self.requests += other.requests
        self.read_units += other.read_units
        self.write_units += other.write_units
        self.retries += other.retries
        self.throttles += other.throttles
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
_totals: dict[tuple[str, str], Counts] = {}
_errors: Counter[tuple[str, str]] = Counter()


def record(table: str, counts: Counts) -> None:
    """Count one call, of whichever thread, for every measurement under way and for the journey of this context."""
    key = _journey.get(), table
    with _lock:
        for usage in _open:
            usage.by_table.setdefault(table, Counts()).add(counts)
        total = _totals.get(key)
        if total is None:
            total = _totals[key] = Counts()
        total.add(counts)


def record_error(table: str, name: str) -> None:
    """Count one call that ended with the error of this name."""
    with _lock:
        _errors[table, name] += 1


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
    journeys: dict[str, Usage] = {}
    with _lock:
        for (name, table), counts in _totals.items():
            journeys.setdefault(name, Usage()).by_table[table] = replace(counts)
    return journeys


def errors() -> dict[tuple[str, str], int]:
    """How many calls of this process ended with an error, by table and the error's name; a copy."""
    with _lock:
        return dict(_errors)
