"""The categories of a period as pieces of one bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from carbon.domain.entry import CATEGORY_LABELS
from carbon.domain.totals import CategoryTotal, PeriodTotals
from core.money import ZERO

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Share:
    """One category: its sums, its part in percent, and where its piece begins in a bar of 100."""

    category: str
    label: str
    total: CategoryTotal
    percent: Decimal
    start: Decimal
    width: Decimal


def shares_of(totals: PeriodTotals, order: Sequence[str]) -> list[Share]:
    """Those with entries, in this order; percentages of kg, all of them 0 where nothing was emitted."""
    whole = totals.total.kg
    found = []
    start = ZERO
    for category in order:
        total = totals.of(category)
        if not total.count:
            continue
        percent = total.kg / whole * 100 if whole else ZERO
        width = percent.quantize(HUNDREDTH, ROUND_HALF_UP)
        found.append(Share(category, CATEGORY_LABELS[category], total, percent, start, width))
        start += width
    return found
