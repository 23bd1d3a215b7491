"""The steps that upgrade the rows of older layouts."""

from __future__ import annotations

from core import wiring
from core.layout.stamp import Stamp

Step = tuple[int, str]
"""The layout that a step leads to, and the dotted path of the function `() -> None` that is the step."""


def pending(before: Stamp) -> tuple[Step, ...]:
    """The steps from the layout of this stamp to that of this release, in their order."""
    return tuple(step for step in wiring.upgrades() if step[0] > before.layout)
