"""Making, changing and pausing alerts.

Each is one transaction: the alert, and with it the count of armed levels on the row of its series, under the
condition that the series still stands where the alert was judged.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from alerts.domain.alert import SUBSCRIBER, Alert, Fired
from alerts.domain.terms import Terms
from alerts.repositories import alerts as alert_rows
from alerts.selectors import alert_get
from alerts.services.deliveries import deliver_soon
from alerts.services.notifications import announce_firing, firing_writes
from alerts.usage import quota_failure
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import Refused
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey
from market.triggers.arming import Baseline, baseline_of
from market.triggers.crossing import Phase
from market.triggers.repository import counts_changes


def alert_create(
    user: User,
    *,
    alert_id: str,
    asset_id: str,
    terms: Terms,
    enabled: bool = True,
    also: Sequence[Write] = (),
) -> Alert:
    """Set an alert, in one read and one write.

    It starts armed, or, where its condition holds already, waiting; or it fires at once if the terms ask for that.
    Not enabled, it starts paused.
    A repeated alert_id with the same wish returns the stored alert. Raises InvalidInput; Refused with alert_quota,
    no_price or idempotency_mismatch; NotFound where the account is closed; StoreUnavailable.
    """
    ids.check_id(alert_id, "alert_id")
    with journey("alert_create"):
        fired = optimistic(lambda: _create(user.username, alert_id, asset_id, terms, enabled, also))
    return _announced(fired)


def alert_change(
    user: User, alert_id: str, *, terms: Terms | None = None, enabled: bool | None = None, seen: str | None = None
) -> Alert:
    """Change what is given; what is None stays.

    seen: the `terms_version` of the alert that the terms were made from. Terms by which prices are judged otherwise
    start again from where the series is now, as does an alert that is enabled again or was done. Raises NotFound,
    InvalidInput, and Refused with alert_expired, no_price or changed_meanwhile.
    """
    if terms is not None:
        terms.check(clock.now())
    with journey("alert_change"):
        fired = optimistic(lambda: _change(user.username, alert_id, terms, enabled, seen))
    return _announced(fired)


def alert_pause(user: User, alert_id: str) -> Alert:
    """Have prices pass it by until it is resumed. Raises NotFound."""
    return alert_change(user, alert_id, enabled=False)


def alert_resume(user: User, alert_id: str) -> Alert:
    """Have it watch again, one that is done too. Raises NotFound, and Refused with alert_expired."""
    return alert_change(user, alert_id, enabled=True)


def begin(alert: Alert, baseline: Baseline, now: datetime, *, fire_if_true: bool) -> Fired:
    """The alert as it begins at this baseline: its expiry on the clock of the feed, and no end of before.

    Where its condition is met already it fires if that is asked for, else it waits.
    """
    alert = replace(alert, ended_by=None, market_expires_at=baseline.market_time(alert.terms.expires_at))
    watch, firing = baseline.begin(alert.judged, fire_if_true=fire_if_true)
    return alert.fire(watch, firing, now)


def _create(username: str, alert_id: str, asset_id: str, terms: Terms, enabled: bool, also: Sequence[Write]) -> Fired:
    now = clock.now()
    terms = terms.as_stored()
    baseline, (stored,) = baseline_of(asset_id, alert_rows.alert_address(username, alert_id))
    digest = terms.digest(asset_id, enabled)
    if stored is not None:
        alert = alert_rows.alert_from_item(stored)
        check_same(alert_id=(digest, alert.digest))
        return Fired(alert)
    ids.check_fresh(alert_id, "alert_id")
    terms.check(now)
    alert = Alert(
        username=username,
        alert_id=alert_id,
        asset_id=asset_id,
        ticker=baseline.asset.symbol,
        asset_name=baseline.asset.name,
        terms=terms,
        created_at=now,
        updated_at=now,
        digest=digest,
        is_paused=not enabled,
    )
    fired, armed = Fired(alert), list[Write]()
    if enabled:
        fired = begin(alert, baseline, now, fire_if_true=terms.fire_if_true)
        armed = [baseline.arm(SUBSCRIBER, None, fired.alert.partition), *firing_writes(fired)]
    counted = alert_rows.count_more(username, settings.ALERTS_PER_USER)
    writes = [alert_rows.alert_insert(fired.alert), counted, open_check(username), *armed]
    commit(writes, also, failures=quota_failure())
    return Fired(alert_rows.stored(fired.alert), fired.entry)


def _change(username: str, alert_id: str, terms: Terms | None, enabled: bool | None, seen: str | None) -> Fired:
    now = clock.now()
    alert = alert_get(username, alert_id)
    terms = alert.terms if terms is None else terms.as_stored()
    if terms != alert.terms:
        check_unchanged(seen, alert.terms_version, "This alert")
    is_done = alert.phase is Phase.DONE
    is_paused = alert.is_paused if enabled is None or (is_done and not enabled) else not enabled
    is_judged_otherwise = not terms.judged_like(alert.terms)
    begins = not is_paused and (is_judged_otherwise or alert.is_paused or (is_done and enabled is True))
    if terms == alert.terms and is_paused == alert.is_paused and not begins:
        return Fired(alert)
    changed = replace(alert, terms=terms, is_paused=is_paused, updated_at=now)
    if not begins:
        moved = counts_changes(alert.asset_id, SUBSCRIBER, (alert.partition, changed.partition))
        commit([alert_rows.alert_put(changed), *moved])
        return Fired(alert_rows.stored(changed))
    if terms.expires_at is not None and terms.expires_at <= now:
        raise Refused("alert_expired", "This alert has expired. Edit it and choose a later time, or none.")
    baseline, _ = baseline_of(alert.asset_id)
    fired = begin(changed, baseline, now, fire_if_true=terms.fire_if_true and is_judged_otherwise)
    armed = baseline.arm(SUBSCRIBER, alert.partition, fired.alert.partition)
    commit([alert_rows.alert_put(fired.alert), armed, *firing_writes(fired)])
    return Fired(alert_rows.stored(fired.alert), fired.entry)


def _announced(fired: Fired) -> Alert:
    if fired.entry is not None:
        announce_firing(fired)
        deliver_soon()
    return fired.alert
