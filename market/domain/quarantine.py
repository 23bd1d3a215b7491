"""Which prices are held back because they are too far from those before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from market.domain.tick import Tick

REMEMBERED = 11
FURTHEST = Decimal("0.5")
NEW_LEVEL_AFTER = 3
NEW_LEVEL_WITHIN = Decimal("0.1")
OFF_FROM_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What the next price is compared with.

    `recent` are the last 11 accepted prices; `suspects` those held back since, oldest first.
    """

    recent: tuple[Decimal, ...] = ()
    suspects: tuple[Decimal, ...] = ()

    def after(self, tick: Tick) -> tuple[bool, Quarantine]:
        """Whether the tick is accepted, and the state after it.

        A tick with any price more than 50 % from the median of the last 11 is held back. The third in a row is
        accepted when the three lie within 10 % of each other: that is the new level. Bars of a day or more are
        always accepted: between two days, prices do move so far.
        """
        if tick.bar_seconds >= OFF_FROM_SECONDS or not self._far(tick):
            return True, Quarantine((*self.recent, tick.close)[-REMEMBERED:])
        row = (*self.suspects, tick.close)[-NEW_LEVEL_AFTER:]
        if len(row) == NEW_LEVEL_AFTER and max(row) - min(row) <= NEW_LEVEL_WITHIN * min(row):
            return True, Quarantine(row)
        return False, Quarantine(self.recent, row)

    def _far(self, tick: Tick) -> bool:
        if not self.recent:
            return False
        middle = median(self.recent)
        return any(abs(price - middle) > FURTHEST * middle for price in tick.prices)
