"""Timing calls that take turns, and what is said of many timings."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Call = Callable[[int], object]
"""What is timed; it is given the number of the round, 0 for the first, so that it can use a row of its own."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Durations of many calls in seconds: the middle one, the shortest, and what 95 of 100 did not exceed."""

    median: float
    least: float
    p95: float


def timing(seconds: Sequence[float]) -> Timing:
    """What is said of some durations. Raises ValueError for none."""
    if not seconds:
        raise ValueError("no durations to speak of")
    return Timing(statistics.median(seconds), min(seconds), percentile(seconds, 95))


def percentile(values: Sequence[float], percent: int) -> float:
    """The least value that this percentage of the values does not exceed (nearest rank). Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    rank = -(-percent * len(values) // 100)
    return sorted(values)[max(rank, 1) - 1]


def taking_turns(
    calls: Mapping[str, Call],
    *,
    rounds: int,
    warm_up: int,
    before: Callable[[str, int], object] = lambda name, number: None,
) -> dict[str, Timing]:
    """Times each call once in every round, by turns; the order within a round turns too.

    `before` is called ahead of each with its name and the number of the round, and is not timed.
    The rounds of the warm-up come first and are not counted. The garbage collector rests meanwhile, as in timeit.
    """
    names = list(calls)
    found: dict[str, list[float]] = {name: [] for name in names}
    with collector_at_rest():
        for number in range(warm_up + rounds):
            start = number % len(names)
            for name in names[start:] + names[:start]:
                before(name, number)
                seconds = timed(calls[name], number)
                if number >= warm_up:
                    found[name].append(seconds)
    return {name: timing(seconds) for name, seconds in found.items()}


def timed(call: Call, number: int) -> float:
    """Seconds that one call takes."""
    started = time.perf_counter()
    call(number)
    return time.perf_counter() - started


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No garbage is collected inside; what was left by earlier work is collected before."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
