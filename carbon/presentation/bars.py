"""Columns of a chart, one for each day or month: measured below, estimated on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.money import ZERO

HEIGHT = 120
STEP = 10
GAP = Decimal(2)
HEADROOM = Decimal(4)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Column:
    """What one column shows, in kg."""

    measured: Decimal = ZERO
    estimated: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Bar:
    """One column in the box of the chart: lengths of its two parts, and how far from the top each begins."""

    x: Decimal
    width: Decimal
    measured: Decimal
    measured_top: Decimal
    estimated: Decimal
    estimated_top: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns in a box of `width` by `height`; `line` is how far from the top a level to compare with stands."""

    label: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    line: Decimal | None


def chart_of(columns: Sequence[Column], label: str, *, level: Decimal | None = None) -> Chart:
    """The columns, the highest of them or the level reaching almost to the top; `label` says in words what it shows."""
    sums = [each.measured + each.estimated for each in columns]
    highest = max([*sums, level or ZERO], default=ZERO)
    room = HEIGHT - HEADROOM

    def length(value: Decimal) -> Decimal:
        return (room * value / highest).quantize(TENTH, ROUND_HALF_UP) if highest else ZERO

    bars = []
    for place, each in enumerate(columns):
        measured, estimated = length(each.measured), length(each.estimated)
        bars.append(
            Bar(
                x=place * STEP + GAP / 2,
                width=STEP - GAP,
                measured=measured,
                measured_top=HEIGHT - measured,
                estimated=estimated,
                estimated_top=HEIGHT - measured - estimated,
            )
        )
    return Chart(
        label=label,
        width=len(columns) * STEP,
        height=HEIGHT,
        bars=tuple(bars),
        line=None if level is None else HEIGHT - length(level),
    )
