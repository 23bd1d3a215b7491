"""What an app brings whose rows wait for a price: an armed index and a claim."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from core.retry import LostRace
from market.triggers.crossing import Firing, Watch


class Watched(Protocol):
    """A row of a subscriber: an alert, an open order."""

    @property
    def watched_id(self) -> str:
        """The id by which a log names the row."""

    @property
    def watch(self) -> Watch | None:
        """Its level; None while it is paused or when it is over."""


W = TypeVar("W", bound=Watched)


@dataclass(frozen=True, slots=True)
class Claim(Generic[W]):
    """The next change of a row: the row as it was read, its new watch, and the firing that causes it.

    `firing` None: it is only armed again.
    """

    watched: W
    watch: Watch
    firing: Firing | None


@dataclass(frozen=True, slots=True)
class Claimed(Generic[W]):
    """The row after a claim, and whether the firing took effect (not suppressed, not expired)."""

    watched: W
    fired: bool


class LostClaims(LostRace):
    """Rows of a transaction were no longer as they were read; `positions` among its claims. Nothing was written."""

    def __init__(self, positions: Collection[int]) -> None:
        super().__init__(f"{len(positions)} rows have changed")
        self.positions = frozenset(positions)


class Subscriber(Protocol[W]):
    """Listed by dotted path in `TRIGGER_SUBSCRIBERS` of the wiring module.

    `name` is part of the names of its counts on the series row: `armed_<name>_close_up`.
    """

    name: str

    @property
    def batch_size(self) -> int:
        """Rows in one claim, so that all that they may write fits into a transaction with the counts of the series."""

    def batch_key(self, watched: W) -> Hashable:
        """Rows of one key are never in the same claim, because they would write to the same item.

        It never changes for a row, and is its id where no other row's claim writes to the same items.
        """

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[W]:
        """Rows of one partition of its armed index with a level from `low` to `high`, nearest first, page by page.

        They may lag behind. A row that cannot be understood is logged and left out.
        """

    def claim(self, asset_id: str, claims: Sequence[Claim[W]]) -> list[Claimed[W]]:
        """Write the new states and all that the firings cause, in one transaction, the counts of the series included.

        The claims are of different rows of the asset, up to `batch_size`, of different keys. Raises LostClaims when
        some rows are no longer as they were read.
        """

    def read(self, watched: Sequence[W]) -> list[W | None]:
        """The rows as they are now, read consistently in one request; None for one that is gone."""

    def after_look(self, asset_id: str, fired: int) -> None:
        """Called at the end of a look in which that many firings took effect, one or more."""
