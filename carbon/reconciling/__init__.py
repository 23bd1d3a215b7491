"""Rules by which entries, their sums, goals, achievements and added factors agree."""

from carbon.reconciling.achievements import achievements_follow_from_entries
from carbon.reconciling.entries import entries_follow_from_factors, footprint_totals_are_sums_of_entries
from carbon.reconciling.factors import newest_factors_are_current
from carbon.reconciling.goals import targets_follow_from_baselines

RULES = (
    entries_follow_from_factors,
    footprint_totals_are_sums_of_entries,
    targets_follow_from_baselines,
    achievements_follow_from_entries,
)
STORE_RULES = (newest_factors_are_current,)

__all__ = ["RULES", "STORE_RULES"]
