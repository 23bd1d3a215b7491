"""Moves of a price: what ticks become before they are compared with armed levels.

A series is a name: figures of one asset in time, of every tick or of closed one-minute bars (`|1m`). A move says from
where to where it takes each series; nothing else has to know them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from market.domain import Tick

CLOSE = "close"
HIGH = "high"
LOW = "low"
OPEN_OF_BARS = "open|1m"
HIGH_OF_BARS = "high|1m"
LOW_OF_BARS = "low|1m"
BAR_SERIES = (OPEN_OF_BARS, HIGH_OF_BARS, LOW_OF_BARS)

MINUTE = 60_000
"""Milliseconds."""

Spans = dict[str, tuple[Decimal, Decimal]]
"""By the name of a series, from where to where a move takes it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Open, high, low and close of one minute, which began at `opened_at` (milliseconds since 1970)."""

    opened_at: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal

    @property
    def values(self) -> dict[str, Decimal]:
        """Its place in each series of bars."""
        return {OPEN_OF_BARS: self.open, HIGH_OF_BARS: self.high, LOW_OF_BARS: self.low}


@dataclass(frozen=True, slots=True)
class PriceMove:
    """From one close to the next: one tick. `high` and `low` are what it touched on the way.

    `at` is its event time in milliseconds since 1970; `seq` counts the moves of a series without gaps.
    """

    seq: int
    at: int
    previous: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    source: str

    @property
    def spans(self) -> Spans:
        """The close, and what was touched above and below the close before."""
        spans = {CLOSE: (self.previous, self.close)}
        if self.high > self.previous:
            spans[HIGH] = (self.previous, self.high)
        if self.low < self.previous:
            spans[LOW] = (self.previous, self.low)
        return spans


@dataclass(frozen=True, slots=True)
class BarMove:
    """From one closed one-minute bar to the next. `at` is the end of the later one."""

    seq: int
    at: int
    previous: Bar
    bar: Bar
    source: str

    @property
    def close(self) -> Decimal:
        """The close of the later bar."""
        return self.bar.close

    @property
    def spans(self) -> Spans:
        """Each series of bars."""
        before = self.previous.values
        return {series: (before[series], value) for series, value in self.bar.values.items()}


Move = PriceMove | BarMove


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The last that is known of the prices of an asset: the number of the last move, and what the next starts from.

    `close` is None before the first tick; `at` is the time of the last tick in milliseconds since 1970.
    """

    seq: int = 0
    close: Decimal | None = None
    at: int = 0
    source: str = ""
    running: Bar | None = None
    closed: Bar | None = None

    def value(self, series: str) -> Decimal | None:
        """The latest value of a series; of one of bars the last close until a bar has closed."""
        return self.close if self.closed is None else self.closed.values.get(series, self.close)


def fold(last_seen: LastSeen, ticks: Iterable[Tick]) -> tuple[LastSeen, list[Move]]:
    """The last that is known after some ticks, which are in time order and later than those before, and their moves.

    Each tick is one move, so that what fires does not depend on when the engine looked. A minute is closed by the first
    tick of a later one, and its move comes before that tick's; a bar of a minute or more closes its own. The first tick
    of a series, and its first closed bar, only set where the next move starts.
    """
    moves: list[Move] = []
    for tick in ticks:
        opened_at = tick.timestamp // MINUTE * MINUTE
        if last_seen.running is not None and last_seen.running.opened_at < opened_at:
            last_seen = _close_bar(last_seen, moves)
        last_seen = _take_price(last_seen, tick, moves)
        last_seen = replace(last_seen, running=_joined(last_seen.running, tick, opened_at))
        if (tick.timestamp + tick.bar_seconds * 1_000) // MINUTE * MINUTE > opened_at:
            last_seen = _close_bar(last_seen, moves)
    return last_seen, moves


def _take_price(last_seen: LastSeen, tick: Tick, moves: list[Move]) -> LastSeen:
    seq = last_seen.seq
    if last_seen.close is not None and {tick.high, tick.low, tick.close} != {last_seen.close}:
        seq += 1
        moves.append(PriceMove(seq, tick.timestamp, last_seen.close, tick.high, tick.low, tick.close, tick.source))
    return replace(last_seen, seq=seq, close=tick.close, at=tick.timestamp, source=tick.source)


def _joined(running: Bar | None, tick: Tick, opened_at: int) -> Bar:
    if running is None:
        return Bar(opened_at, tick.open, tick.high, tick.low, tick.close)
    return replace(running, high=max(running.high, tick.high), low=min(running.low, tick.low), close=tick.close)


def _close_bar(last_seen: LastSeen, moves: list[Move]) -> LastSeen:
    bar, before, seq = last_seen.running, last_seen.closed, last_seen.seq
    assert bar is not None
    if before is not None:
        seq += 1
        moves.append(BarMove(seq, bar.opened_at + MINUTE, before, bar, last_seen.source))
    return replace(last_seen, seq=seq, running=None, closed=bar)
