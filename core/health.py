"""How the site is: what `/readyz` reports, and what `/metrics` reports of the whole site."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import clock, heartbeat, outbox, wiring
from core.events import LONGEST_WAIT
from core.heartbeat.signs import Signs
from core.metrics.exposition import Gauge, part_gauge
from core.probe import Found, Probe
from core.storage import ItemStore, StorageError, journey, store

logger = logging.getLogger(__name__)

RECENT = timedelta(seconds=5)
"""For how long a report is answered again: frequent callers must not run up the bill of the store."""
PATIENCE = 3
"""Seconds that a caller waits for a report; a store that is out of reach may take longer to say so."""
AHEAD = 5
"""Seconds by which a time in the store may be ahead, since the clocks of two machines never agree. One that is further
ahead shows a wrong clock: no age can be computed from it, so that none is cut off at 0."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site: whether it is as it should be, its figures for people, and those for Prometheus."""

    name: str
    ok: bool
    figures: Mapping[str, Any]
    gauges: tuple[Gauge, ...] = ()


def is_recent(seconds: float, lasts: float) -> bool:
    """Whether something was that many seconds ago, and not longer ago than it lasts. What is ahead is not recent."""
    return -AHEAD <= seconds < lasts


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
    """The store first, then what waits, the workers, and what the apps bring; the store alone if it does not answer.

    10 requests to the store, one more in 30 seconds to see whether it can be written, and those of the apps' HEALTH,
    each `() -> list[Part]`.
    """
    with journey("health"):
        try:
            found, first = _store()
            if not first.ok:
                return Report((first,))
            parts = (*_parts("outbox", _outbox), *_workers(found.signs), _clock(found))
            return Report((first, *parts, *_of_apps()))
        except StorageError as error:
            figures = {"error": type(error).__name__} | ({"do": error.advice} if error.advice else {})
            return Report((Part("store", False, figures),))


class Recent:
    """The last report; when it is older than 5 seconds a new one is made, once for all that wait for it."""

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


PROBE = Probe()
"""That of this process."""
recent_report = Recent()
"""A report of the last 5 seconds, of this process."""


def _store() -> tuple[Found, Part]:
    """What a look at the store found, and the store's own part."""
    started = time.perf_counter()
    found = PROBE.look()
    if found.refusal:
        return found, Part("store", False, {"error": "LayoutRefused", "do": found.refusal})
    return found, Part("store", True, {"milliseconds": round((time.perf_counter() - started) * 1000, 1)})


def _of_apps() -> Iterator[Part]:
    """What the apps bring."""
    for parts_of in wiring.listed("HEALTH"):
        yield from _parts(parts_of.__name__, parts_of)


def _parts(name: str, parts_of: Callable[[], Sequence[Part]]) -> Sequence[Part]:
    """The parts; where a row that cannot be read hides their state, one part of this name that says so."""
    try:
        return parts_of()
    except StorageError:
        raise
    except Exception as error:
        logger.exception("the state of %s is not known", name)
        return [Part(name, False, {"error": type(error).__name__})]


def _outbox() -> list[Part]:
    depth = outbox.depth()
    waited = (clock.now() - depth.oldest).total_seconds() if depth.oldest else 0
    figures = {"waiting": depth.waiting, "oldest_seconds": round(waited, 1), "given_up": depth.given_up}
    about = "Events that wait for their handlers, or were given up; counted up to 100 of each shard."
    gauges = (
        Gauge("cryptopulse_outbox_events", about, depth.waiting, {"state": "waiting"}),
        Gauge("cryptopulse_outbox_events", about, depth.given_up, {"state": "given_up"}),
        Gauge("cryptopulse_outbox_oldest_age_seconds", "Since the oldest event that waits happened.", waited),
    )
    return [Part("outbox", is_recent(waited, LONGEST_WAIT) and depth.given_up == 0, figures, gauges)]


def _workers(signs: Signs | None) -> Iterator[Part]:
    now, signs = clock.now(), signs or Signs()
    for name, seen_at, about in (
        ("worker", signs.worker_at, "Since a worker last wrote its heartbeat."),
        ("schedule", signs.schedule_at, "Since a worker last ran a task of the schedule."),
    ):
        seconds = None if seen_at is None else (now - seen_at).total_seconds()
        is_alive = seconds is not None and is_recent(seconds, heartbeat.LASTS.total_seconds())
        gauges = () if seconds is None else (Gauge(f"cryptopulse_{name}_heartbeat_age_seconds", about, seconds),)
        yield Part(name, is_alive, {"seen_seconds": None if seconds is None else round(seconds, 1)}, gauges)


def _clock(found: Found) -> Part:
    """Whether this process and those that wrote to the store agree on the time."""
    now, signs = clock.now(), found.signs or Signs()
    written = [at for at in (signs.worker_at, signs.schedule_at, found.written_at) if at is not None]
    ahead = max(((at - now).total_seconds() for at in written), default=0)
    about = "By how much the newest time that a process wrote is ahead of this process's clock."
    gauge = Gauge("cryptopulse_clock_ahead_seconds", about, max(ahead, 0))
    return Part("clock", ahead <= AHEAD, {"ahead_seconds": round(max(ahead, 0), 1)}, (gauge,))
