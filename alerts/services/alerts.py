"""Making, changing and pausing alerts.

Each is one transaction: the alert, and with it the count of armed levels on the row of its series, under the
condition that the series still stands where the alert was judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from alerts.domain.alert import Alert
from alerts.domain.terms import Terms
from alerts.repositories import alerts as alert_rows
from alerts.services import nudging
from alerts.services.firing import announce_firing, firing_writes
from alerts.services.placing import SUBSCRIBER, place_of, placed_at
from alerts.usage import quota_failure
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.errors import NotFound, Refused
from core.replay import check_same, check_unchanged
from core.retry import optimistic
from core.storage import Write, journey
from market.triggers import series as series_rows
from market.triggers.watch import Phase, begin


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
        alert, has_fired = optimistic(lambda: _create(user.username, alert_id, asset_id, terms, enabled, also))
    if has_fired:
        nudging.nudge()
    return alert


def alert_change(
    user: User, alert_id: str, *, terms: Terms | None = None, enabled: bool | None = None, seen: str | None = None
) -> Alert:
    """Change what is given; what is None stays.

    seen: the `terms_version` of the alert that the terms were made from. Terms by which prices are judged otherwise
    begin anew where the series stands now, as does an alert that is enabled again or was done. Raises NotFound,
    InvalidInput, and Refused with alert_expired, no_price or changed_meanwhile.
    """
    if terms is not None:
        terms.check(clock.now())
    with journey("alert_change"):
        alert, has_fired = optimistic(lambda: _change(user.username, alert_id, terms, enabled, seen))
    if has_fired:
        nudging.nudge()
    return alert


def alert_pause(user: User, alert_id: str) -> Alert:
    """Have prices pass it by until it is resumed. Raises NotFound."""
    return alert_change(user, alert_id, enabled=False)


def alert_resume(user: User, alert_id: str) -> Alert:
    """Have it watch again, one that is done too. Raises NotFound, and Refused with alert_expired."""
    return alert_change(user, alert_id, enabled=True)


def _create(
    username: str, alert_id: str, asset_id: str, terms: Terms, enabled: bool, also: Sequence[Write]
) -> tuple[Alert, bool]:
    now = clock.now()
    terms = terms.as_stored()
    place, stored = place_of(asset_id, alert_rows.get_operation(username, alert_id))
    digest = terms.digest(asset_id, enabled)
    if stored is not None:
        alert = alert_rows.from_item(stored)
        check_same(alert_id=(digest, alert.digest))
        return alert, False
    ids.check_fresh(alert_id, "alert_id")
    terms.check(now)
    alert = Alert(
        username=username,
        alert_id=alert_id,
        asset_id=asset_id,
        ticker=place.asset.symbol,
        asset_name=place.asset.name,
        terms=terms,
        created_at=now,
        updated_at=now,
        digest=digest,
        is_paused=not enabled,
    )
    counted = alert_rows.count_more(username, settings.ALERTS_PER_USER)
    if alert.is_paused:
        commit([alert_rows.insert(alert), counted, open_check(username)], also, failures=quota_failure())
        return alert_rows.stored(alert), False
    placed = placed_at(alert, place)
    watch, firing = begin(placed.judged, place.series.standing, fire_if_true=terms.fire_if_true)
    begun = placed.after(watch, firing, now)
    writes = [
        alert_rows.insert(begun),
        counted,
        open_check(username),
        series_rows.arming(place.series, SUBSCRIBER, None, begun.partition),
        *firing_writes(placed, firing, now),
    ]
    commit(writes, also, failures=quota_failure())
    announce_firing(placed, firing, now)
    return alert_rows.stored(begun), firing is not None


def _change(
    username: str, alert_id: str, terms: Terms | None, enabled: bool | None, seen: str | None
) -> tuple[Alert, bool]:
    now = clock.now()
    alert = _get(username, alert_id)
    terms = alert.terms if terms is None else terms.as_stored()
    if terms != alert.terms:
        check_unchanged(seen, alert.terms_version, "This alert")
    is_done = alert.phase is Phase.DONE
    is_paused = alert.is_paused if enabled is None or (is_done and not enabled) else not enabled
    is_judged_otherwise = not terms.judged_like(alert.terms)
    begins = not is_paused and (is_judged_otherwise or alert.is_paused or (is_done and enabled is True))
    if terms == alert.terms and is_paused == alert.is_paused and not begins:
        return alert, False
    changed = replace(alert, terms=terms, is_paused=is_paused, updated_at=now)
    if not begins:
        moved = series_rows.counting(alert.asset_id, SUBSCRIBER, (alert.partition, changed.partition))
        commit([alert_rows.replacement(changed), *moved])
        return alert_rows.stored(changed), False
    if terms.expires_at is not None and terms.expires_at <= now:
        raise Refused("alert_expired", "This alert has expired. Edit it and choose a later time, or none.")
    place, _ = place_of(alert.asset_id)
    placed = placed_at(changed, place)
    fires = terms.fire_if_true and is_judged_otherwise
    watch, firing = begin(placed.judged, place.series.standing, fire_if_true=fires)
    begun = placed.after(watch, firing, now)
    commit(
        [
            alert_rows.replacement(begun),
            series_rows.arming(place.series, SUBSCRIBER, alert.partition, begun.partition),
            *firing_writes(placed, firing, now),
        ]
    )
    announce_firing(placed, firing, now)
    return alert_rows.stored(begun), firing is not None


def _get(username: str, alert_id: str) -> Alert:
    alert = alert_rows.get(username, alert_id)
    if alert is None:
        raise NotFound("This alert")
    return alert
