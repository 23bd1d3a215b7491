"""How the site is: what `/readyz` tells, and what `/metrics` tells of the whole site."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import clock, heartbeat, outbox, wiring
from core.heartbeat import Signs
from core.metrics.gauges import Gauge, part_gauge
from core.storage import ItemStore, StorageError, journey, store

logger = logging.getLogger(__name__)

LONGEST_WAIT = 60
"""Seconds that an event or a message may wait before it counts as held up."""
RECENT = timedelta(seconds=5)
"""For how long a report is told again, so that nobody who asks often runs up the bill of the store."""
PATIENCE = 3
"""Seconds that who asks is kept waiting for a report; a store that is out of reach may take longer to say so."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site: whether it is as it should be, its figures for people, and those for Prometheus."""

    name: str
    ok: bool
    figures: Mapping[str, Any]
    gauges: tuple[Gauge, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All parts. Without its store the site is unavailable; any other part amiss makes it degraded."""

    parts: tuple[Part, ...]

    @property
    def available(self) -> bool:
        return all(part.ok for part in self.parts if part.name == "store")

    @property
    def status(self) -> str:
        if not self.available:
            return "unavailable"
        return "ok" if all(part.ok for part in self.parts) else "degraded"

    @property
    def gauges(self) -> Iterator[Gauge]:
        for part in self.parts:
            yield part_gauge(part.name, part.ok)
            yield from part.gauges


def report() -> Report:
    """The store first, then what waits, who works, and what the apps bring; the store alone unless it answers them all.

    10 requests to the store, and those of the apps' HEALTH, each `() -> list[Part]`.
    """
    with journey("health"):
        try:
            signs, first = _store()
            return Report((first, _outbox(), *_workers(signs), *_of_apps()))
        except StorageError as error:
            return Report((Part("store", False, {"error": type(error).__name__}),))


class Recent:
    """The last report, made anew when it is older than 5 seconds: once, for all that wait for it."""

    def __init__(self, make: Callable[[], Report] = report) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Future[Report] = Future()
        self._of: tuple[ItemStore, datetime] | None = None

    def __call__(self) -> Report:
        """The report; one without a store that answers when none is made within 3 seconds."""
        with self._lock:
            if not self._is_recent():
                self._of, self._made = (store(), clock.now()), Future()
                threading.Thread(target=self._run, args=(self._made,), name="health", daemon=True).start()
            made = self._made
        try:
            return made.result(PATIENCE)
        except TimeoutError:
            return Report((Part("store", False, {"error": f"no answer within {PATIENCE} seconds"}),))

    def _is_recent(self) -> bool:
        if self._of is None or self._of[0] is not store():
            return False
        return not self._made.done() or timedelta(0) <= clock.now() - self._of[1] < RECENT

    def _run(self, made: Future[Report]) -> None:
        try:
            made.set_result(self._make())
        except BaseException as error:
            made.set_exception(error)


recent_report = Recent()
"""A report of the last 5 seconds, of this process."""


def _store() -> tuple[Signs, Part]:
    """The signs of life of workers and schedule, and the store's own part."""
    started = time.perf_counter()
    signs = heartbeat.read()
    return signs, Part("store", True, {"milliseconds": round((time.perf_counter() - started) * 1000, 1)})


def _of_apps() -> Iterator[Part]:
    """What the apps bring; for what one of them cannot tell, because of a row that nobody foresaw say, its fault."""
    for parts_of in wiring.listed("HEALTH"):
        try:
            parts: list[Part] = parts_of()
        except StorageError:
            raise
        except Exception as error:
            logger.exception("the state of %s cannot be told", parts_of.__name__)
            parts = [Part(parts_of.__name__, False, {"error": type(error).__name__})]
        yield from parts


def _outbox() -> Part:
    depth = outbox.depth()
    waited = (clock.now() - depth.oldest).total_seconds() if depth.oldest else 0
    figures = {"waiting": depth.waiting, "oldest_seconds": round(waited, 1), "given_up": depth.given_up}
    about = "Events that wait for their handlers, or were given up; counted up to 100 of each shard."
    gauges = (
        Gauge("cryptopulse_outbox_events", about, depth.waiting, {"state": "waiting"}),
        Gauge("cryptopulse_outbox_events", about, depth.given_up, {"state": "given_up"}),
        Gauge("cryptopulse_outbox_oldest_age_seconds", "Since the oldest event that waits happened.", max(waited, 0)),
    )
    return Part("outbox", waited < LONGEST_WAIT and depth.given_up == 0, figures, gauges)


def _workers(signs: Signs) -> Iterator[Part]:
    now = clock.now()
    for name, seen_at, about in (
        ("worker", signs.worker_at, "Since a worker last said that it lives."),
        ("schedule", signs.schedule_at, "Since a worker last worked a task of the schedule."),
    ):
        seconds = None if seen_at is None else max((now - seen_at).total_seconds(), 0)
        is_alive = seconds is not None and seconds < heartbeat.LASTS.total_seconds()
        gauges = () if seconds is None else (Gauge(f"cryptopulse_{name}_heartbeat_age_seconds", about, seconds),)
        yield Part(name, is_alive, {"seen_seconds": None if seconds is None else round(seconds, 1)}, gauges)
