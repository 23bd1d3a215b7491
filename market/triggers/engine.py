"""The look: what the ticks since the last one have crossed, and the claims that follow.

Nothing here needs the lease to be right. Ticks make the same moves whoever reads them; an armed index proposes
rows; the claim of a row is a conditional write, so of two evaluators one wins and the other reads again; the row of
the series moves on last, if nobody else has moved it. A crash at any point repeats the range, and the claims made
before it are found done.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import clock, ids, wiring
from core.retry import LostRace
from core.storage import ConditionFailed, InvalidOperation, StorageError, TransactionCancelled, journey
from market import selectors
from market.triggers import series as series_rows
from market.triggers.moves import BarMove, Move, PriceMove, fold
from market.triggers.partitions import Direction, reaches
from market.triggers.series import SeenMove, SeriesRow
from market.triggers.subscriber import Subscriber
from market.triggers.watch import Firing, Watch, advance

TICKS_IN_A_LOOK = 200
MOST_MOVES_KEPT = 400
"""More moves than this in 5 seconds come from a replay on one machine, whose indexes do not lag."""
_OF_ONE_ROW = (InvalidOperation, ConditionFailed, TransactionCancelled)
"""What a store that is well refuses about one row; its other errors say nothing about the rows."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look did: moves taken in, firings told.

    `is_busy`: another evaluator is at it, and nothing was done here. `has_more`: look again, there is more to do.
    """

    asset_id: str
    moves: int = 0
    told: int = 0
    is_busy: bool = False
    has_more: bool = False


def look(asset_id: str) -> Look:
    """Take in the ticks of an asset since the last look and claim what they make fire.

    Safe to repeat, late, twice, or at the same time. A look that fires nothing is 3 requests when nothing is armed
    and at most 7 whatever is armed: the lease, the ticks, at most four partitions, the row. Bars that the ticks
    closed are compared by the next look (`has_more`), which reads no ticks.
    """
    with journey("price_move"):
        return _Evaluator(asset_id).look()


def catch_up(asset_id: str) -> Look:
    """Look until nothing is left to do, or until another evaluator is found at it; all that was done, as one look."""
    done = look(asset_id)
    while done.has_more:
        following = look(asset_id)
        done = replace(following, moves=done.moves + following.moves, told=done.told + following.told)
    return done


class _Evaluator:
    """One look at one asset."""

    def __init__(self, asset_id: str) -> None:
        self._asset_id = asset_id
        self._owner = ids.new_id()
        self._started = clock.now()
        self._subscribers: tuple[Subscriber[Any], ...] = wiring.listed("TRIGGER_SUBSCRIBERS")
        self._names = [subscriber.name for subscriber in self._subscribers]

    def look(self) -> Look:
        row = series_rows.lease(self._asset_id, self._owner, self._started)
        if row is None:
            return Look(self._asset_id, is_busy=True)
        if row.bars_are_due(self._names, self._started):
            return self._look_at_bars(row)
        return self._look_at_prices(row)

    def _look_at_prices(self, row: SeriesRow) -> Look:
        ticks = selectors.ticks_between(self._asset_id, row.standing.last_at, limit=TICKS_IN_A_LOOK)
        standing, new_moves = fold(row.standing, ticks)
        moves = [*(seen.move for seen in row.moves), *new_moves]
        told = self._claim(row, moves, [move for move in moves if isinstance(move, PriceMove)])
        wall = clock.to_milliseconds(clock.now())
        kept = row.moves_kept(self._started)[-MOST_MOVES_KEPT:]
        after = replace(row, standing=standing, moves=(*kept, *(SeenMove(move, wall) for move in new_moves)))
        return self._save(row, after, told, len(new_moves), has_more=len(ticks) == TICKS_IN_A_LOOK)

    def _look_at_bars(self, row: SeriesRow) -> Look:
        moves = [seen.move for seen in row.moves]
        told = self._claim(row, moves, [move for move in moves if isinstance(move, BarMove)])
        started = clock.to_milliseconds(self._started)
        after = replace(row, bars_seen=row.standing.seq, bars_looked_at=started)
        return self._save(row, after, told, 0, has_more=True)

    def _save(self, row: SeriesRow, after: SeriesRow, told: int, moves: int, *, has_more: bool) -> Look:
        nudged = series_rows.save(row, after)
        if told:
            for subscriber in self._subscribers:
                subscriber.after_look(self._asset_id, told)
        if nudged is None:
            return Look(self._asset_id, told=told, has_more=True)
        has_more = has_more or nudged or after.bars_are_due(self._names, self._started)
        return Look(self._asset_id, moves=moves, told=told, has_more=has_more)

    def _claim(self, row: SeriesRow, moves: Sequence[Move], crossing: Sequence[Move]) -> int:
        """Take every row that the crossing moves may concern through all moves; how many firings were told."""
        told = 0
        for reach in reaches(crossing):
            for subscriber in self._subscribers:
                if not row.is_armed(subscriber.name, reach.partition):
                    continue
                hits = subscriber.armed(
                    reach.partition.arm(self._asset_id),
                    reach.low,
                    reach.high,
                    descending=reach.partition.direction is Direction.DOWN,
                )
                told += sum(_take_through(subscriber, watched, moves) for watched in hits)
        return told


def _take_through(subscriber: Subscriber[Any], watched: Any, moves: Sequence[Move]) -> int:
    """Claim what the moves make of a row, one firing after the other; how many were told.

    A row that cannot be claimed is logged and does not hold up the others of its asset. It stays as it is stored,
    armed: it is tried again while its moves are kept, some seconds, and by every later move that crosses its level.
    Raises StorageError where the store itself fails: then the look ends unsaved, and is repeated in whole.
    """
    told = 0
    try:
        while watched is not None and watched.watch is not None:
            watch, firing = _next_state(watched.watch, moves)
            if watch == watched.watch:
                return told
            try:
                claimed = subscriber.claim(watched, watch, firing)
            except LostRace:
                watched = subscriber.read(watched)
            else:
                told += claimed.told
                watched = claimed.watched
    except Exception as error:
        if isinstance(error, StorageError) and not isinstance(error, _OF_ONE_ROW):
            raise
        logger.exception("%s %s cannot be claimed", subscriber.name, watched.watched_id)
    return told


def _next_state(watch: Watch, moves: Sequence[Move]) -> tuple[Watch, Firing | None]:
    """The watch after its next firing, or after all moves when none makes it fire."""
    for move in moves:
        watch, firings = advance(watch, (move,))
        if firings:
            return watch, firings[0]
    return watch, None
