"""How the site is: what `/readyz` tells."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import clock, outbox, wiring
from core.storage import StorageError, store
from core.tables import OUTBOX

LONGEST_WAIT = 60
"""Seconds that an event or a message may wait before it counts as held up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site: whether it is as it should be, and its figures."""

    name: str
    ok: bool
    figures: Mapping[str, Any]


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


def report() -> Report:
    """The store first; when it answers, the outbox and what the apps bring as HEALTH, each `() -> Part`."""
    first = _store()
    if not first.ok:
        return Report((first,))
    return Report((first, _outbox(), *(part() for part in wiring.listed("HEALTH"))))


def _store() -> Part:
    started = time.perf_counter()
    try:
        store().get(OUTBOX, {"shard": "health", "event_id": "health"})
    except StorageError as error:
        return Part("store", False, {"error": type(error).__name__})
    return Part("store", True, {"milliseconds": round((time.perf_counter() - started) * 1000, 1)})


def _outbox() -> Part:
    depth = outbox.depth()
    waited = (clock.now() - depth.oldest).total_seconds() if depth.oldest else 0
    figures = {"waiting": depth.waiting, "oldest_seconds": round(waited, 1), "given_up": depth.given_up}
    return Part("outbox", waited < LONGEST_WAIT and depth.given_up == 0, figures)
