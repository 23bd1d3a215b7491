"""Alerts, their number, and where they stand in the armed index."""

from collections.abc import Iterable
from decimal import Decimal

from alerts.reconciling.rows import about_alert, alert_items, alerts_of
from alerts.repositories.alerts import COUNT, alert_from_item, alert_item
from alerts.tables import ALERT_CONFIGURATIONS
from core.reconciling.rules import Account, Disagreement, compared
from market.triggers.crossing import Phase

ARMED = ("arm", "threshold")


def alerts_are_counted(account: Account) -> Iterable[Disagreement]:
    """The row that counts a user's alerts counts those that are there."""
    counts = [item["count"] for item in account.of(ALERT_CONFIGURATIONS) if item["alert_id"] == COUNT]
    said, found = sum(counts, Decimal(0)), Decimal(len(alert_items(account)))
    yield from compared(account.username, f"AlertConfigurations {COUNT}", "count", said, "alerts there are", found)


def alerts_stand_where_they_watch(account: Account) -> Iterable[Disagreement]:
    """An alert stands in the armed index at the level that its terms and phase say; nowhere when paused or done.

    What ended it is told of one that is done, and of no other.
    """
    for item in alert_items(account):
        wanted = alert_item(alert_from_item(item))
        for name in ARMED:
            if item.get(name) != wanted.get(name):
                detail = f"{name} is {item.get(name)}, its terms and phase say {wanted.get(name)}"
                yield about_alert(account.username, item["alert_id"], detail)
    for alert in alerts_of(account):
        if (alert.phase is Phase.DONE) != (alert.ended_by is not None):
            detail = f"phase is {alert.phase}, ended_by is {alert.ended_by}"
            yield about_alert(account.username, alert.alert_id, detail)
