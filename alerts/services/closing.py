"""What the alerts do when an account is closed."""

from __future__ import annotations

from alerts.repositories import alerts as alert_rows
from alerts.services.placing import SUBSCRIBER
from core.commit import commit
from core.retry import LostRace, optimistic
from market.triggers import series as series_rows


def alerts_close(username: str) -> None:
    """Delete the user's alerts one by one, so that the counts of armed levels stay right. Safe to repeat."""

    def close() -> None:
        lost = False
        for alert in alert_rows.all_of(username):
            moved = series_rows.counting(alert.asset_id, SUBSCRIBER, (alert.partition, None))
            try:
                commit([alert_rows.removal(alert), alert_rows.count_less(username), *moved])
            except LostRace:
                lost = True
        if lost:
            raise LostRace

    optimistic(close)
