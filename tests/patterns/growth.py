"""How the time of a call grows with its text, as a ratio: about 4 for a text four times as long, 16 if quadratic."""

import time
from collections.abc import Callable
from typing import Any

Make = Callable[[int], Any]
FOURFOLD = 4
LINEAR = 8.0
"""Halfway, by factors, between what is linear and what is quadratic."""
_FIRST, _LONGEST = 500, 100_000
_MEASURABLE = 0.0005
"""Seconds of a processor below which a time says nothing."""
_RUNS = 5


def growth(call: Callable[[Any], object], make: Make) -> float:
    """By which factor the call takes longer on four times as much; 0 where even the longest text takes no time."""
    size = _FIRST
    while (short := _best(call, make(size))) < _MEASURABLE:
        if size > _LONGEST:
            return 0.0
        size *= 2
    rate = _best(call, make(FOURFOLD * size)) / short
    if rate > LINEAR:  # on a machine that was disturbed, look again
        rate = min(rate, _best(call, make(FOURFOLD * size)) / _best(call, make(size)))
    return rate


def looks_steep(call: Callable[[Any], object], make: Make) -> bool:
    """Whether it is worth to measure with care; a glance at two short texts."""
    short, long = _once(call, make(_FIRST)), _once(call, make(FOURFOLD * _FIRST))
    return long > _MEASURABLE and long > LINEAR * short


def _best(call: Callable[[Any], object], text: Any) -> float:
    return min(_once(call, text) for _ in range(_RUNS))


def _once(call: Callable[[Any], object], text: Any) -> float:
    """Seconds of a processor, which other programs do not lengthen."""
    began = time.thread_time()
    call(text)
    return time.thread_time() - began
