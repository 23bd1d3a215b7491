"""A wandering line that is a pure function of seed and time: no state, the same on every machine.

Sum of octaves of interpolated lattice noise (value noise), each octave four times as long as the one before and twice
as high, so that a change over a span grows with the root of the span, as a random walk's does, while the line as
a whole stays within bounds.
"""

import math
from functools import lru_cache
from hashlib import blake2b

SHORTEST_SPAN = 15.0
OCTAVES = 11
DAY = 86_400.0
# One octave contributes 2 * (t/span)^2 to the variance of a change over t while t is shorter than its span, and
# 4/3 beyond; summed over the octaves, their heights being the roots of their spans, the variance of one day's
# change is this many times a day.
VARIANCE_OF_A_DAY = sum(
    (2 * (DAY / span) ** 2 if span > DAY else 4 / 3) * span / DAY
    for span in (SHORTEST_SPAN * 4**octave for octave in range(OCTAVES))
)
HEIGHTS = tuple(
    (SHORTEST_SPAN * 4**octave, math.sqrt(SHORTEST_SPAN * 4**octave / DAY / VARIANCE_OF_A_DAY))
    for octave in range(OCTAVES)
)


def wander(seed: str, seconds: float) -> float:
    """The line's height at a time in seconds since 1970; its change over a day has a standard deviation of about 1."""
    height = 0.0
    for octave, (span, amplitude) in enumerate(HEIGHTS):
        index, within = divmod(seconds, span)
        share = within / span
        left, right = _lattice(seed, octave, int(index)), _lattice(seed, octave, int(index) + 1)
        height += amplitude * (left + (right - left) * share)
    return height


@lru_cache(maxsize=100_000)
def _lattice(seed: str, octave: int, index: int) -> float:
    """A normal deviate that belongs to this point of the lattice (Box-Muller, from a hash)."""
    digest = blake2b(f"{seed}/{octave}/{index}".encode(), digest_size=16).digest()
    first = (int.from_bytes(digest[:8], "big") + 1) / 2**64
    second = int.from_bytes(digest[8:], "big") / 2**64
    return math.sqrt(-2 * math.log(first)) * math.cos(2 * math.pi * second)
