"""What of the footprint counts towards the quotas: entries, estimates too, and goals, each of them one row as well."""

from carbon.tables import CARBON_ENTRIES, CARBON_GOALS
from core.usage.measures import Measure, rows_of
from core.usage.quotas import Quota
from core.usage.use import kept

MOST_GOALS = 50

_GOAL = kept(goals=1, rows=1)

MEASURES = (rows_of(CARBON_ENTRIES), Measure(CARBON_GOALS, lambda item: _GOAL, lambda key: _GOAL))
QUOTAS = (
    Quota(
        "goals",
        "goal_quota",
        "Carbon goals",
        lambda: MOST_GOALS,
        "You have {limit} goals, the maximum. Delete one first.",
    ),
)
