"""Partitions of the armed indexes, and which part of each the moves of a series have passed through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from market.triggers.moves import Move, PriceMove

SHARD = 0
"""The last part of every `arm`, there so that a crowded partition can be split."""


class Direction(StrEnum):
    """Which way a price must go to reach a level."""

    UP = "UP"
    DOWN = "DN"

    @property
    def opposite(self) -> Direction:
        return Direction.DOWN if self is Direction.UP else Direction.UP


class Series(StrEnum):
    """Prices of one asset in time: of every tick, or (`|1m`) of closed one-minute bars."""

    CLOSE = "close"
    HIGH = "high"
    LOW = "low"
    OPEN_OF_BARS = "open|1m"
    HIGH_OF_BARS = "high|1m"
    LOW_OF_BARS = "low|1m"


@dataclass(frozen=True, slots=True)
class Partition:
    """The levels that wait on one series of an asset for prices going one way."""

    series: Series
    direction: Direction

    def arm(self, asset_id: str) -> str:
        """Its name in an armed index: `bitcoin|close#UP#0`."""
        return f"{asset_id}|{self.series}#{self.direction}#{SHARD}"

    def count_name(self, subscriber: str) -> str:
        """The attribute of the series row that counts a subscriber's levels there: `armed_alerts_close_up`."""
        return f"armed_{subscriber}_{self.series.replace('|', '_')}_{self.direction.lower()}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What moves have passed through in one partition: levels from `low` to `high`, both included."""

    partition: Partition
    low: Decimal
    high: Decimal


BAR_PARTITIONS = (
    Partition(Series.OPEN_OF_BARS, Direction.UP),
    Partition(Series.OPEN_OF_BARS, Direction.DOWN),
    Partition(Series.HIGH_OF_BARS, Direction.DOWN),
    Partition(Series.LOW_OF_BARS, Direction.UP),
)
PRICE_PARTITIONS = (
    Partition(Series.CLOSE, Direction.UP),
    Partition(Series.CLOSE, Direction.DOWN),
    Partition(Series.HIGH, Direction.UP),
    Partition(Series.LOW, Direction.DOWN),
)
PARTITIONS = PRICE_PARTITIONS + BAR_PARTITIONS


def reaches(moves: Iterable[Move]) -> list[Reach]:
    """The union of what the moves have passed through, at most one reach for each partition.

    A reach may hold a gap that no move passed, and its starting price, which is not crossed: it proposes.
    """
    found: dict[Partition, Reach] = {}
    for move in moves:
        for partition, start, end in _passed(move):
            if (end > start) != (partition.direction is Direction.UP) or end == start:
                continue
            before = found.get(partition)
            ends = (start, end) if before is None else (start, end, before.low, before.high)
            found[partition] = Reach(partition, min(ends), max(ends))
    return [found[partition] for partition in PARTITIONS if partition in found]


def _passed(move: Move) -> Iterator[tuple[Partition, Decimal, Decimal]]:
    if isinstance(move, PriceMove):
        ends = (move.close, move.close, move.high, move.low)
        for partition, end in zip(PRICE_PARTITIONS, ends, strict=True):
            yield partition, move.previous, end
    else:
        before, bar = move.previous, move.bar
        pairs = ((before.open, bar.open), (before.open, bar.open), (before.high, bar.high), (before.low, bar.low))
        for partition, (start, end) in zip(BAR_PARTITIONS, pairs, strict=True):
            yield partition, start, end
