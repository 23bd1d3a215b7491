"""Rules by which alerts, their firings, and what was told agree."""

from alerts.reconciling.alerts import alerts_are_counted, alerts_stand_where_they_watch
from alerts.reconciling.deliveries import deliveries_go_out
from alerts.reconciling.facts import facts_are_told_once
from alerts.reconciling.firings import firings_are_counted, firings_are_told_once
from alerts.reconciling.levels import armed_levels_are_counted

RULES = (
    alerts_are_counted,
    alerts_stand_where_they_watch,
    firings_are_counted,
    firings_are_told_once,
    facts_are_told_once,
    deliveries_go_out,
)
STORE_RULES = (armed_levels_are_counted,)

__all__ = ["RULES", "STORE_RULES"]
