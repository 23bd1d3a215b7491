"""Added factors, and the rows that hold the newest of each activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from carbon.domain.choosing import newest
from carbon.domain.factor import Factor
from carbon.repositories.factors import current_from_item, factor_from_map, is_current
from carbon.tables import CARBON_FACTORS
from core.reconciling.rules import Disagreement, Stream


def newest_factors_are_current(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """The row `CURRENT` of every activity holds the newest added factor of each region and unit, and nothing else."""
    added: defaultdict[str, list[Factor]] = defaultdict(list)
    current: dict[str, set[Factor]] = {}
    for item in stream(CARBON_FACTORS):
        activity = item["activity"]
        if is_current(item):
            current[activity] = set(current_from_item(activity, item).factors)
        else:
            added[activity].append(factor_from_map(item))
    for activity in sorted({*added, *current}):
        wanted, held = set(newest(added[activity])), current.get(activity, set())
        for factor in sorted(wanted ^ held, key=lambda each: each.factor_id):
            detail = f"{factor.factor_id} is " + ("missing" if factor in wanted else "not the newest that was added")
            yield Disagreement("", f"CarbonFactors {activity} CURRENT", detail)
