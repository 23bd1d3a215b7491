"""What to do first, worked out from what is there already."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the getting-started list: what to do, where, and whether the data says it is done."""

    label: str
    url_name: str
    done: bool


def steps(*, funded: bool, traded: bool, alerted: bool) -> tuple[Step, ...]:
    """The list; empty once all of it is done."""
    listed = (
        Step("Put money in", "portfolio:deposit", funded),
        Step("Place an order", "portfolio:trade", traded),
        Step("Set an alert", "alerts:add", alerted),
    )
    return () if all(step.done for step in listed) else listed
