"""What the demonstration sets and what must come of it, without the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from alerts.domain.conditions import PriceCondition, PriceType
from core import ids
from market.selectors import Asset, Tick
from market.triggers.crossing import Operator

PRICE_TYPES = {
    "touch": {Operator.ABOVE: PriceType.HIGH, Operator.BELOW: PriceType.LOW},
    "close": {Operator.ABOVE: PriceType.CLOSE, Operator.BELOW: PriceType.CLOSE},
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Prices, and thresholds around the first close: one below it is watched for "below", one above it for "above".

    `judged_by` is `close`, or `touch` for the low of those below and the high of those above. `key` tells the plan
    from others: each has an asset and a user of its own, so that it may be run again on the same store.
    """

    key: str
    ticks: Sequence[Tick]
    judged_by: str
    thresholds: Sequence[Decimal]

    @classmethod
    def of(cls, ticks: Sequence[Tick], judged_by: str, low: Decimal, high: Decimal, step: Decimal) -> Plan:
        """A threshold at every `step` from `low` to `high`."""
        thresholds = [low + number * step for number in range(int((high - low) / step) + 1)]
        said = (ticks[0].source, ticks[0].at, len(ticks), judged_by, thresholds)
        key = hashlib.sha256(repr(said).encode()).hexdigest()[:10]
        return cls(key, [replace(tick, asset_id=f"replay-{key}") for tick in ticks], judged_by, thresholds)

    @property
    def asset(self) -> Asset:
        """The asset whose prices these are; in no list of the market."""
        return Asset(self.ticks[0].asset_id, "REPLAY", "Replayed prices", active=False)

    @property
    def username(self) -> str:
        """The user whose alerts these are."""
        return f"replay_{self.key}"

    def conditions(self, made_at: datetime) -> dict[str, PriceCondition]:
        """What to watch, by the id of the alert, which is the same in every run of the user made at this time."""
        found: dict[str, PriceCondition] = {}
        for threshold in self.thresholds:
            operator = Operator.BELOW if threshold < self.ticks[0].close else Operator.ABOVE
            condition = PriceCondition(operator, threshold, PRICE_TYPES[self.judged_by][operator])
            found[ids.derived_id(made_at, self.key, str(threshold))] = condition
        return found

    def expected(self, made_at: datetime) -> set[str]:
        """Ids of the alerts that must fire, by comparing each with every later price."""
        return {
            alert_id
            for alert_id, condition in self.conditions(made_at).items()
            if any(_holds(condition, tick) for tick in self.ticks[1:])
        }


def _holds(condition: PriceCondition, tick: Tick) -> bool:
    price: Decimal = getattr(tick, condition.price_type)
    return price > condition.threshold if condition.operator is Operator.ABOVE else price < condition.threshold
