"""What was traded in each second, from the stream, kept for a quarter of an hour."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from core import clock
from market.domain import Tick
from market.feeds.binance.pairs import BINANCE

KEPT = 900
"""Seconds of each pair. A process that polls less often loses the older ones, which would be of no use."""


@dataclass(frozen=True, slots=True)
class Second:
    """The trades of one pair in one second, `number` seconds after 1970; `volume` in units of the asset.

    `is_closed`: the second is over and holds all of its trades.
    """

    number: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal
    is_closed: bool


class Seconds:
    """The seconds of all pairs. Filled by the stream's thread, read by polls in others; bounded for each pair."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: dict[str, dict[int, Second]] = defaultdict(dict)

    def add(self, pair: str, second: Second) -> None:
        """Take in a second; it replaces an earlier message of it that was not closed."""
        with self._lock:
            seconds = self._of[pair]
            before = seconds.get(second.number)
            if before is not None and before.is_closed:
                return
            seconds[second.number] = second
            if len(seconds) > KEPT:
                del seconds[min(seconds)]

    def after(self, pair: str, number: int | None) -> list[Second]:
        """The seconds of a pair after that one that are whole, oldest first; all for None.

        A second is whole when it is closed or a later one has come, so that none is split over two polls.
        """
        with self._lock:
            seconds = sorted(self._of[pair].values(), key=lambda second: second.number)
        if seconds and not seconds[-1].is_closed:
            seconds.pop()
        return [second for second in seconds if number is None or second.number > number]

    def __len__(self) -> int:
        with self._lock:
            return sum(map(len, self._of.values()))


def folded(asset_id: str, seconds: Sequence[Second]) -> list[Tick]:
    """Seconds in the order of time as ticks, one for each minute, so that candles hold what was traded in them.

    A tick's time is the end of its last second; its low and high include all that was traded.
    """
    ticks = []
    for _, group in groupby(seconds, key=lambda second: second.number // 60):
        part = list(group)
        ticks.append(
            Tick(
                asset_id,
                clock.from_milliseconds(part[-1].number * 1_000 + 999),
                part[0].open,
                max(second.high for second in part),
                min(second.low for second in part),
                part[-1].close,
                BINANCE,
                sum((second.volume for second in part), Decimal(0)),
            )
        )
    return ticks
