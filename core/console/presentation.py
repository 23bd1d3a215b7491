"""Words of the staff area's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.health import Report
from core.presentation import moments, numbers

SECONDS = "_seconds"
ACTIONS = {
    "status": "changed the status of",
    "role": "changed the role of",
    "add": "added",
    "change": "changed",
    "replay": "replayed",
}
"""By the verb of an action `<kind>.<verb>`."""
PARTS = {
    "store": "Store",
    "outbox": "Events",
    "worker": "Worker",
    "schedule": "Schedule",
    "clock": "Clock",
    "feed": "Price feeds",
    "polls": "Feed polls",
    "triggers": "Alert engine",
    "deliveries": "Deliveries",
}
LABELS = {
    "milliseconds": "answers in",
    "seen_seconds": "last seen",
    "newest_price_seconds": "newest price",
    "oldest_seconds": "longest wait",
}
"""Figures whose names do not speak for themselves."""
BYTES = (("GB", Decimal("1e9")), ("MB", Decimal("1e6")), ("kB", Decimal("1e3")))


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the site: its name, whether it is as it should be, and its figures in words."""

    name: str
    ok: bool
    figures: tuple[tuple[str, str], ...]


def part_rows(report: Report) -> list[PartRow]:
    """The parts of a report for a page."""
    return [PartRow(PARTS.get(part.name, part.name), part.ok, tuple(_figures(part.figures))) for part in report.parts]


def action_in_words(action: str) -> str:
    """What was done, to be followed by the subject; the name itself where it is not known here."""
    return ACTIONS.get(action.partition(".")[2], action)


def size_in_words(size: int) -> str:
    """An amount of bytes: `512 B`, `1.5 MB`."""
    for unit, least in BYTES:
        if size >= least:
            return f"{numbers.grouped(size / least, Decimal('0.1'))} {unit}"
    return f"{size} B"


def _figures(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, value in figures.items():
        if isinstance(value, Mapping):
            found += [(inner, _each_in_words(each)) for inner, each in value.items()]
        else:
            label = LABELS.get(name, name.removesuffix(SECONDS).replace("_", " "))
            found.append((label, _in_words(name, value)))
    return found


def _each_in_words(value: Any) -> str:
    """One figure of several: an age in seconds, or what fails for how long and why."""
    if isinstance(value, Mapping):
        return f"failing for {_in_words(SECONDS, value['seconds'])}: {value['reason']}"
    return _in_words(SECONDS, value)


def _in_words(name: str, value: Any) -> str:
    if value is None:
        return "never"
    if name == "milliseconds":
        return f"{value} ms"
    if name.endswith(SECONDS):
        return moments.age(timedelta(seconds=float(value)))
    return str(value)
