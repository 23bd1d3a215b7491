"""What an app brings to be told of crossed levels: an armed index and a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from market.triggers.watch import Firing, Watch


class Watched(Protocol):
    """A row of a subscriber: an alert, an open order."""

    @property
    def watched_id(self) -> str:
        """The id by which a log names the row."""

    @property
    def watch(self) -> Watch | None:
        """What it watches; None while it is paused or when it is over."""


W = TypeVar("W", bound=Watched)


@dataclass(frozen=True, slots=True)
class Claimed(Generic[W]):
    """The row after a claim, and whether the firing was told (not suppressed, not expired)."""

    watched: W
    told: bool


class Subscriber(Protocol[W]):
    """Listed by dotted path in `TRIGGER_SUBSCRIBERS` of the wiring module.

    `name` is part of the names of its counts on the series row: `armed_<name>_close_up`.
    """

    name: str

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[W]:
        """Rows of one partition of its armed index with a level from `low` to `high`, nearest first, page by page.

        They may lag behind.
        """

    def claim(self, watched: W, watch: Watch, firing: Firing | None) -> Claimed[W]:
        """Write the new state and all that the firing causes, in one transaction, the counts of the series included.

        `firing` None: it is only armed again. Raises LostRace when the row is no longer as it was read.
        """

    def read(self, watched: W) -> W | None:
        """The row as it stands now, read consistently; None when it is gone."""

    def after_look(self, asset_id: str, told: int) -> None:
        """Called at the end of a look in which so many firings were told, one or more."""
