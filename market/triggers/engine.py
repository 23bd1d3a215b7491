"""The look: what the ticks since the last one have crossed, and the claims that follow.

The lease only saves work. Ticks make the same moves for every evaluator; an armed index proposes rows; the claim of a
row is a conditional write, so of two evaluators one wins and the other reads again; the row of the series is written
last, if no other look has written it. After a crash at any point the look is repeated, and finds its claims done.

Every accepted tick counts, also one of a poll that another poll then overtook, so that no page showed it as the latest
price: its level was reached.

A look claims some hundreds of rows at most, so that ten thousand at one level hold up neither other assets nor users
who set an alert on this one. It then ends unfinished: the row takes in the new moves and drops none of the old. Each
look asks for the union of all kept moves and takes each row it finds through all of them from its `arm_seq` on, so a
row that was not claimed yet is like one that a lagging index did not show yet. Moves are dropped only by a look that
reached the end of its union, and only when they were kept long enough for the index before it began.

Nearest first: the levels in one partition are claimed in the direction of the price, one batch after the other. A row
farther away never fires before a nearer one, unless that could not be claimed or was not in the index yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import clock, ids, nudges, wiring
from core.storage import ConditionFailed, journey, store
from market import selectors
from market.metrics import count_look
from market.triggers.claims import Claimer
from market.triggers.moves import BarMove, Move, PriceMove, fold
from market.triggers.partitions import Direction, reaches
from market.triggers.repository import LEASE, lease_change, look_change, nudge_change, nudges_in, series_from_item
from market.triggers.series import SeenMove, SeriesRow
from market.triggers.subscriber import Subscriber

TICKS_IN_A_LOOK = 200
MOST_MOVES_KEPT = 400
"""More moves than this in 5 seconds come from a replay on one machine, whose indexes do not lag.

Beyond it no ticks are taken in while claims are unfinished.
"""
CLAIMED_IN_A_LOOK = 200
"""Rows after which a look ends, unfinished."""
LONGEST_LOOK = LEASE / 2
"""Time after which it does, between two transactions, so that with a slow store the lease does not run out."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look did: moves taken in, and firings that took effect.

    `is_busy`: another evaluator has the lease, and nothing was done here. `has_more`: there is more to do, look again.
    """

    asset_id: str
    moves: int = 0
    fired: int = 0
    is_busy: bool = False
    has_more: bool = False


def nudge(asset_ids: Sequence[str]) -> None:
    """Ask a worker to look at these assets, because ticks of theirs were written.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    nudges.send("market.triggers.tasks.look_at", list(asset_ids))


def look(asset_id: str) -> Look:
    """Take in the ticks of an asset since the last look and claim what they make fire.

    Safe to repeat, also late or at the same time. A look that fires nothing is 3 requests where nothing is armed and
    at most 7 else: the lease, the ticks, at most four partitions, the row. Each batch that it claims is one more, and
    each 200 rows that a partition proposes. Bars that the ticks closed are compared by the next look (`has_more`),
    which reads no ticks; a look that ended unfinished is continued by the next one.
    """
    with journey("price_move"):
        done = _Evaluator(asset_id).look()
    count_look(is_busy=done.is_busy, moves=done.moves, fired=done.fired)
    return done


def catch_up(asset_id: str) -> Look:
    """Look until nothing is left to do, or another evaluator has the lease; all that was done, as one look."""
    done = look(asset_id)
    while done.has_more:
        following = look(asset_id)
        done = replace(following, moves=done.moves + following.moves, fired=done.fired + following.fired)
    return done


def lease(asset_id: str, owner: str, now: datetime) -> SeriesRow | None:
    """Take the lease of an asset and return its row; one request.

    None while another evaluator has it; it then finds the mark that this leaves, and looks once more.
    """
    try:
        item = store().write(lease_change(asset_id, owner, now))
    except ConditionFailed:
        store().write(nudge_change(asset_id))
        return None
    return series_from_item(asset_id, item)


def save(before: SeriesRow, after: SeriesRow) -> bool | None:
    """Write what a look made of the row and give the lease back; one request.

    Whether nudges came meanwhile; None when another evaluator was faster and nothing was written.
    """
    try:
        item = store().write(look_change(before, after))
    except ConditionFailed:
        return None
    return nudges_in(item) != before.nudges


class _Evaluator:
    """One look at one asset."""

    def __init__(self, asset_id: str) -> None:
        self._asset_id = asset_id
        self._owner = ids.new_id()
        self._started = clock.now()
        self._subscribers: tuple[Subscriber[Any], ...] = wiring.listed("TRIGGER_SUBSCRIBERS")
        self._names = [subscriber.name for subscriber in self._subscribers]

    def look(self) -> Look:
        row = lease(self._asset_id, self._owner, self._started)
        if row is None:
            return Look(self._asset_id, is_busy=True)
        if row.bars_are_due(self._names, self._started):
            return self._look_at_bars(row)
        return self._look_at_prices(row)

    def _look_at_prices(self, row: SeriesRow) -> Look:
        most = TICKS_IN_A_LOOK if len(row.moves) <= MOST_MOVES_KEPT else 0
        ticks = selectors.ticks_between(self._asset_id, row.last_seen.at, limit=most) if most else []
        last_seen, new_moves = fold(row.last_seen, ticks)
        moves = [*(seen.move for seen in row.moves), *new_moves]
        fired, is_finished = self._claim(row, moves, [move for move in moves if isinstance(move, PriceMove)])
        wall = clock.to_milliseconds(clock.now())
        seen = tuple(SeenMove(move, wall) for move in new_moves)
        kept = (*row.moves_kept(self._started), *seen)[-MOST_MOVES_KEPT:] if is_finished else (*row.moves, *seen)
        after = replace(row, last_seen=last_seen, moves=kept)
        return self._save(row, after, fired, len(new_moves), has_more=not is_finished or len(ticks) == most)

    def _look_at_bars(self, row: SeriesRow) -> Look:
        moves = [seen.move for seen in row.moves]
        fired, is_finished = self._claim(row, moves, [move for move in moves if isinstance(move, BarMove)])
        started = clock.to_milliseconds(self._started)
        after = replace(row, bars_seen=row.last_seen.seq, bars_looked_at=started) if is_finished else row
        return self._save(row, after, fired, 0, has_more=True)

    def _save(self, row: SeriesRow, after: SeriesRow, fired: int, moves: int, *, has_more: bool) -> Look:
        nudged = save(row, after)
        if fired:
            for subscriber in self._subscribers:
                subscriber.after_look(self._asset_id, fired)
        if nudged is None:
            return Look(self._asset_id, fired=fired, has_more=True)
        has_more = has_more or nudged or after.bars_are_due(self._names, self._started)
        return Look(self._asset_id, moves=moves, fired=fired, has_more=has_more)

    def _claim(self, row: SeriesRow, moves: Sequence[Move], crossing: Sequence[Move]) -> tuple[int, bool]:
        """Take the rows that the crossing moves may concern through all moves.

        How many firings took effect, and whether that was all of them.
        """
        fired = claimed = 0
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
                for rows, firings in Claimer(subscriber, self._asset_id, moves).take(hits):
                    fired += firings
                    claimed += rows
                    if claimed >= CLAIMED_IN_A_LOOK or clock.now() - self._started > LONGEST_LOOK:
                        return fired, False
        return fired, True
