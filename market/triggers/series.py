"""What the trigger engine remembers of one asset between two looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import clock
from market.triggers.moves import BarMove, LastSeen, Move
from market.triggers.partitions import BAR_PARTITIONS, Partition

INDEX_LAG = timedelta(seconds=5)
"""How long after its write a row may still be missing from an index."""
NOTHING_SEEN = LastSeen()


@dataclass(frozen=True, slots=True)
class SeenMove:
    """A recent move, and when it was written to the row (wall time, milliseconds since 1970)."""

    move: Move
    seen_at: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """What the engine knows of one asset: the last price seen, recent moves, and how many levels are armed on it.

    `counts` holds the numbers of armed levels by attribute name, `nudges` how many nudges found the lease taken.
    `is_new`: no look has written the row yet.
    """

    asset_id: str
    last_seen: LastSeen = NOTHING_SEEN
    moves: tuple[SeenMove, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    bars_seen: int = 0
    bars_looked_at: int = 0
    nudges: int = 0
    is_new: bool = False

    def is_armed(self, subscriber: str, partition: Partition) -> bool:
        """Whether any level of the subscriber waits in the partition."""
        return self.counts.get(partition.count_name(subscriber), 0) > 0

    def is_behind(self, price_at: datetime | None) -> bool:
        """Whether a price of this time was not taken in yet; None for no price."""
        return price_at is not None and clock.to_milliseconds(price_at) > self.last_seen.at

    def bars_are_due(self, subscribers: Sequence[str], now: datetime) -> bool:
        """Whether closed bars must be compared with armed levels before the next tick is taken in.

        They are compared when they close, and once more when the index shows all rows written until then.
        """
        if not any(self.is_armed(name, partition) for name in subscribers for partition in BAR_PARTITIONS):
            return False
        return any(
            seen.move.seq > self.bars_seen or self.bars_looked_at < _settled(seen) <= clock.to_milliseconds(now)
            for seen in self.moves
            if isinstance(seen.move, BarMove)
        )

    def moves_kept(self, now: datetime) -> tuple[SeenMove, ...]:
        """The moves that a look of this time must leave for the next: the index may not show all rows yet."""
        return tuple(seen for seen in self.moves if _settled(seen) > clock.to_milliseconds(now))


def _settled(seen: SeenMove) -> int:
    """When the index shows every row that the move may concern."""
    return seen.seen_at + INDEX_LAG // timedelta(milliseconds=1)
