"""Deleting alerts, and restoring them within 30 days."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from alerts.domain.alert import Alert
from alerts.repositories import alerts as alert_rows
from alerts.services.placing import SUBSCRIBER, place_of, placed_at
from alerts.trash import DELETED_ALERTS
from alerts.usage import quota_failure
from core import clock, trash
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.retry import optimistic
from core.storage import Write, journey
from market.triggers import series as series_rows
from market.triggers.watch import begin


def alert_delete(user: User, alert_id: str) -> str:
    """Take it away; its history and notifications stay. Raises NotFound.

    Returns the entry by which `alert_restore` brings it back.
    """

    def work() -> str:
        alert = alert_rows.get(user.username, alert_id)
        if alert is None:
            raise NotFound("This alert")
        entry = trash.entry_of(alert_id, clock.now())
        commit(
            [
                alert_rows.removal(alert),
                alert_rows.count_less(user.username),
                DELETED_ALERTS.keep_deleted(user.username, entry, alert_rows.to_item(alert)),
                *series_rows.counting(alert.asset_id, SUBSCRIBER, (alert.partition, None)),
            ]
        )
        return entry

    with journey("alert_delete"):
        return optimistic(work)


def alert_restore(user: User, entry: str) -> Alert:
    """Bring a deleted alert back as it was; one that watched begins anew where its series stands now.

    It does not fire at once. A repeated call returns the alert that is back. Raises NotFound where nothing of this
    user's was deleted so, or more than 30 days ago; Refused with alert_quota.
    """
    with journey("alert_restore"):
        return optimistic(lambda: _restore(user.username, entry))


def _restore(username: str, entry: str) -> Alert:
    deleted = DELETED_ALERTS.find(username, entry)
    if deleted is None:
        alert = alert_rows.get(username, trash.identifier_of(entry))
        if alert is None:
            raise NotFound("This deleted alert")
        return alert
    alert = replace(deleted.value, updated_at=clock.now())
    back: list[Write] = [
        alert_rows.count_more(username, settings.ALERTS_PER_USER),
        deleted.restore(),
        open_check(username),
    ]
    if alert.watch is None:
        commit([alert_rows.insert(alert), *back], failures=quota_failure())
        return alert_rows.stored(alert)
    place, _ = place_of(alert.asset_id)
    placed = placed_at(alert, place)
    watch, _ = begin(placed.judged, place.series.standing, fire_if_true=False)
    begun = placed.after(watch, None, alert.updated_at)
    armed = series_rows.arming(place.series, SUBSCRIBER, None, begun.partition)
    commit([alert_rows.insert(begun), *back, armed], failures=quota_failure())
    return alert_rows.stored(begun)
