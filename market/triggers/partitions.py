"""Partitions of the armed indexes, and which part of each the moves of a series have passed through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from market.triggers.moves import BAR_SERIES, Move

SHARD = 0
"""The last part of every `arm`, there so that a crowded partition can be split."""


class Direction(StrEnum):
    """Which way a price must go to reach a level."""

    UP = "UP"
    DOWN = "DN"

    @property
    def opposite(self) -> Direction:
        return Direction.DOWN if self is Direction.UP else Direction.UP


@dataclass(frozen=True, slots=True)
class Partition:
    """The levels that wait on one series of an asset for prices going one way."""

    series: str
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


BAR_PARTITIONS = tuple(Partition(series, direction) for series in BAR_SERIES for direction in Direction)


def reaches(moves: Iterable[Move]) -> list[Reach]:
    """The union of what the moves have passed through, at most one reach for each partition.

    A reach may hold a gap that no move passed, and its starting price, which is not crossed: it proposes.
    """
    found: dict[Partition, Reach] = {}
    for move in moves:
        for series, (start, end) in move.spans.items():
            if start == end:
                continue
            partition = Partition(series, Direction.UP if end > start else Direction.DOWN)
            before = found.get(partition)
            ends = (start, end) if before is None else (start, end, before.low, before.high)
            found[partition] = Reach(partition, min(ends), max(ends))
    return list(found.values())
