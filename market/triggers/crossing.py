"""One level on the prices of an asset, and the one function that decides what moves do to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core import clock
from core.money import QUANTUM, ZERO
from market.triggers.moves import CLOSE, LastSeen, Move, PriceMove
from market.triggers.partitions import Direction, Partition


class Operator(StrEnum):
    """How it is compared with the threshold."""

    ABOVE = ">"
    AT_OR_ABOVE = ">="
    BELOW = "<"
    AT_OR_BELOW = "<="

    @property
    def direction(self) -> Direction:
        """The way a price must go to make the comparison true."""
        return Direction.UP if self in (Operator.ABOVE, Operator.AT_OR_ABOVE) else Direction.DOWN

    @property
    def is_strict(self) -> bool:
        """Whether the threshold itself does not count."""
        return self in (Operator.ABOVE, Operator.BELOW)


class Phase(StrEnum):
    """Armed at its level, waiting until it may be armed again, or done."""

    ARMED = "armed"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Firing:
    """What made a watch fire: the move's number, its event time, the price compared, and the feed."""

    seq: int
    at: datetime
    price: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A comparison with a threshold, and its state.

    `series` is the name of what is compared (see `market.triggers.moves`). `threshold` and `hysteresis` (0 or more) are
    prices. `once`: done after the first firing. Moves before `arm_seq` do not count.
    """

    asset_id: str
    series: str
    operator: Operator
    threshold: Decimal
    hysteresis: Decimal = ZERO
    once: bool = True
    phase: Phase = Phase.ARMED
    arm_seq: int = 0

    @property
    def direction(self) -> Direction:
        return self.operator.direction

    @property
    def level(self) -> Decimal:
        """The first price at which the comparison holds: the threshold, or one quantum beyond it."""
        return self._further(self.threshold, QUANTUM) if self.operator.is_strict else self.threshold

    @property
    def rearm_level(self) -> Decimal:
        """The close that arms it again: the threshold less the hysteresis, and short of the level in any case."""
        by_hysteresis = self._further(self.threshold, -self.hysteresis)
        by_quantum = self._further(self.level, -QUANTUM)
        return min(by_hysteresis, by_quantum) if self.direction is Direction.UP else max(by_hysteresis, by_quantum)

    @property
    def partition(self) -> Partition | None:
        """Its partition of an armed index; None when it is done."""
        match self.phase:
            case Phase.ARMED:
                return Partition(self.series, self.direction)
            case Phase.WAITING:
                return Partition(CLOSE, self.direction.opposite)
            case Phase.DONE:
                return None

    @property
    def armed_level(self) -> Decimal:
        """The price at which it is armed there."""
        return self.level if self.phase is Phase.ARMED else self.rearm_level

    def _further(self, price: Decimal, distance: Decimal) -> Decimal:
        return price + distance if self.direction is Direction.UP else price - distance


def begin(watch: Watch, last_seen: LastSeen, *, fire_if_true: bool) -> tuple[Watch, Firing | None]:
    """The watch as it starts at the last price, with a firing where it is true already and that was asked for.

    True already and not asked for: it waits until its condition has been false by its hysteresis. `last_seen` has a
    close.
    """
    price = last_seen.value(watch.series)
    assert last_seen.close is not None
    assert price is not None
    watch = replace(watch, phase=Phase.ARMED, arm_seq=last_seen.seq + 1)
    if not _past(watch.direction, price, watch.level):
        return watch, None
    if not fire_if_true:
        return replace(watch, phase=_phase_after(replace(watch, once=False), last_seen.close)), None
    firing = Firing(last_seen.seq, clock.from_milliseconds(last_seen.at), price, last_seen.source)
    return replace(watch, phase=_phase_after(watch, last_seen.close)), firing


def advance(watch: Watch, moves: Iterable[Move]) -> tuple[Watch, list[Firing]]:
    """The watch after these moves, in the order of their numbers, and what they made it fire.

    Intervals are half open: a move fires a level when it starts short of it and ends at it or past it. After a firing
    the watch is armed again if the close is at its `rearm_level` or past it, else it waits for such a close. Moves that
    change nothing leave it equal to what it was.
    """
    firings: list[Firing] = []
    for move in moves:
        if move.seq < watch.arm_seq or watch.phase is Phase.DONE:
            continue
        if watch.phase is Phase.WAITING:
            if isinstance(move, PriceMove) and _may_rearm(watch, move.close):
                watch = replace(watch, phase=Phase.ARMED, arm_seq=move.seq + 1)
            continue
        price = _crossing(watch, move)
        if price is None:
            continue
        firings.append(Firing(move.seq, clock.from_milliseconds(move.at), price, move.source))
        watch = replace(watch, phase=_phase_after(watch, move.close), arm_seq=move.seq + 1)
    return watch, firings


def _crossing(watch: Watch, move: Move) -> Decimal | None:
    """The price by which an armed watch fires, None when it does not."""
    span = move.spans.get(watch.series)
    if span is None:
        return None
    before, price = span
    short = not _past(watch.direction, before, watch.level)
    return price if short and _past(watch.direction, price, watch.level) else None


def _phase_after(watch: Watch, close: Decimal) -> Phase:
    if watch.once:
        return Phase.DONE
    return Phase.ARMED if _may_rearm(watch, close) else Phase.WAITING


def _may_rearm(watch: Watch, close: Decimal) -> bool:
    return _past(watch.direction.opposite, close, watch.rearm_level)


def _past(direction: Direction, price: Decimal, level: Decimal) -> bool:
    """Whether the price is at the level or beyond it."""
    return price >= level if direction is Direction.UP else price <= level
