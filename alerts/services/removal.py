"""Deleting alerts, one or all of an account, and restoring them within 30 days."""

from dataclasses import replace

from django.conf import settings

from alerts.domain.alert import SUBSCRIBER, Alert
from alerts.repositories import alerts as alert_rows
from alerts.selectors import DELETED_ALERTS, alert_get, alerts_of
from alerts.services.snapshot import snapshot_of
from alerts.usage import quota_failure
from core import clock, trash
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound
from core.retry import LostRace, optimistic
from core.storage import Write, journey
from market.triggers.repository import counts_changes


def alert_delete(user: User, alert_id: str) -> str:
    """Delete it; its history and notifications stay. Raises NotFound.

    Returns the entry by which `alert_restore` brings it back.
    """

    def work() -> str:
        alert = alert_get(user.username, alert_id)
        entry = trash.entry_of(alert_id, clock.now())
        kept = DELETED_ALERTS.keep_deleted(user.username, entry, alert_rows.alert_item(alert))
        commit([*_removal(alert), kept])
        return entry

    with journey("alert_delete"):
        return optimistic(work)


def alert_restore(user: User, entry: str) -> Alert:
    """Bring a deleted alert back as it was; one that watched begins again where its series is now.

    It does not fire at once. A repeated call returns the restored alert. Raises NotFound where this user deleted none
    under this entry, or more than 30 days ago; Refused with alert_quota.
    """
    with journey("alert_restore"):
        return optimistic(lambda: _restore(user.username, entry))


def alerts_close(username: str) -> None:
    """Delete the user's alerts one by one, so that the counts of armed levels stay right. Safe to repeat."""

    def close() -> None:
        lost = False
        for alert in alerts_of(username):
            try:
                commit(_removal(alert))
            except LostRace:
                lost = True
        if lost:
            raise LostRace

    optimistic(close)


def _removal(alert: Alert) -> list[Write]:
    return [
        alert_rows.alert_delete(alert),
        alert_rows.count_less(alert.username),
        *counts_changes(alert.asset_id, SUBSCRIBER, (alert.partition, None)),
    ]


def _restore(username: str, entry: str) -> Alert:
    deleted = DELETED_ALERTS.find(username, entry)
    if deleted is None:
        try:
            return alert_get(username, trash.identifier_of(entry))
        except NotFound as error:
            raise NotFound("This deleted alert") from error
    alert = replace(deleted.value, updated_at=clock.now())
    back: list[Write] = [
        alert_rows.count_more(username, settings.ALERTS_PER_USER),
        deleted.restore(),
        open_check(username),
    ]
    if alert.watch is not None:
        snapshot = snapshot_of(alert.asset_id)
        alert = snapshot.begin(alert, alert.updated_at, fire_if_true=False).alert
        back.append(snapshot.arm(None, alert))
    commit([alert_rows.alert_insert(alert), *back], failures=quota_failure())
    return alert_rows.stored(alert)
