"""The stamp of a store: the row of the table Site that says which layout its rows have."""

from dataclasses import dataclass
from datetime import datetime

from core import clock, wiring
from core.storage import Attr, Get, Item, Put
from core.tables import SITE

NAME = "layout"

Step = tuple[int, str]
"""The layout that a step leads to, and the dotted path of the function `() -> None` that is the step."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The layout of the rows, and the oldest layout whose releases may still open them: at most the layout itself."""

    layout: int
    oldest: int


OLDEST_STORES = Stamp(1, 1)
"""That of stores which were filled before there was a stamp."""


def current() -> Stamp:
    """The stamp that this release writes."""
    return Stamp(*wiring.layout())


def stamp_address() -> Get:
    """Where the stamp is."""
    return Get(SITE, {"name": NAME})


def stamp_from_item(item: Item | None) -> Stamp | None:
    """What the row says; None where there is none. Raises ValueError for a row that no release wrote."""
    if item is None:
        return None
    try:
        stamp = Stamp(int(item["layout"]), int(item["oldest"]))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError("the row `layout` of the table Site lacks its numbers") from error
    if not 1 <= stamp.oldest <= stamp.layout:
        raise ValueError(f"layout {stamp.layout} cannot be opened by releases from layout {stamp.oldest} on")
    return stamp


def stamp_put(stamp: Stamp, before: Stamp | None, at: datetime) -> Put:
    """Write the stamp, if it is still the one that was read before (label `layout`)."""
    unchanged = Attr("layout").not_exists() if before is None else Attr("layout").eq(before.layout)
    item = {"name": NAME, "layout": stamp.layout, "oldest": stamp.oldest, "upgraded_at": clock.to_text(at)}
    return Put(SITE, item, unchanged, "layout")


def pending(before: Stamp) -> tuple[Step, ...]:
    """The steps from the layout of this stamp to that of this release, in their order."""
    return tuple(step for step in wiring.upgrades() if step[0] > before.layout)
