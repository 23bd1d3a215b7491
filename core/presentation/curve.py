"""Curves without axes: a row of numbers as SVG path data."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

WIDTH, HEIGHT, MARGIN = 84, 26, 3
TENTH = Decimal("0.1")


def path(values: Sequence[Decimal], width: int = WIDTH, height: int = HEIGHT, *, beside: Sequence[Decimal] = ()) -> str:
    """SVG path data in a box of this size, the highest value on top; empty for fewer than two values.

    `beside` are the values of another curve in the same box, so that both are drawn to one scale.
    """
    if len(values) < 2:
        return ""
    lowest, highest = min([*values, *beside]), max([*values, *beside])
    span = highest - lowest
    room = Decimal(height - 2 * MARGIN)
    step = Decimal(width) / (len(values) - 1)
    points = []
    for position, value in enumerate(values):
        across = step * position
        down = MARGIN + (room * (highest - value) / span if span else room / 2)
        points.append(f"{across.quantize(TENTH, ROUND_HALF_UP)} {down.quantize(TENTH, ROUND_HALF_UP)}")
    return "M" + "L".join(points)
